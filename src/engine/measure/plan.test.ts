import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowance,
  hasTurn,
  isTooLong,
  mayRepeat,
  nextPieces,
  repetitionsOf,
  timingOfPieces,
  type Pending,
} from './plan.ts';

const task = (weight: number, expected: number | null = null): Pending => ({ weight, expected });

describe('allowance', () => {
  it('is the share of a task by weight', () => {
    expect(allowance(10, [task(1), task(1), task(3)])).toBeCloseTo(2);
    expect(allowance(10, [task(2)])).toBe(10);
    expect(allowance(-3, [task(2), task(1)])).toBe(0);
  });

  it('keeps nothing back for later tasks that there is no time for anyway', () => {
    expect(allowance(10, [task(1), task(1, 9), task(8, 11)])).toBeCloseTo(5);
  });

  it('never gives out more than there is', () => {
    const pending = fc.record({
      weight: fc.double({ min: 0.1, max: 10, noNaN: true }),
      expected: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(pending, { minLength: 1 }), fc.double({ min: 0, max: 100, noNaN: true }), (all, budget) => {
        let left = budget;
        all.forEach((_, i) => {
          const given = allowance(left, all.slice(i));
          expect(given).toBeGreaterThanOrEqual(0);
          left -= given;
        });
        expect(left).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });
});

describe('what is left out', () => {
  const known = (seconds: number, cold = seconds) => ({ warm: seconds, cold });

  it('is what would take several times its share, if anything is known of it', () => {
    expect(isTooLong({ warm: null, cold: null }, 0, 10)).toBe(false);
    expect(isTooLong(known(2.9), 1, 10)).toBe(false);
    expect(isTooLong(known(3.1), 1, 10)).toBe(true);
  });

  it('is nothing that takes next to nothing', () => {
    expect(isTooLong(known(0.9), 0, 10)).toBe(false);
    expect(isTooLong(known(1.1), 0, 10)).toBe(true);
  });

  it('is told by warm runs while there is time, and by all runs when it is spent', () => {
    expect(isTooLong(known(1, 20), 1, 10)).toBe(false);
    expect(isTooLong(known(0.5, 20), 0, 10)).toBe(true);
    expect(isTooLong({ warm: null, cold: 20 }, 1, 10)).toBe(true);
  });

  it('is a second run after one that took most of the time', () => {
    expect(mayRepeat(4, 10, 10)).toBe(true);
    expect(mayRepeat(6, 10, 10)).toBe(false);
    expect(mayRepeat(0.4, -5, 10)).toBe(true);
  });
});

describe('rounds', () => {
  const seconds = fc.double({ min: 1e-6, max: 10, noNaN: true });
  /** What a device shows whose pieces take `each`. */
  const runOf = (pieces: number, each: number, trip: number) => ({
    pieces,
    lone: trip + each,
    all: trip + pieces * each,
  });

  it('grow until the further pieces outlast the clock and the round trip, in few tries', () => {
    fc.assert(
      fc.property(seconds, fc.double({ min: 0, max: 0.2, noNaN: true }), (each, trip) => {
        let pieces = 1;
        for (let tries = 0; ; tries++) {
          expect(tries).toBeLessThan(6);
          const next = nextPieces(runOf(pieces, each, trip), trip);
          if (next === null) break;
          expect(next).toBeGreaterThan(pieces);
          pieces = next;
        }
        expect(pieces).toBeLessThanOrEqual(256);
        if (pieces === 1) expect(trip + each).toBeGreaterThanOrEqual(Math.max(0.03, 20 * trip));
        else if (pieces < 256) expect((pieces - 1) * each).toBeGreaterThanOrEqual(Math.max(0.03, 5 * trip) - 1e-9);
      }),
    );
  });

  it('are at least one and at most nine, and fit into the time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 256 }),
        seconds,
        fc.double({ min: 0, max: 100, noNaN: true }),
        (pieces, each, left) => {
          const run = runOf(pieces, each, 0);
          const repetitions = repetitionsOf(run, left);
          expect(repetitions).toBeGreaterThanOrEqual(1);
          expect(repetitions).toBeLessThanOrEqual(9);
          if (repetitions > 1)
            expect(repetitions * (pieces > 1 ? run.lone + run.all : run.lone)).toBeLessThanOrEqual(left + 1e-9);
        },
      ),
    );
  });
});

describe('turns', () => {
  it('are as many as a contender has, spread over the rounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }), (most, wanted) => {
        const own = Math.min(most, wanted);
        const turns = Array.from({ length: most }, (_, round) => hasTurn(round, own, most));
        expect(turns.filter(Boolean)).toHaveLength(own);
      }),
    );
    expect([0, 1, 2, 3, 4, 5].map((round) => hasTurn(round, 2, 6))).toEqual([false, false, true, false, false, true]);
  });
});

describe('timing', () => {
  it('scales pieces to the task', () => {
    expect(timingOfPieces([3, 1, 2], 4, 1, true)).toEqual({
      median: 8,
      low: 6,
      high: 10,
      repetitions: 3,
      part: 0.25,
      warm: true,
    });
  });
});
