/** A learner's progress: plain data that survives a reload. */
import * as v from 'valibot';
import { parsedJson } from '../platform/parsed-json.ts';
import {
  NO_ANSWERS,
  type Lesson,
  type LessonStep,
  type LessonView,
  type Prediction,
  type StepAnswers,
} from './lesson.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What version 1.0.0 reads has no text as a choice: it would refuse all progress for one. It leaves out what it does not know. */
const AnswersSchema = v.pipe(
  v.object({
    /** A text: a name, as some builds kept it. */
    choice: v.nullable(v.union([whole, v.string()])),
    name: v.optional(v.string()),
    version: v.optional(whole),
    fields: v.record(v.string(), v.pipe(v.string(), v.maxLength(40))),
  }),
  v.transform(({ choice, ...answers }): StepAnswers =>
    typeof choice === 'string' ? { ...answers, choice: null, name: choice } : { ...answers, choice },
  ),
);

const LessonProgressSchema = v.object({
  /** Id of the learner's current step. */
  step: v.string(),
  /** Ids of the steps whose task was fulfilled, or that the learner left. */
  done: v.array(v.string()),
  answers: v.record(v.string(), AnswersSchema),
});
export type LessonProgress = v.InferOutput<typeof LessonProgressSchema>;

const ProgressSchema = v.object({ version: v.literal(1), lessons: v.record(v.string(), LessonProgressSchema) });
export type CourseProgress = v.InferOutput<typeof ProgressSchema>;

export const NO_PROGRESS: CourseProgress = { version: 1, lessons: {} };

/** The stored progress, or none if it cannot be read. */
export const readProgress = (text: string | null): CourseProgress => parsedJson(ProgressSchema, text) ?? NO_PROGRESS;

const EMPTY: LessonProgress = { step: '', done: [], answers: {} };

export const progressOf = (progress: CourseProgress, lesson: string): LessonProgress =>
  progress.lessons[lesson] ?? EMPTY;

export const answersOf = (progress: CourseProgress, lesson: string, step: string): StepAnswers =>
  progressOf(progress, lesson).answers[step] ?? NO_ANSWERS;

function changed(progress: CourseProgress, lesson: string, change: Partial<LessonProgress>): CourseProgress {
  return { ...progress, lessons: { ...progress.lessons, [lesson]: { ...progressOf(progress, lesson), ...change } } };
}

export const atStep = (progress: CourseProgress, lesson: string, step: string): CourseProgress =>
  changed(progress, lesson, { step });

export function withDone(progress: CourseProgress, lesson: string, step: string): CourseProgress {
  const { done } = progressOf(progress, lesson);
  return done.includes(step) ? progress : changed(progress, lesson, { done: [...done, step] });
}

export function withAnswers(
  progress: CourseProgress,
  lesson: string,
  step: string,
  change: Partial<StepAnswers>,
): CourseProgress {
  const { answers } = progressOf(progress, lesson);
  return changed(progress, lesson, {
    answers: { ...answers, [step]: { ...(answers[step] ?? NO_ANSWERS), ...change } },
  });
}

export function restarted(progress: CourseProgress, lesson: string): CourseProgress {
  const lessons = Object.entries(progress.lessons).filter(([id]) => id !== lesson);
  return { ...progress, lessons: Object.fromEntries(lessons) };
}

/** The entries that are kept, with those that differ between before and now as they are now. */
function mergedEntries<T>(
  kept: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
  now: Readonly<Record<string, T>>,
  merge: (now: T, key: string) => T = (value) => value,
): Record<string, T> {
  const merged = { ...kept };
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const value = now[key] as T | undefined;
    if (value === before[key]) continue;
    if (value === undefined) delete merged[key];
    else merged[key] = merge(value, key);
  }
  return merged;
}

function mergedAnswers(kept: StepAnswers, before: StepAnswers, now: StepAnswers): StepAnswers {
  const isUnchanged = now.choice === before.choice && now.name === before.name && now.version === before.version;
  return { ...(isUnchanged ? kept : now), fields: mergedEntries(kept.fields, before.fields, now.fields) };
}

const mergedLesson = (kept: LessonProgress, before: LessonProgress, now: LessonProgress): LessonProgress => ({
  // Where the reader is now.
  step: now.step,
  done: [...new Set([...kept.done, ...now.done.filter((step) => !before.done.includes(step))])],
  answers: mergedEntries(kept.answers, before.answers, now.answers, (answers, step) =>
    mergedAnswers(kept.answers[step] ?? NO_ANSWERS, before.answers[step] ?? NO_ANSWERS, answers),
  ),
});

/** The progress that is kept, with what was changed here since. What was not changed is as other tabs left it. */
export const withChanges = (kept: CourseProgress, before: CourseProgress, now: CourseProgress): CourseProgress => ({
  ...now,
  lessons: mergedEntries(kept.lessons, before.lessons, now.lessons, (lesson, id) =>
    mergedLesson(progressOf(kept, id), progressOf(before, id), lesson),
  ),
});

const versionOf = ({ version = 1 }: Pick<Prediction, 'version'>): number => version;

/** What is kept of a choice. */
export const keptChoice = (prediction: Prediction, view: LessonView, at: number): Omit<StepAnswers, 'fields'> => ({
  ...(prediction.names ? { choice: null, name: prediction.names(view).at(at) } : { choice: at }),
  version: versionOf(prediction),
});

/** The answers of a step without the choice if that was made of another version of the question. */
export const answersToStep = ({ prediction }: LessonStep, answers: StepAnswers): StepAnswers =>
  prediction && versionOf(answers) !== versionOf(prediction) ? { ...NO_ANSWERS, fields: answers.fields } : answers;

/** Index of the choice that is made; null also where a name that was chosen is not offered. */
export function chosenAt(prediction: Prediction, view: LessonView, { choice, name }: StepAnswers): number | null {
  if (!prediction.names) return choice;
  const at = name === undefined ? -1 : prediction.names(view).indexOf(name);
  return at < 0 ? null : at;
}

/** Whether a step's own task is fulfilled; always false for a step without a task. */
export function isFulfilled(step: LessonStep, view: LessonView, answers: StepAnswers): boolean {
  if (step.done) return step.done(view, answers);
  const { prediction } = step;
  // An answer that no numbers follow has not been compared with any.
  return prediction !== undefined && chosenAt(prediction, view, answers) !== null && prediction.outcome(view) !== null;
}

/** Where a lesson continues: the step at which it was left, or its first. */
export const stepIndex = (lesson: Lesson, step: string | null): number =>
  Math.max(
    0,
    lesson.steps.findIndex(({ id }) => id === step),
  );
