import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { areaUnderCurve } from '../../../copra/pruning/unstructured.ts';
import { mean } from '../../../core/statistics.ts';
import { packBits } from '../../../platform/bits.ts';
import type { StudyResult } from '../result.ts';
import { areaMeasure, halfSparsityMeasure } from './pruning.ts';
import { changesByRemoval } from './removal.ts';

const fixture = studyResultFixture();
const [entry] = fixture.pruning;

/** A single curve of three sparsities at unequal distances. */
function curved(sparsities: readonly number[]): { result: StudyResult; rows: number[][] } {
  const rows = [
    [1, 1, 1, 0],
    [1, 0, 1, 0],
    [0, 0, 1, 0],
  ];
  const accuracy = rows.map((row) => mean(row));
  const curve = {
    scope: 'factors' as const,
    sparsities: [...sparsities],
    accuracy,
    loss: [1, 1, 1],
    correct: rows.map((row) => packBits(row)),
    area: areaUnderCurve(sparsities, accuracy),
  };
  const { task } = fixture;
  return { result: { ...fixture, task: { ...task, test: 4 }, pruning: [{ ...entry, unstructured: [curve] }] }, rows };
}

it('an image counts at every sparsity as the trapezoidal rule counts it', () => {
  const { result, rows } = curved([0, 0.1, 0.9]);
  const weights = [0.05, 0.45, 0.4].map((share) => share / 0.9);
  const [{ value, byMotif, sensitivity }] = areaMeasure('factors').values(result, entry.arm);
  expect(mean(byMotif!)).toBeCloseTo(value, 12);
  byMotif!.forEach((one, i) =>
    expect(one).toBeCloseTo(
      weights.reduce((sum, weight, at) => sum + weight * rows[at][i], 0),
      12,
    ),
  );
  expect(sensitivity).toBeCloseTo(weights.reduce((sum, weight) => sum + weight ** 2, 0) / 2, 12);
});

it('a change by removal is the mean over the sparsities less what there is with nothing removed', () => {
  const { result, rows } = curved([0, 0.1, 0.9]);
  const weights = [0.05, 0.45, 0.4].map((share, i) => share / 0.9 - (i === 0 ? 1 : 0));
  const [{ value, byMotif, sensitivity }] = changesByRemoval(result, entry.arm, 'factors');
  expect(value).toBeCloseTo(
    weights.reduce((sum, weight, at) => sum + weight * mean(rows[at]), 0),
    12,
  );
  expect(mean(byMotif!)).toBeCloseTo(value, 12);
  expect(sensitivity).toBeCloseTo(weights.reduce((sum, weight) => sum + weight ** 2, 0) / 2, 12);
  expect(changesByRemoval(curved([0.1, 0.5, 0.9]).result, entry.arm, 'factors')).toEqual([]);
});

it('a curve says of one half what its nearest sparsity says, and nothing where none is near', () => {
  const half = (sparsities: readonly number[]) =>
    halfSparsityMeasure('factors')
      .values(curved(sparsities).result, entry.arm)
      .map(({ value }) => value);
  expect(half([0, 0.5, 0.9])).toEqual([0.5]);
  expect(half([0, 0.2, 0.9])).toEqual([]);
});
