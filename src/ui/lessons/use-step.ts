import { useEffect } from 'react';
import type { Lesson } from '../../lessons/lesson.ts';
import {
  answersOf,
  answersToStep,
  chosenAt,
  isFulfilled,
  keptChoice,
  progressOf,
  stepIndex,
} from '../../lessons/progress.ts';
import { answer, markDone } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import { useLessonView, useMapOf } from './use-lesson-view.ts';
import { useLessons } from './use-lessons.ts';

/** The learner's current step with their answers; marks it done when its task is complete. */
export function useStep(lesson: Lesson) {
  const { lessons } = useServices();
  const view = useLessonView();
  const own = useLessons((state) => progressOf(state.progress, lesson.id));
  const index = stepIndex(lesson, own.step);
  const step = lesson.steps[index];
  const kept = useLessons((state) => answersOf(state.progress, lesson.id, step.id));
  const answers = answersToStep(step, kept);
  useMapOf(step);
  const fulfilled = isFulfilled(step, view, answers);
  useEffect(() => {
    if (fulfilled) markDone(lessons, lesson.id, step.id);
  }, [lessons, lesson.id, step.id, fulfilled]);
  const { prediction } = step;
  const choice = prediction ? chosenAt(prediction, view, answers) : null;
  const choose = (at: number): void => {
    if (prediction) answer(lessons, lesson.id, step.id, keptChoice(prediction, view, at));
  };
  return { step, index, view, answers, choice, choose, done: own.done };
}

export type CurrentStep = ReturnType<typeof useStep>;
