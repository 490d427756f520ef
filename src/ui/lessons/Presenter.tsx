/** A lesson for a projector: large type, one chart at a time, driven by the keyboard. Nothing advances by itself. */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { LESSONS, lessonOf } from '../../lessons/course/index.ts';
import { coveredAt } from '../../lessons/covered.ts';
import type { Lesson, LessonStep } from '../../lessons/lesson.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import { goToStep, refusesTask } from '../../state/lessons/lessons-store.ts';
import { AwaitedContext, EmbeddedContext } from '../charts/figure-contexts.ts';
import { useAwaited, useServices, useShownResult, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { View } from '../embed/EmbedPage.tsx';
import { absence, hasView, type EmbedView } from '../embed/views.ts';
import { useFocusAt } from '../language/turning.ts';
import { RegimeMap } from '../map/RegimeMap.tsx';
import { saidOfRun, useLessonRun } from './LessonRunButton.tsx';
import { LessonProse } from './LessonProse.tsx';
import { PredictionView } from './PredictionView.tsx';
import { keepsKey, presentedBy, presenterAction, type PresenterAction } from './presented.ts';
import css from './presenter.module.css';
import { StepExercise } from './StepExercise.tsx';
import { useLessons } from './use-lessons.ts';
import { useStep } from './use-step.ts';

/** A figure of the result, or why it has none: nothing waits for what will not come. */
function Shown({ view }: { view: EmbedView }) {
  const result = useShownResult();
  const source = useStudy((state) => state.source);
  const lacks = useStudy((state) => state.lacks);
  const awaited = useAwaited(result);
  const { figure } = view;
  if (!hasView(view, result) && !(awaited && figure.isAskedFor(result.config)))
    return <p className={css.absent}>{absence(view, result, { source, lacks })}</p>;
  return (
    <EmbeddedContext value="fill">
      <AwaitedContext value={awaited}>
        <View view={view} result={result} />
      </AwaitedContext>
    </EmbeddedContext>
  );
}

function Chart({ view, concealed }: { view: EmbedView | null; concealed: boolean }) {
  return (
    <div className={css.beside}>
      <div className={css.chart}>
        {concealed ? (
          <p className={css.concealed} aria-hidden="true">
            ?
          </p>
        ) : view ? (
          <Shown view={view} />
        ) : (
          <EmbeddedContext value="stacked">
            <RegimeMap />
          </EmbeddedContext>
        )}
      </div>
    </div>
  );
}

interface FootProps {
  readonly step: LessonStep;
  /** Whether the study under way is that of the step. */
  readonly isOwn: boolean;
  readonly mayRun: boolean;
  /** Of the question of the step. */
  readonly choices: number;
  readonly isOver: boolean;
  readonly onLeave: () => void;
}

/** Which keys do something now, and what the study under way does. */
function Foot({ step, isOwn, mayRun, choices, isOver, onLeave }: FootProps) {
  const status = useStudy((state) => state.status);
  const [busy, isPaused] = [status !== 'idle', status === 'paused'];
  const others = step.run !== undefined && !isOwn;
  const isRefused = useLessons((state) => refusesTask(state, step));
  const said = [
    isRefused && !busy && LESSON_WORDS.stepRefused,
    step.run && !busy && mayRun && LESSON_WORDS.presenterRun,
    busy && others && saidOfRun(isPaused, false),
    !others && status === 'running' && LESSON_WORDS.running,
    status === 'running' && LESSON_WORDS.presenterPause,
    isPaused && LESSON_WORDS.presenterResume,
    others && (isPaused || status === 'running') && LESSON_WORDS.presenterStop,
    isOver && LESSON_WORDS.presenterDone,
  ];
  return (
    <footer className={css.foot}>
      <span>{LESSON_WORDS.presenterKeys(choices)}</span>
      <span role="status">{said.filter(Boolean).join(' · ')}</span>
      <Button onPress={onLeave}>{LESSON_WORDS.leavePresenter}</Button>
    </footer>
  );
}

/** A step begins at its title, also where it was answered before. */
function useBeginning(step: string, heading: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
  }, [step]);
  useFocusAt(heading, step);
}

