import { useId } from 'react';
import { Button } from 'react-aria-components';
import type { LessonView, Prediction, StepAnswers } from '../../lessons/lesson.ts';
import { LessonProse } from './LessonProse.tsx';
import css from './lessons.module.css';
import { useMessages } from './use-lessons.ts';

interface PredictionViewProps {
  readonly prediction: Prediction;
  readonly view: LessonView;
  readonly answers: StepAnswers;
  /** Shows the outcome also without a choice. */
  readonly revealed?: boolean;
  readonly numbered?: boolean;
  /** Of its headings. */
  readonly level?: 3 | 4;
  readonly onChoose: (choice: number) => void;
}

/** A question before a result; its outcome once a choice is made. */
export function PredictionView({
  prediction,
  view,
  answers,
  revealed,
  numbered,
  level = 4,
  onChoose,
}: PredictionViewProps) {
  const messages = useMessages();
  const Heading = `h${level}` as const;
  const title = useId();
  const { choice } = answers;
  const shown = revealed || choice !== null;
  return (
    <section className={css.prediction} aria-labelledby={title}>
      <Heading id={title} className={css.small}>
        {messages.predict}
      </Heading>
      <p className={css.question} lang="en">
        {prediction.question}
      </p>
      <div className={css.choices} role="group" aria-labelledby={title} lang="en">
        {prediction.choices.map((text, i) => (
          <Button
            key={i}
            className={css.choice}
            data-chosen={choice === i || undefined}
            aria-pressed={choice === i}
            onPress={() => onChoose(i)}
          >
            {numbered && <kbd>{i + 1}</kbd>}
            {text}
          </Button>
        ))}
      </div>
      {!shown && <p className={css.hint}>{messages.predictHint}</p>}
      {/* Present from the start, so that screen readers announce what appears in it. */}
      <div role="status" className={css.outcome} data-empty={!shown || undefined}>
        {shown && (
          <>
            <Heading className={css.small}>{messages.whatThePageShows}</Heading>
            <LessonProse text={prediction.outcome(view)} />
          </>
        )}
      </div>
    </section>
  );
}
