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

test('a study of “Try it” is followed by one of twice its steps, and takes as much longer as it has more steps and seeds', () => {
  for (const config of TRY_IT_STUDIES.slice(0, -1)) {
    // A result comes from the worker as a copy.
    const next = nextTry(ended(structuredClone(config)));
    if (next?.kind !== 'longer') throw new Error(`${config.training.steps} steps: ${next?.kind}`);
    expect(next.config.training.steps).toBeGreaterThan(config.training.steps);
    expect(
      next.config.training.steps === largest.training.steps || next.config.training.steps >= 2 * config.training.steps,
    ).toBe(true);
    const runs = ({ seeds, training }: StudyConfig) => seeds.length * training.steps;
    expect(next.seconds).toBeCloseTo((60 * runs(next.config)) / runs(config), 9);
  }
});

test('the longest is followed by more seeds of it, as long as it may have more', () => {
  expect(nextTry(ended(largest))).toEqual({ kind: 'seeds', seconds: 40 });
  expect(nextTry(ended({ ...largest, seeds: [0, 1, 2, 3, 4] }))).toEqual({ kind: 'seeds', seconds: 24 });
  expect(nextTry(ended({ ...largest, seeds: Array.from({ length: MAX_SEEDS }, (_, i) => i) }))).toBeNull();
});

test('one that was stopped is begun again, and other studies have no next one', () => {
  expect(nextTry(ended(largest, { status: 'stopped' }))).toEqual({ kind: 'again', config: largest, seconds: null });
  expect(nextTry(ended(quick.config))).toBeNull();
});

test('one of own images is followed by a longer one of the same images, backbone and prompts', () => {
  const seen = { task: 'dropped', backbone: 'owner/name@1', imageSize: 48 };
  const [small] = TRY_IT_STUDIES;
  const next = nextTry(ended({ ...small, ...seen }));
  expect(next).toMatchObject({ kind: 'longer', config: seen });
  const again = nextTry(ended({ ...largest, ...seen }));
  expect(again).toEqual({ kind: 'seeds', seconds: 40 });
});
