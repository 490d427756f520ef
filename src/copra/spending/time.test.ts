import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsSpent, timedSteps } from './time.ts';

describe('timed steps', () => {
  it('are the middles of equal parts', () => {
    expect(timedSteps(100, 4)).toEqual([13, 38, 63, 88]);
    expect(timedSteps(2, 12)).toEqual([1, 2]);
  });

  it('are steps of the training, rising, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }), (total, count) => {
        const steps = timedSteps(total, count);
        expect(steps).toHaveLength(Math.min(total, count));
        expect(steps.every((step, i) => step >= 1 && step <= total && (i === 0 || step > steps[i - 1]))).toBe(true);
      }),
    );
  });
});

describe('seconds spent', () => {
  it('are those of the nearest timed step, summed', () => {
    expect([...secondsSpent([2, 5], [1, 3], 6)]).toEqual([0, 1, 2, 3, 6, 9, 12]);
  });

  it('end at the mean of the timed steps where their parts are equal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 20, maxLength: 20 }),
        (parts, half, times) => {
          const total = parts * (2 * half + 1); // parts of odd length have a middle step
          const seconds = times.slice(0, parts);
          const spent = secondsSpent(timedSteps(total, parts), seconds, total);
          expect(spent[total]).toBeCloseTo(seconds.reduce((a, b) => a + b, 0) * (2 * half + 1), 6);
        },
      ),
    );
  });

  it('need a timed step', () => {
    expect(() => secondsSpent([], [], 3)).toThrow(RangeError);
  });
});
