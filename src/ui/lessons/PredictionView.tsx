import { useId } from 'react';
import { Button } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { COURSE_WORDS } from '../../lessons/course/messages.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import type { Prediction } from '../../lessons/lesson.ts';
import { studyOnPage } from '../../state/adapters/adapters-store.ts';
import { DEFAULT_SAVED, reopenSaved } from '../../state/page/saved-results.ts';
import { isComputedHere } from '../../state/study/shown.ts';
import { PRESET_WORDS } from '../../study/presets/messages.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { useServices, useStudy } from '../context.ts';
import { unbroken } from '../unbroken.ts';
import { LessonProse } from './LessonProse.tsx';
import css from './lessons.module.css';
import type { CurrentStep } from './use-step.ts';

interface PredictionViewProps {
  readonly at: CurrentStep;
  /** That of the step. */
  readonly prediction: Prediction;
  /** On a screen of its own, where the keyboard chooses by numbers. @param revealed whether the outcome is shown without a choice */
  readonly presented?: { readonly revealed: boolean };
}

/** Leads from a result without the numbers to a saved one, which has them. */
function ShowSaved({ study }: { readonly study: Preset }) {
  const services = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const shelved = useStore(services.adapters, (state) => state.shelved);
  const isOwn = useStudy((state) => isComputedHere(studyOnPage(state, { shelved }).source));
  if (!idle) return null;
  return (
    <div className={css.run}>
      <Button className={css.choice} onPress={() => void reopenSaved(services, document.baseURI, study)}>
        {study === DEFAULT_SAVED ? LESSON_WORDS.showSaved : LESSON_WORDS.showSavedOf(PRESET_WORDS.called(study.name))}
      </Button>
      {isOwn && <p className={css.hint}>{LESSON_WORDS.ownIsKept}</p>}
    </div>
  );
}

/** A question about a result, with the outcome once the reader has chosen. */
export function PredictionView({ at: { step, view, choice, choose }, prediction, presented }: PredictionViewProps) {
  const { study = DEFAULT_SAVED } = step;
  const Heading = presented ? 'h3' : 'h4';
  const title = useId();
  const { question, choices } = prediction.words(view);
  const shown = choice !== null || (presented?.revealed ?? false);
  const outcome = shown ? prediction.outcome(view) : null;
  return (
    <section className={css.prediction} aria-labelledby={title}>
      <Heading id={title} className={css.small}>
        {LESSON_WORDS.predict}
      </Heading>
      <p className={css.question}>{unbroken(question)}</p>
      <div className={css.choices} role="group" aria-labelledby={title}>
        {choices.map((text, i) => (
          <Button
            key={i}
            className={css.choice}
            data-chosen={choice === i || undefined}
            aria-pressed={choice === i}
            onPress={() => choose(i)}
          >
            {presented && <kbd>{i + 1}</kbd>}
            {unbroken(text)}
          </Button>
        ))}
      </div>
      {!shown && <p className={css.hint}>{LESSON_WORDS.predictHint}</p>}
      {/* Present from the start, so that screen readers announce later content. */}
      <div role="status" className={css.outcome} data-empty={!shown || undefined}>
        {shown && (
          <>
            <Heading className={css.small}>{LESSON_WORDS.whatThePageShows}</Heading>
            <LessonProse text={outcome ?? COURSE_WORDS.nothingToRead} />
          </>
        )}
      </div>
      {shown && outcome === null && <ShowSaved study={study} />}
    </section>
  );
}
