import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LESSONS } from './course/index.ts';
import { saved, steps, view } from './course/test-lessons.ts';
import type { LessonView } from './lesson.ts';
import {
  answersOf,
  answersToStep,
  atStep,
  chosenAt,
  isFulfilled,
  keptChoice,
  NO_PROGRESS,
  progressOf,
  readProgress,
  restarted,
  stepIndex,
  withAnswers,
  withDone,
} from './progress.ts';

describe('progress', () => {
  it('survives being kept, and nonsense in its place does no harm', () => {
    let progress = withAnswers(atStep(NO_PROGRESS, 'lora', 'train'), 'lora', 'train', { choice: 2 });
    progress = withDone(withDone(progress, 'lora', 'train'), 'lora', 'train');
    expect(readProgress(JSON.stringify(progress))).toEqual(progress);
    expect(answersOf(progress, 'lora', 'train')).toEqual({ choice: 2, fields: {} });
    expect(progressOf(progress, 'lora')).toMatchObject({ step: 'train', done: ['train'] });
    expect(restarted(progress, 'lora')).toEqual(NO_PROGRESS);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readProgress(text).version === 1));
  });

  it('keeps a choice among names by its name: another result may offer others, or in another order', () => {
    const prediction = (choices: readonly string[]) =>
      ({
        words: () => ({ question: '', choices: choices.map((name) => `the ${name}`) }),
        outcome: () => '',
        conceal: [],
        names: () => choices,
      }) as const;
    const page = {} as LessonView;
    const chosen = keptChoice(prediction(['limes', 'figs']), page, 1);
    const progress = readProgress(JSON.stringify(withAnswers(NO_PROGRESS, 'picture', 'mistakes', chosen)));
    const answers = answersOf(progress, 'picture', 'mistakes');
    expect(answers).toMatchObject({ choice: null, name: 'figs' });
    expect(chosenAt(prediction(['figs', 'plums']), page, answers)).toBe(0);
    expect(chosenAt(prediction(['plums', 'limes']), page, answers)).toBeNull();
    const step = { id: 'mistakes', words: () => ({ title: '', text: '' }) };
    expect(isFulfilled({ ...step, prediction: prediction(['figs']) }, page, answers)).toBe(true);
    expect(isFulfilled({ ...step, prediction: prediction(['plums']) }, page, answers)).toBe(false);
    // As earlier versions kept it.
    expect(chosenAt(prediction(['figs', 'plums']), page, { choice: 1, fields: {} })).toBeNull();
    const kept = (choice: unknown) =>
      readProgress(JSON.stringify({ version: 1, lessons: { a: { step: 'b', done: [], answers: { b: choice } } } }));
    expect(answersOf(kept({ choice: 'figs', fields: {} }), 'a', 'b')).toEqual({
      choice: null,
      name: 'figs',
      fields: {},
    });
  });

  it('is read by version 1.0.0, which knows no names and no versions of questions', () => {
    const choice = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)));
    const answers = v.record(v.string(), v.object({ choice, fields: v.record(v.string(), v.string()) }));
    const Old = v.object({ step: v.string(), done: v.array(v.string()), answers });
    const schema = v.object({ version: v.literal(1), lessons: v.record(v.string(), Old) });
    for (const { step, name } of steps) {
      const [lesson, id] = name.split('/');
      if (!step.prediction) continue;
      const progress = withAnswers(
        atStep(NO_PROGRESS, lesson, id),
        lesson,
        id,
        keptChoice(step.prediction, view(saved), 1),
      );
      const read = v.parse(schema, JSON.parse(JSON.stringify(progress)));
      expect(read.lessons[lesson]).toMatchObject({ step: id, answers: { [id]: { fields: {} } } });
    }
  });

  it('keeps an answer only to the question that it was given to', () => {
    const prediction = { words: () => ({ question: '', choices: ['a', 'b'] }), outcome: () => '', conceal: [] };
    const step = { id: 'b', words: () => ({ title: '', text: '' }), prediction };
    const changed = { ...step, prediction: { ...prediction, version: 2 } };
    const fields = { sum: '3' };
    const old = { choice: 1, fields };
    const none = { choice: null, fields };
    expect(answersToStep(step, old)).toEqual(old);
    expect(answersToStep(changed, old)).toEqual(none);
    const answered = { ...old, ...keptChoice(changed.prediction, view(null), 1) };
    expect(answersToStep(changed, answered)).toEqual(answered);
    // By a page that is older than the change.
    expect(answersToStep(step, answered)).toEqual(none);
  });

  it('starts a lesson from its first step when the kept one is gone', () => {
    expect(stepIndex(LESSONS[0], 'no such step')).toBe(0);
    expect(stepIndex(LESSONS[0], LESSONS[0].steps[2].id)).toBe(2);
  });
});
