import { expect, test } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { TRY_IT_STUDIES } from '../../study/presets/try-it.ts';
import { quick } from '../../study/presets/quick.ts';
import { MAX_SEEDS, type StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { nextTry } from './next-try.ts';

const ended = (config: StudyConfig, more: Partial<StudyResult> = {}): StudyResult => {
  const { provenance, ...result } = studyResultFixture();
  return { ...result, config, status: 'complete', provenance: { ...provenance, seconds: 60 }, ...more };
};
const largest = TRY_IT_STUDIES[TRY_IT_STUDIES.length - 1];
const tries = TRY_IT_STUDIES.map((_, i) => 10 * (i + 1));

test('a study of “Try it” is followed by one of twice its steps, and takes what that one is estimated to take', () => {
  for (const config of TRY_IT_STUDIES.slice(0, -1)) {
    // A result comes from the worker as a copy.
    const next = nextTry(ended(structuredClone(config)), tries);
    if (next?.kind !== 'longer') throw new Error(`${config.training.steps} steps: ${next?.kind}`);
    expect(next.config.training.steps).toBeGreaterThan(config.training.steps);
    expect(next.config === largest || next.config.training.steps >= 2 * config.training.steps).toBe(true);
    expect(next.seconds).toBe(tries[TRY_IT_STUDIES.indexOf(next.config)]);
  }
});

test('the longest is followed by more seeds of it, as long as it may have more', () => {
  expect(nextTry(ended(largest), tries)).toEqual({ kind: 'seeds', seconds: 40 });
  expect(nextTry(ended({ ...largest, seeds: [0, 1, 2, 3, 4] }), tries)).toEqual({ kind: 'seeds', seconds: 24 });
  expect(nextTry(ended({ ...largest, seeds: Array.from({ length: MAX_SEEDS }, (_, i) => i) }), tries)).toBeNull();
});

test('one that was stopped is begun again, and other studies have no next one', () => {
  expect(nextTry(ended(largest, { status: 'stopped' }), tries)).toEqual({ kind: 'again' });
  expect(nextTry(ended(quick.config), tries)).toBeNull();
});
