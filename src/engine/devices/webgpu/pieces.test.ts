import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areTooShort, isLong, Pace, piecesOf } from './pieces.ts';

const counts = fc.integer({ min: 1, max: 100_000 });
const times = fc.double({ min: 0, max: 1e7, noNaN: true });

it('pieces are all workgroups, each once and in order', () => {
  fc.assert(
    fc.property(counts, times, (count, milliseconds) => {
      let next = 0;
      for (const piece of piecesOf(count, milliseconds, 100)) {
        expect(piece.first).toBe(next);
        expect(piece.count).toBeGreaterThan(0);
        next += piece.count;
      }
      expect(next).toBe(count);
    }),
  );
});

it('no piece takes longer than 100 ms, unless it is one workgroup or there would be more than 64', () => {
  fc.assert(
    fc.property(counts, times, (count, milliseconds) => {
      const pieces = piecesOf(count, milliseconds, 100);
      expect(pieces.length).toBeLessThanOrEqual(64);
      const perWorkgroup = milliseconds / count;
      // Pieces are whole workgroups: one more than the exact share.
      if (milliseconds <= 6400)
        for (const piece of pieces) expect((piece.count - 1) * perWorkgroup).toBeLessThanOrEqual(100 * (1 + 1e-9));
    }),
  );
});

it('what is short is one piece, and so is nothing', () => {
  fc.assert(
    fc.property(counts, fc.double({ min: 0, max: 100, noNaN: true }), (count, milliseconds) => {
      expect(piecesOf(count, milliseconds, 100)).toEqual([{ first: 0, count }]);
    }),
  );
  expect(piecesOf(0, 1000, 100)).toEqual([{ first: 0, count: 0 }]);
});

it('the pace is the best that was seen, and that of a slow card before enough was computed', () => {
  const pace = new Pace();
  expect(pace.estimate(1e10)).toBeCloseTo(300);
  pace.observe(1e6, 0.01);
  expect(pace.estimate(1e10)).toBeCloseTo(300);
  pace.observe(2e9, 20); // 100 GFLOP/s
  expect(pace.estimate(6e10)).toBeCloseTo(600);
  pace.observe(2e9, 200); // it waited for something
  expect(pace.estimate(6e10)).toBeCloseTo(600);
  pace.observe(1e10, 0); // a coarse clock
  expect(pace.estimate(1e10)).toBeCloseTo(1);
});

it('a submission is long by the pace, and before that is known by its work', () => {
  const pace = new Pace();
  expect(isLong(9e9, pace)).toBe(false);
  expect(isLong(1.1e10, pace)).toBe(true);
  pace.observe(2e9, 20); // 100 GFLOP/s
  expect(isLong(2.9e10, pace)).toBe(false);
  expect(isLong(3.1e10, pace)).toBe(true);
});

it('pieces are cut anew when the pace turns out to be higher, and only if there were any', () => {
  expect(areTooShort(100, 120)).toBe(false);
  expect(areTooShort(100, 200)).toBe(true);
  expect(areTooShort(null, 200)).toBe(false);
});

it('a device that follows a lost one knows its pace, and gets half as much at once, down to an eighth', () => {
  let pace = new Pace();
  pace.observe(2e9, 20); // 100 GFLOP/s
  const limits = [];
  for (let loss = 0; loss <= 4; loss++) {
    limits.push([pace.longestMs, pace.longestSubmissionMs]);
    const next = new Pace();
    next.beginAfterLoss(pace.learned);
    pace = next;
  }
  expect(limits).toEqual([1, 2, 4, 8, 8].map((times) => [100 / times, 300 / times]));
  expect(pace.estimate(6e10)).toBeCloseTo(600);
  expect(isLong(4e9, pace)).toBe(true);
  for (let forgiven = 0; forgiven < 5; forgiven++) pace.forgive();
  expect(pace.longestMs, 'losses are forgiven one by one').toBe(100);
  pace.forgive();
  expect(pace.longestMs).toBe(100);
});
