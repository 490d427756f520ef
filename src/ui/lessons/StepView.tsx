/** One step of a lesson: text, exercise, prediction, run, and navigation. */
import { useEffect, useRef } from 'react';
import { LESSONS } from '../../lessons/course/index.ts';
import { coveredAt } from '../../lessons/covered.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import { goToStep, markDone, openLesson, refusesTask } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { useFocusAt } from '../language/turning.ts';
import { keepInView } from './keep-in-view.ts';
import { LessonProse } from './LessonProse.tsx';
import { LessonRunButton } from './LessonRunButton.tsx';
import css from './lessons.module.css';
import { PredictionView } from './PredictionView.tsx';
import { scrollToPart } from './scroll-to-part.ts';
import { StepExercise } from './StepExercise.tsx';
import { useLessons } from './use-lessons.ts';
import { useStep } from './use-step.ts';

export function StepView({ lesson }: { lesson: Lesson }) {
  const { lessons } = useServices();
  const current = useStep(lesson);
  const { step, index, view, answers, choice, done } = current;
  // The question is then all that is left of its task.
  const isRefused = useLessons((state) => refusesTask(state, step));
  const all = lesson.steps.length;
  const last = index === all - 1;
  const number = LESSONS.indexOf(lesson) + 1;
  const following = last ? LESSONS.at(number) : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  const { part, prediction, run } = step;
  const isHidden = useLessons(({ teaching }) => part !== undefined && teaching.hidden.includes(part));
  const words = step.words(view);
  const conceal = prediction && choice === null ? prediction.conceal : null;

  useEffect(() => {
    lessons.setState({ highlighted: part ?? null, concealed: conceal ?? [], covered: coveredAt(lesson, index) });
    return () => lessons.setState({ highlighted: null, concealed: [], covered: [] });
  }, [lessons, lesson, index, part, conceal]);
  // Again when it is uncovered: what is said of it then is read off it.
  const isConcealed = conceal !== null;
  useEffect(() => (part && !isHidden ? keepInView(part) : undefined), [part, isHidden, isConcealed]);
  const offersRun = run !== undefined && !(prediction && choice === null);
  useEffect(() => {
    lessons.setState({ offersRun });
    return () => lessons.setState({ offersRun: false });
  }, [lessons, offersRun]);
  useFocusAt(heading, step.id);

  const go = (to: number) => goToStep(lessons, lesson.id, lesson.steps[to].id);
  const hasTask = isRefused ? prediction !== undefined && choice === null : Boolean(step.done ?? prediction);
  const leave = () => {
    // A step with a task is done when the task is; any other step is done once read.
    if (!hasTask) markDone(lessons, lesson.id, step.id);
    if (last) openLesson(lessons, following?.id ?? null);
    else go(index + 1);
  };
  return (
    <div className={css.step}>
      <p className={css.small}>
        {LESSON_WORDS.numberOf(number, LESSONS.length)} · {LESSON_WORDS.stepOf(index + 1, all)}
        {done.includes(step.id) && <span className={css.doneMark}> · ✓ {LESSON_WORDS.stepDone}</span>}
      </p>
      <h3 ref={heading} tabIndex={-1} className={css.stepTitle}>
        {words.title}
      </h3>
      <LessonProse text={words.text} />
      {part && !isHidden && (
        <span className={css.toPart}>
          <Button kind="quiet" onPress={() => scrollToPart(part, 'center')}>
            {LESSON_WORDS.showOnPage(PART_WORDS[part])}
          </Button>
        </span>
      )}
      <StepExercise {...{ lesson, step, answers }} />
      {run && offersRun && <LessonRunButton run={run} />}
      {isRefused && !run && <p className={css.hint}>{LESSON_WORDS.stepRefused}</p>}
      {prediction && <PredictionView key={step.id} at={current} prediction={prediction} />}
      <div className={css.nav}>
        <Button isDisabled={index === 0} onPress={() => go(index - 1)}>
          {LESSON_WORDS.back}
        </Button>
        <Button kind={done.includes(step.id) || !hasTask ? 'primary' : 'plain'} onPress={leave}>
          {following
            ? LESSON_WORDS.nextLesson(number + 1, following.words().title)
            : last
              ? LESSON_WORDS.finish
              : LESSON_WORDS.next}
        </Button>
      </div>
    </div>
  );
}
