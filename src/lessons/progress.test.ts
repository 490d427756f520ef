import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LESSONS } from './course/index.ts';
import {
  answersOf,
  atStep,
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

  it('starts a lesson from its first step when the kept one is gone', () => {
    expect(stepIndex(LESSONS[0], 'no such step')).toBe(0);
    expect(stepIndex(LESSONS[0], LESSONS[0].steps[2].id)).toBe(2);
  });
});
