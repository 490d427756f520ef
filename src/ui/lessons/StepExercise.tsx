import type { Lesson, LessonStep, StepAnswers } from '../../lessons/lesson.ts';
import { answer } from '../../state/lessons/lessons-store.ts';
import { useServices } from '../context.ts';
import { ThreeLayers } from './ThreeLayers.tsx';

interface StepExerciseProps {
  readonly lesson: Lesson;
  readonly step: LessonStep;
  readonly answers: StepAnswers;
}

/** The exercise of a step, if it has one. */
export function StepExercise({ lesson, step, answers }: StepExerciseProps) {
  const { lessons } = useServices();
  if (!step.exercise) return null;
  return (
    <ThreeLayers
      fields={answers.fields}
      onChange={(fields) => answer(lessons, lesson.id, step.id, { fields: { ...fields } })}
    />
  );
}
