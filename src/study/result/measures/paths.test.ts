import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { mean } from '../../../core/statistics.ts';
import { packBits } from '../../../platform/bits.ts';
import { barrierMeasure } from './paths.ts';

it('an image counts at each end of a barrier as far as the deepest point is from the other end', () => {
  const result = studyResultFixture();
  const rows = [
    [1, 0, 1, 1],
    [0, 0, 1, 0],
    [1, 1, 1, 0],
    [1, 1, 1, 0],
    [1, 1, 0, 1],
  ];
  const path = {
    ...result.landscape[0],
    lambdas: [0, 0.25, 0.5, 0.75, 1],
    accuracy: rows.map((row) => mean(row)),
    correct: rows.map((row) => packBits(row)),
    barrierAccuracy: 0.5,
  };
  const { arm } = path;
  const [{ value, byMotif, sensitivity }] = barrierMeasure('factor').values(
    { ...result, task: { ...result.task, test: 4 }, landscape: [path] },
    arm,
  );
  expect(value).toBe(0.5);
  expect([...byMotif!]).toEqual([0, 1, 2, 3].map((i) => 0.75 * rows[0][i] + 0.25 * rows[4][i] - rows[1][i]));
  expect(sensitivity).toBeCloseTo((0.75 ** 2 + 0.25 ** 2 + 1) / 2, 12);
});
