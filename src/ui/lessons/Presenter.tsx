/** A lesson for a projector: large type, one chart at a time, driven by the keyboard. Nothing advances by itself. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { LESSONS, lessonOf } from '../../lessons/course/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { goToStep } from '../../state/lessons/lessons-store.ts';
import { EmbeddedContext } from '../charts/figure-contexts.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { View } from '../embed/EmbedPage.tsx';
import { useFocusAt } from '../language/turning.ts';
import { RegimeMap } from '../map/RegimeMap.tsx';
import { emptyResult } from '../results/empty-result.ts';
import { useLessonRun } from './LessonRunButton.tsx';
import { LessonProse } from './LessonProse.tsx';
import { PredictionView } from './PredictionView.tsx';
import { chartOf, keepsKey, presenterAction, type PresenterAction } from './presented.ts';
import css from './presenter.module.css';
import { StepExercise } from './StepExercise.tsx';
import { useStep } from './StepView.tsx';
import { useLessons } from './use-lessons.ts';

function Chart({ lesson, concealed }: { lesson: Lesson; concealed: boolean }) {
  const { step } = useStep(lesson);
  const result = useStudy((state) => state.result);
  const config = useStudy((state) => state.config);
  const view = chartOf(step);
  if (!view && !step.map) return null;
  return (
    <div className={css.chart}>
      {concealed ? (
        <p className={css.concealed} aria-hidden="true">
          ?
        </p>
      ) : view ? (
        <EmbeddedContext value="fill">
          <View view={view} result={result ?? emptyResult(config)} />
        </EmbeddedContext>
      ) : (
        <EmbeddedContext value="stacked">
          <RegimeMap />
        </EmbeddedContext>
      )}
    </div>
  );
}

function PresentedLesson({ lesson }: { lesson: Lesson }) {
  const { lessons, study, controller } = useServices();
  const { step, index, view, answers, choice, choose } = useStep(lesson);
  const [revealed, setRevealed] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const run = useLessonRun(step.run);
  const status = useStudy((state) => state.status);
  const { prediction } = step;
  const said = step.words(view);
  const waiting = prediction !== undefined && choice === null && !revealed;
  const chart = chartOf(step) ?? step.map;

  useFocusAt(heading, step.id);
  // Newly revealed content may be below the visible area.
  useEffect(() => {
    if (prediction && !waiting) words.current?.scrollIntoView({ block: 'end' });
  }, [prediction, waiting]);

  const go = (to: number) => {
    if (!lesson.steps[to]) return;
    // A run started by a step pauses for the next text; P resumes it.
    if (study.getState().status === 'running') void controller.pause();
    setRevealed(false);
    goToStep(lessons, lesson.id, lesson.steps[to].id);
  };
  const act = (action: PresenterAction): void => {
    switch (action.kind) {
      case 'forward':
        if (waiting) setRevealed(true);
        else go(index + 1);
        return;
      case 'back':
        go(index - 1);
        return;
      case 'choose':
        choose(action.choice);
        return;
      case 'run':
        run();
        return;
      case 'pause':
        if (status === 'running') void controller.pause();
        else if (status === 'paused') void controller.resume();
        return;
      case 'leave':
        lessons.setState({ isPresenting: false });
        return;
      default:
        action satisfies never;
    }
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && keepsKey(event.target.tagName, event.key)) return;
    const action = presenterAction(event.key, prediction?.words(view).choices.length ?? 0);
    if (!action) return;
    event.preventDefault();
    act(action);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  return (
    <main className={css.stage} data-chart={chart !== undefined || undefined}>
      <div ref={words} className={css.words}>
        <h1 className={css.count}>
          {lesson.words().title} · {LESSON_WORDS.stepOf(index + 1, lesson.steps.length)}
        </h1>
        <h2 ref={heading} tabIndex={-1} className={css.title}>
          {said.title}
        </h2>
        <LessonProse text={said.text} />
        <div className={css.exercise}>
          <StepExercise {...{ lesson, step, answers }} />
        </div>
        {prediction && (
          <PredictionView
            key={step.id}
            prediction={prediction}
            view={view}
            choice={choice}
            revealed={revealed}
            numbered
            level={3}
            onChoose={choose}
          />
        )}
      </div>
      <Chart lesson={lesson} concealed={waiting && prediction.conceal.includes(step.part ?? 'run')} />
      <footer className={css.foot}>
        <span>{LESSON_WORDS.presenterKeys}</span>
        <span role="status">
          {step.run && status === 'idle' && LESSON_WORDS.presenterRun}
          {status === 'running' && `${LESSON_WORDS.running} ${LESSON_WORDS.presenterPause}`}
          {status === 'paused' && LESSON_WORDS.presenterResume}
          {index === lesson.steps.length - 1 && !waiting && ` ${LESSON_WORDS.presenterDone}`}
        </span>
        <Button onPress={() => act({ kind: 'leave' })}>{LESSON_WORDS.leavePresenter}</Button>
      </footer>
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
