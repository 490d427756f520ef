import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTiming } from '../../../../tests/fixtures/timing-result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { decodeResultLink, encodeResultLink } from '../../link/result-link.ts';
import { timingCsv } from './csv.ts';

const result = withTiming(studyResultFixture({ seeds: 3 }));

function roundTrip(original: StudyResult): StudyResult {
  const decoded = decodeResultLink(encodeResultLink(original, 1e6).fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

describe('times of steps in links', () => {
  it('arrive with their steps, to within a four-hundredth of their range', () => {
    const { timing = [] } = roundTrip(result);
    const { timing: expected = [] } = result;
    expect(timing.map(({ arm, seed, steps }) => [arm, seed, steps])).toEqual(
      expected.map(({ arm, seed, steps }) => [arm, seed, steps]),
    );
    const range = 0.005;
    timing.forEach(({ seconds }, i) =>
      seconds.forEach((value, k) => expect(Math.abs(value - expected[i].seconds[k])).toBeLessThan(range / 400)),
    );
  });

  it('arrive of some runs, and are absent where there are none', () => {
    const some = result.timing!.slice(1, 3);
    expect(roundTrip({ ...result, timing: some }).timing!.map(({ arm, seed }) => [arm, seed])).toEqual(
      some.map(({ arm, seed }) => [arm, seed]),
    );
    expect(roundTrip({ ...result, timing: [] }).timing).toEqual([]);
    expect('timing' in roundTrip(studyResultFixture())).toBe(false);
  });

  it('give way with a word', () => {
    const short = encodeResultLink(result, 500);
    expect(short.leftOut.join()).toContain('times of training steps');
    expect(decodeResultLink(short.fragment).ok).toBe(true);
  });
});

it('times of steps as CSV have a row per run and timed step', () => {
  const lines = timingCsv(result).trim().split('\r\n');
  expect(lines).toHaveLength(1 + 6 * 12);
  expect(lines[1]).toBe('LoRA,0,26,0.02');
});
