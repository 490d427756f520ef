import type { Compared } from '../../state/summary/findings.ts';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { averageFinding, halfOffFinding, intervalsOf, priceFinding } from './finding-words.ts';

function compared(first: number, second: number, low: number, high: number, seeds = 6): Compared {
  const difference = { mean: second - first, low, high, seeds, images: 796, scope: 'seeds and images' } as const;
  return { names: ['LoRA', 'CopRA'], values: [first, second], difference };
}

const tooFew = (first: number, second: number): Compared => ({
  names: ['LoRA', 'CopRA'],
  values: [first, second],
  difference: { mean: second - first, low: NaN, high: NaN, seeds: 1, images: 796, scope: null },
});

describe('half the layers off', () => {
  it('says who keeps more, by how much and with which interval', () => {
    expect(halfOffFinding(compared(0.68, 0.816, 0.071, 0.202))).toEqual({
      values: ['68\u00a0%', '82\u00a0%'],
      verdict: 'CopRA keeps 13.6 points more (7.1 to 20.2).',
    });
  });
  it('says the opposite as plainly', () => {
    expect(halfOffFinding(compared(0.82, 0.68, -0.2, -0.08)).verdict).toBe(
      'LoRA keeps 14.0 points more (8.0 to 20.0).',
    );
  });
  it('says when it is not clear, and when there are too few seeds', () => {
    expect(halfOffFinding(compared(0.5, 0.6, -0.03, 0.23)).verdict).toBe('No clear difference (−3.0 to 23.0 points).');
    expect(halfOffFinding(tooFew(0.5, 0.6)).verdict).toBe('Too few seeds to say: 1 each.');
  });
});

describe('two adapters averaged', () => {
  it('the smaller barrier is the better one', () => {
    expect(averageFinding(compared(0.078, 0.042, -0.06, -0.012))).toEqual({
      values: ['7.8 points', '4.2 points'],
      verdict: 'CopRA loses 3.6 points less (1.2 to 6.0).',
    });
    expect(averageFinding(compared(0.042, 0.078, 0.012, 0.06)).verdict).toBe(
      'LoRA loses 3.6 points less (1.2 to 6.0).',
    );
  });
  it('who loses less from a lower start, and is no further half-way, is not praised for it', () => {
    const lost = compared(0.053, 0.035, -0.034, -0.002);
    const of = (ends: [number, number], middles: [number, number]): string =>
      averageFinding({ ...lost, path: { ends, middles } }).verdict;
    expect(of([0.57, 0.55], [0.519, 0.516])).toBe(
      'Half-way between two seeds both reach 52\u00a0%: CopRA starts lower.',
    );
    // Half-way it is ahead, or it begins no lower.
    expect(of([0.57, 0.55], [0.499, 0.516])).toBe('CopRA loses 1.8 points less (0.2 to 3.4).');
    expect(of([0.55, 0.55], [0.519, 0.516])).toBe('CopRA loses 1.8 points less (0.2 to 3.4).');
  });
  it('may be unclear, with an interval around the second value minus the first', () => {
    expect(averageFinding(compared(0.053, 0.035, -0.039, 0.003))).toEqual({
      values: ['5.3 points', '3.5 points'],
      verdict: 'No clear difference (−3.9 to 0.3 points).',
    });
  });
  it('has no minus before nothing', () => {
    expect(averageFinding(compared(0, -0.0004, -0.01, 0.01)).values).toEqual(['0.0 points', '0.0 points']);
  });
});

describe('what it costs', () => {
  it('is told of the second arm, whichever is ahead', () => {
    expect(priceFinding(compared(0.623, 0.592, -0.046, -0.016))).toEqual({
      values: ['62.3\u00a0%', '59.2\u00a0%'],
      verdict: 'CopRA is 3.1 points behind (1.6 to 4.6).',
    });
    expect(priceFinding(compared(0.592, 0.623, 0.016, 0.046)).verdict).toBe(
      'Nothing: CopRA is 3.1 points ahead (1.6 to 4.6).',
    );
    expect(priceFinding(compared(0.592, 0.6, -0.016, 0.046)).verdict).toMatch(/^No clear difference/);
  });
});

it('a verdict is clear exactly when its interval excludes 0', () => {
  const share = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, (mean, a, b) => {
      const [low, high] = [mean - Math.abs(a), mean + Math.abs(b)];
      const clear = low > 0 || high < 0;
      for (const words of [halfOffFinding, averageFinding, priceFinding])
        expect(words(compared(0, mean, low, high)).verdict.startsWith('No clear')).toBe(!clear);
    }),
  );
});

it('says of intervals that they are too narrow where a bundled task does not say which images show the same motif', () => {
  const { config, task } = studyResultFixture();
  const of = (id: string, motifs: number | undefined): string =>
    intervalsOf({ config: { ...config, task: id }, task: { ...task, motifs } });
  expect(of('groups9-negative', undefined)).toBe('with 95 % intervals, too narrow: images of one motif count apart');
  expect(of('groups9-negative', 100)).toBe('with 95 % intervals');
  // Own images are looked through for motifs; none means that each is its own.
  expect(of('own', undefined)).toBe('with 95 % intervals');
});