/** Brings what is newly shown of a step into view, which may be below the visible area. @param waiting for an answer */
function useOutcomeInView(step: string, waiting: boolean, words: RefObject<HTMLElement | null>): void {
  const waitingAt = useRef<string | null>(null);
  useEffect(() => {
    if (!waiting && waitingAt.current === step) words.current?.scrollIntoView({ block: 'end' });
    waitingAt.current = waiting ? step : null;
  }, [step, waiting, words]);
}

/** Hears the keys of the presenter on the whole page. @param choices of the question of the step */
function usePresenterKeys(choices: number, act: (action: PresenterAction) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && keepsKey(event.target.tagName, event.key)) return;
    const action = presenterAction(event.key, choices);
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function PresentedLesson({ lesson }: { lesson: Lesson }) {
  const { lessons, study, controller } = useServices();
  const current = useStep(lesson);
  const { step, index, view, answers, choice, choose } = current;
  /** Id of the step whose outcome is shown without an answer. */
  const [revealedAt, setRevealedAt] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const { start, isOwn, mayRun } = useLessonRun(step.run);
  const status = useStudy((state) => state.status);
  const { prediction } = step;
  const choices = prediction?.words(view).choices.length ?? 0;
  const said = step.words(view);
  const revealed = revealedAt === step.id;
  const waiting = prediction !== undefined && choice === null && !revealed;
  const hidden = useLessons(({ teaching }) => teaching.hidden);
  const presented = presentedBy(step, hidden);
  const concealed = [...(waiting ? prediction.conceal : []), ...coveredAt(lesson, index)];
  const away = step.needs?.filter((part) => !hidden.includes(part)).map((part) => PART_WORDS[part]) ?? [];

  useBeginning(step.id, heading);
  useOutcomeInView(step.id, waiting, words);

  const go = (to: number) => {
    if (!lesson.steps[to]) return;
    // A run started by a step pauses for the next text; P resumes it.
    if (study.getState().status === 'running') void controller.pause();
    goToStep(lessons, lesson.id, lesson.steps[to].id);
  };
  const act = (action: PresenterAction): void => {
    switch (action.kind) {
      case 'forward':
        if (waiting) setRevealedAt(step.id);
        else go(index + 1);
        return;
      case 'back':
        go(index - 1);
        return;
      case 'choose':
        choose(action.choice);
        return;
      case 'run':
        start();
        return;
      case 'pause':
        if (status === 'running') void controller.pause();
        else if (status === 'paused') void controller.resume();
        return;
      case 'stop':
        // Only what keeps the step from running.
        if (step.run && !isOwn && status !== 'idle') void controller.stop();
        return;
      case 'leave':
        lessons.setState({ isPresenting: false });
        return;
      default:
        action satisfies never;
    }
  };
  usePresenterKeys(choices, act);

  return (
    <main className={css.stage} data-split={presented !== null || undefined}>
      <div ref={words} className={css.words}>
        <h1 className={css.count}>
          {lesson.words().title} · {LESSON_WORDS.stepOf(index + 1, lesson.steps.length)}
        </h1>
        <h2 ref={heading} tabIndex={-1} className={css.title}>
          {said.title}
        </h2>
        <LessonProse text={said.text} />
        {away.length > 0 && <p className={css.away}>{LESSON_WORDS.presenterAway(away)}</p>}
        <div className={css.exercise}>
          <StepExercise {...{ lesson, step, answers }} />
        </div>
        {prediction && <PredictionView key={step.id} at={current} prediction={prediction} presented={{ revealed }} />}
      </div>
      {presented && <Chart view={presented.view} concealed={concealed.includes(presented.part)} />}
      <Foot
        step={step}
        isOwn={isOwn}
        mayRun={mayRun}
        choices={choices}
        isOver={index === lesson.steps.length - 1 && !waiting}
        onLeave={() => act({ kind: 'leave' })}
      />
    </main>
  );
}

export function Presenter() {
  const lesson = lessonOf(useLessons((state) => state.lesson)) ?? LESSONS[0];
  return (
    <div className={css.page}>
      <PresentedLesson key={lesson.id} lesson={lesson} />
    </div>
  );
}
