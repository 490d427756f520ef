import { describe, expect, it } from 'vitest';
import { withSharpness } from '../../../../tests/fixtures/sharpness-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { sharpnessCsv } from './csv.ts';

const result = withSharpness(studyResultFixture());

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('the sharpness in links', () => {
  it('arrives with the sizes of the perturbations, to within a four-hundredth of its range', () => {
    const { sharpness = [] } = roundTrip(result);
    expect(sharpness.map(({ arm, seed, radii, train }) => [arm, seed, radii, train?.images])).toEqual(
      result.sharpness!.map(({ arm, seed, radii, train }) => [arm, seed, radii, train?.images]),
    );
    sharpness.forEach(({ test, train }, i) => {
      const expected = result.sharpness![i];
      test.loss.forEach((value, k) => expect(Math.abs(value - expected.test.loss[k])).toBeLessThan(0.005));
      train!.accuracy.forEach((value, k) => expect(Math.abs(value - expected.train!.accuracy[k])).toBeLessThan(0.002));
    });
  });

  it('arrives of some runs without training images, and is absent where there is none', () => {
    const mixed = result.sharpness!.map((entry, i) => (i % 2 === 0 ? entry : { ...entry, train: undefined }));
    expect(roundTrip({ ...result, sharpness: mixed }).sharpness!.map(({ train }) => train !== undefined)).toEqual(
      mixed.map((_, i) => i % 2 === 0),
    );
    expect('sharpness' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('gives way with a word', () => {
    const short = encodeResultLink(result, 500);
    expect(short.leftOut.join()).toContain('sharpness');
    expect(decodeResultLink(short.fragment).ok).toBe(true);
  });
});

it('the sharpness as CSV has a row per run, set of images and size', () => {
  const lines = sharpnessCsv(result).trim().split('\r\n');
  expect(lines).toHaveLength(1 + result.sharpness!.length * 2 * 5);
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([7]));
});
