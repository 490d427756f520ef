import { expect, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { endText, reachedStep, spokenSentence, stoppedText } from './phases.ts';

const progress = { phase: 'train', done: 840, total: 2000, imagesPerSecond: null, remainingSeconds: 65 } as const;
const complete = { ...studyResultFixture(), status: 'complete' as const };
const stopped = { ...complete, status: 'stopped' as const };

test('what is heard ends with the study', () => {
  expect(spokenSentence({ status: 'idle', progress: null, result: complete })).toBe('');
  expect(spokenSentence({ status: 'starting', progress: null, result: complete })).toBe('');
  expect(spokenSentence({ status: 'running', progress, result: stopped })).toBe(
    'Train: step 840 of 2,000, about 1:05 left.',
  );
  expect(spokenSentence({ status: 'paused', progress, result: stopped })).toBe('Paused.');
  expect(spokenSentence({ status: 'idle', progress, result: complete })).toBe('The study is done.');
  expect(spokenSentence({ status: 'idle', progress, result: stopped })).toBe('The study was stopped.');
});

test('what is read says how it ended', () => {
  expect(endText({ progress, result: complete })).toBe('done');
  expect(endText({ progress, result: stopped })).toBe('stopped at step 840 of 2,000');
  expect(endText({ progress: { ...progress, phase: 'pruning', done: 0.5, total: 1 }, result: stopped })).toBe(
    'stopped at 50 %',
  );
});

test('a result that is not whole says where it ends, whoever opens it', () => {
  const { runs, config } = stopped;
  const { steps } = config.training;
  const trained = runs.map((run) => ({ ...run, steps, test: null }));
  const early = { ...stopped, runs: trained.map((run) => ({ ...run, steps: 1 })) };
  expect(reachedStep(early)).toBe(1);
  expect(stoppedText(early)).toBe(`stopped at step 1 of ${steps}`);
  expect(stoppedText({ ...stopped, runs: [] })).toBe(`stopped at step 0 of ${steps}`);
  const analysed = 'stopped before its analyses were done';
  expect(reachedStep({ ...stopped, runs: trained })).toBeNull();
  expect(stoppedText({ ...stopped, runs: trained })).toBe(analysed);
  // Adapters that were trained elsewhere have no steps, and are tested.
  const evaluated = runs.map((run) => ({ ...run, steps: 0, test: { accuracy: 0.5, loss: 1 } }));
  expect(stoppedText({ ...stopped, runs: evaluated })).toBe(analysed);
});
