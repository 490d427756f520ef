import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { independentImages } from '../../../core/clusters.ts';
import { mean, shareError } from '../../../core/statistics.ts';
import { packBits } from '../../../platform/bits.ts';
import type { StudyResult } from '../result.ts';
import { mergedMeasure, tasksError } from './tasks.ts';

const SIZES = [30, 10];

/** An adapter merged of two tasks, the second of a third as many images. @param right [40]: whether each image is answered right */
function merged(right: readonly number[]): StudyResult {
  const own = [mean(right.slice(0, 30)), mean(right.slice(30))];
  const entry = { own, joint: own, correct: packBits(right) };
  const merge = { ...entry, method: 'updates', alignment: 'none', scale: 1, rank: 4 } as const;
  return {
    ...studyResultFixture(),
    multitask: {
      tasks: SIZES.map((test, i) => ({ name: `${i}`, classes: 2, test, validation: 0 })),
      zeroShot: { own, joint: own },
      runs: [{ arm: 'lora', seed: 0, single: entry, ensemble: entry, merges: [merge] }],
    },
  };
}

it('the sampling error of a mean over tasks is mostly that of the task with few images', () => {
  const of = (...sizes: readonly number[]) => ({
    tasks: sizes.map((test, i) => ({ name: `${i}`, classes: 2, test, validation: 0 })),
  });
  const few = tasksError(of(4, 400), independentImages(404), [0.5, 0.6]);
  expect(few).toBeCloseTo(Math.hypot(shareError(0.5, 4), shareError(0.6, 400)) / 2, 12);
  expect(few).toBeGreaterThan(3 * shareError(0.55, 404));
  // Tasks of one size are as their images together; motifs count in each.
  expect(tasksError(of(200, 200), independentImages(400), [0.5, 0.5])).toBeCloseTo(shareError(0.5, 400), 3);
  const sample = { images: 400, motifs: 100, effective: 100 };
  expect(tasksError(of(200, 200), sample, [0.5, 0.5])).toBeCloseTo(shareError(0.5, 100), 2);
});

it('every task counts the same, and so an image the more, the fewer its task has', () => {
  const right = Array.from({ length: 40 }, (_, i) => Number(i % 3 > 0));
  const [{ value, byMotif, sensitivity }] = mergedMeasure('updates').values(merged(right), 'lora');
  const own = [mean(right.slice(0, 30)), mean(right.slice(30))];
  expect(value).toBeCloseTo(mean(own), 12);
  expect(mean(byMotif!)).toBeCloseTo(value, 12);
  right.forEach((one, i) => {
    const task = i < 30 ? 0 : 1;
    expect(byMotif![i] - value).toBeCloseTo((40 / SIZES[task] / 2) * (one - own[task]), 12);
  });
  // One answer of the small task: 1/20 of the mean, twice as much as one of 40 images.
  expect(sensitivity).toBeCloseTo(2 ** 2 / 2, 12);
});
