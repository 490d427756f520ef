import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LESSONS } from './course/index.ts';
import type { LessonView } from './lesson.ts';
import {
  answersOf,
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
      ({ words: () => ({ question: '', choices }), outcome: () => '', conceal: [], areNames: true }) as const;
    const view = {} as LessonView;
    const choice = keptChoice(prediction(['limes', 'figs']), view, 1);
    const progress = readProgress(JSON.stringify(withAnswers(NO_PROGRESS, 'picture', 'mistakes', { choice })));
    const answers = answersOf(progress, 'picture', 'mistakes');
    expect(answers.choice).toBe('figs');
    expect(chosenAt(prediction(['figs', 'plums']), view, answers)).toBe(0);
    expect(chosenAt(prediction(['plums', 'limes']), view, answers)).toBeNull();
    const step = { id: 'mistakes', words: () => ({ title: '', text: '' }) };
    expect(isFulfilled({ ...step, prediction: prediction(['figs']) }, view, answers)).toBe(true);
    expect(isFulfilled({ ...step, prediction: prediction(['plums']) }, view, answers)).toBe(false);
    // As earlier versions kept it.
    expect(chosenAt(prediction(['figs', 'plums']), view, { ...answers, choice: 1 })).toBeNull();
  });

  it('starts a lesson from its first step when the kept one is gone', () => {
    expect(stepIndex(LESSONS[0], 'no such step')).toBe(0);
    expect(stepIndex(LESSONS[0], LESSONS[0].steps[2].id)).toBe(2);
  });
});
