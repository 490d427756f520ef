import { describe, expect, it } from 'vitest';
import { withSpectra } from '../../../../tests/fixtures/spectra-result.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { spectraCsv } from './csv.ts';

const result = withSpectra(studyResultFixture());

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('spectra in links', () => {
  it('arrive with what belongs to each run, to within a thousandth of their range', () => {
    const { spectra = [] } = roundTrip(result);
    expect(spectra.map(({ arm, seed, maps }) => [arm, seed, maps])).toEqual(
      result.spectra!.map(({ arm, seed, maps }) => [arm, seed, maps]),
    );
    spectra.forEach((entry, i) => {
      const expected = result.spectra![i];
      expect(entry.singular).toHaveLength(expected.singular.length);
      entry.singular.forEach((value, k) => expect(Math.abs(value - expected.singular[k])).toBeLessThan(0.01));
      expect('condition' in entry).toBe('condition' in expected);
      entry.condition?.forEach((value, k) => {
        const own = expected.condition![k];
        if (own === null) expect(value).toBeNull();
        else expect(Math.abs(value! / own - 1)).toBeLessThan(0.01);
      });
      entry.intruders!.forEach((value, k) => expect(value).toBeCloseTo(expected.intruders![k], 2));
    });
  });

  it('arrive without intruders where none were searched, and are absent where there are none', () => {
    const bare = result.spectra!.map(({ arm, seed, maps, singular }) => ({ arm, seed, maps, singular }));
    expect(roundTrip({ ...result, spectra: bare }).spectra!.every((entry) => !('intruders' in entry))).toBe(true);
    expect('spectra' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('give way with a word', () => {
    const short = encodeResultLink(result, 500);
    expect(short.leftOut.join()).toContain('spectra');
    expect(decodeResultLink(short.fragment).ok).toBe(true);
  });
});

it('spectra as CSV have a row per projection of a run', () => {
  const lines = spectraCsv(result).trim().split('\r\n');
  expect(lines).toHaveLength(1 + result.spectra!.length * 12);
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([10]));
});
