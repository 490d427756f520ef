import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withGeometry } from '../../../../tests/fixtures/geometry-result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { landscapeCsv } from '../landscape/csv.ts';
import { planeCsv } from '../plane/csv.ts';
import { geometryCsv } from './csv.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';

const result = withGeometry(studyResultFixture());

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

const near = (actual: readonly number[], expected: readonly number[]) => {
  const width = Math.max(...expected) - Math.min(...expected);
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(width / 300 + 1e-6));
};

describe('the geometry of adapters in links', () => {
  const read = roundTrip(result);

  it('arrives with aligned paths and training images', () => {
    expect(read.landscape).toHaveLength(result.landscape.length);
    const keys = ({ landscape }: StudyResult) =>
      landscape.map(({ arm, seeds, path, alignment, train }) => [arm, seeds, path, alignment, train?.images]);
    expect(keys(read)).toEqual(keys(result));
    read.landscape.forEach(({ train, accuracy }, i) => {
      near(accuracy, result.landscape[i].accuracy);
      if (train) near(train.loss, result.landscape[i].train!.loss);
      train?.accuracy.forEach((value, k) => expect(value).toBeCloseTo((100 + k) / 128, 9));
    });
    expect(read.landscape[0].train).toMatchObject({ barrierAccuracy: 0 });
  });

  it('arrives with planes and the ways through them', () => {
    read.planes!.forEach((plane, p) => {
      const expected = result.planes![p];
      expect([plane.arm, plane.corners, plane.trajectories, plane.xs]).toEqual([
        expected.arm,
        expected.corners,
        expected.trajectories,
        expected.xs,
      ]);
      near(plane.accuracy, expected.accuracy);
      near(plane.loss, expected.loss);
    });
  });

  it('arrives with the distances of all adapters', () => {
    expect(read.geometry!.points).toEqual(result.geometry!.points);
    for (const space of ['factors', 'updates'] as const) {
      near(read.geometry![space].norms, result.geometry![space].norms);
      near(read.geometry![space].distances, result.geometry![space].distances);
    }
  });

  it('arrives while it is growing, and of adapters from anywhere', () => {
    const [plane] = result.planes!;
    const growing = { ...plane, arm: null, accuracy: plane.accuracy.slice(0, 10), loss: plane.loss.slice(0, 10) };
    const [back] = roundTrip({ ...result, planes: [growing] }).planes!;
    expect([back.arm, back.accuracy.length, back.ys.length]).toEqual([null, 10, 5]);
  });

  it('is absent from links of studies without it', () => {
    const plain = roundTrip(studyResultFixture());
    expect('planes' in plain || 'geometry' in plain).toBe(false);
    expect(plain.landscape.some((entry) => 'alignment' in entry || 'train' in entry)).toBe(false);
  });

  it('gives way with a word, adapters on the way first', () => {
    const short = encodeResultLink({ ...result, shapley: [], pruning: [], landscape: [] }, 700);
    expect(short.fragment.length).toBeLessThanOrEqual(700);
    expect(short.leftOut.join()).toContain('on the way through training');
    const shortest = encodeResultLink(result, 500);
    expect(shortest.leftOut.join()).toContain('planes');
    expect(decodeResultLink(shortest.fragment).ok).toBe(true);
  });

  it('of an arm that is not part of the study is left out', () => {
    const { geometry, planes } = result;
    const stray: StudyResult = {
      ...result,
      planes: [...planes!, { ...planes![0], arm: 'gone' }],
      geometry: {
        ...geometry!,
        points: geometry!.points.map((point, i) => (i === 0 ? { ...point, arm: 'gone' } : point)),
      },
    };
    const back = roundTrip(stray);
    expect(back.planes).toHaveLength(2);
    expect(back.geometry!.points).toEqual(geometry!.points.slice(1));
    near(back.geometry!.factors.norms, geometry!.factors.norms.slice(1));
  });
});

describe('the geometry of adapters as CSV', () => {
  const widths = (text: string) =>
    new Set(
      text
        .trim()
        .split('\r\n')
        .map((line) => line.split(',').length),
    );

  it('has a row per point of a path, of a grid, of a trajectory, and per pair of adapters', () => {
    const count = result.geometry!.points.length;
    expect(geometryCsv(result).trim().split('\r\n')).toHaveLength(1 + count + (count * (count - 1)) / 2);
    expect(planeCsv(result).trim().split('\r\n')).toHaveLength(1 + 2 * (25 + 3 + 8));
    expect(landscapeCsv(result)).toContain('orthogonal');
    expect([widths(geometryCsv(result)), widths(planeCsv(result)), widths(landscapeCsv(result))]).toEqual([
      new Set([10]),
      new Set([9]),
      new Set([10]),
    ]);
  });
});
