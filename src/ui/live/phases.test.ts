import { expect, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { endText, spokenSentence } from './phases.ts';

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
