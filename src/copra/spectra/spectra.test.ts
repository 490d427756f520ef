/** Spectra of updates against dense decompositions that share no code with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { svd } from '../../core/decompositions.ts';
import { matrix, multiply, scaleColumns, transpose, type Matrix } from '../../core/matrix.ts';
import { stream, type Rng } from '../../core/rng.ts';
import type { PairFactors } from '../merging/low-rank.ts';
import { denseOf, eigen, flipped, product, singularValues, sumOf } from '../test-dense.ts';
import { alignmentCondition } from './alignment-condition.ts';
import { intruderShare } from './intruders.ts';
import { effectiveRank, stableRank, updateSpectrum } from './spectrum.ts';

const seeds = fc.integer({ min: 0, max: 10_000 });
const random = (rng: Rng, rows: number, columns: number, size = 1): Matrix =>
  matrix(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => size * rng.normal()),
  );
const factors = (rng: Rng, out: number, inside: number, rank: number, size = 1): PairFactors => ({
  b: random(rng, out, rank, size),
  a: random(rng, rank, inside),
});

describe('the spectrum of an update', () => {
  it('is that of the whole ΔW', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom([7, 9], [9, 4], [3, 8]),
        fc.integer({ min: 1, max: 5 }),
        (seed, shape, rank) => {
          const pair = factors(stream(seed, 'analysis'), shape[0], shape[1], rank);
          const found = updateSpectrum(pair, -0.7);
          const dense = singularValues(product(denseOf(pair.b), denseOf(pair.a)));
          expect(found).toHaveLength(Math.min(rank, ...shape));
          found.forEach((value, i) => expect(value).toBeCloseTo(0.7 * dense[i], 6));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has as many directions as are equal, and one where one has it all', () => {
    for (const rank of [effectiveRank, stableRank]) {
      expect(rank([2, 2, 2, 0])).toBeCloseTo(3, 12);
      expect(rank([5, 0, 0])).toBeCloseTo(1, 12);
      expect(rank([0, 0])).toBe(0);
    }
    // p = 3/4, 1/4: entropy 0.5623 nats.
    expect(effectiveRank([3, 1])).toBeCloseTo(Math.exp(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25)), 12);
    expect(stableRank([3, 1])).toBeCloseTo(10 / 9, 12);
  });

  it('lies between 1 and the rank, whatever the scale of the update; the stable rank is the smaller', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 8 }), (s) => {
        for (const rank of [effectiveRank, stableRank]) {
          expect(rank(s)).toBeGreaterThan(1 - 1e-9);
          expect(rank(s)).toBeLessThan(s.length + 1e-9);
          expect(rank(s.map((value) => 3 * value))).toBeCloseTo(rank(s), 9);
        }
        expect(stableRank(s)).toBeLessThan(effectiveRank(s) + 1e-9);
      }),
    );
  });
});

describe('intruder dimensions', () => {
  /** The definition, on whole matrices. */
  function dense(w: Matrix, { a, b }: PairFactors, scale: number, count: number, threshold: number): number {
    const whole = sumOf([denseOf(w), product(denseOf(b), denseOf(a))], [1, scale]);
    const left = (m: number[][]) => flipped(eigen(product(m, flipped(m))).vectors);
    const frozen = left(denseOf(w)).slice(0, Math.min(w.rows, w.columns));
    const top = left(whole).slice(0, count);
    const cosine = (x: readonly number[], y: readonly number[]) =>
      Math.abs(x.reduce((sum, value, i) => sum + value * y[i], 0));
    return top.filter((vector) => frozen.every((other) => cosine(vector, other) < threshold)).length / count;
  }

  it.each([
    [12, 12],
    [40, 40],
    [44, 30],
    [30, 44],
  ])('are those of the definition, for %s × %s', (rows, columns) => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.05, 0.5, 2, 8), (seed, size) => {
        const rng = stream(seed, 'analysis');
        const w = random(rng, rows, columns);
        const pair = factors(rng, rows, columns, 3, size);
        const found = intruderShare(svd(w), pair, 0.5, 6, 0.5);
        expect(found).toBeCloseTo(dense(w, pair, 0.5, 6, 0.5), 12);
      }),
      { numRuns: 15 },
    );
  });

  it.each([0, 1, 2])(
    'are those of the definition where many rounds are needed, as singular values hardly differ: %i',
    (seed) => {
      const rng = stream(seed, 'analysis');
      const [u, v] = [svd(random(rng, 40, 40)).u, svd(random(rng, 40, 40)).u];
      const falling = Array.from({ length: 40 }, (_, i) => 1 - 0.0005 * i);
      const w = multiply(scaleColumns(u, falling), transpose(v));
      const pair = factors(rng, 40, 40, 3, 0.05);
      expect(intruderShare(svd(w), pair, 0.025, 6, 0.5)).toBeCloseTo(dense(w, pair, 0.025, 6, 0.5), 12);
    },
  );

  it('are none without an update, and all the large directions of a large one', () => {
    const rng = stream(3, 'analysis');
    const w = random(rng, 40, 40);
    const frozen = svd(w);
    const pair = factors(rng, 40, 40, 3);
    expect(intruderShare(frozen, pair, 0, 10, 0.5)).toBe(0);
    expect(intruderShare(frozen, pair, 1000, 3, 0.9)).toBe(1);
    // An update along directions of W is no intruder, however large it is.
    const { u, v } = frozen;
    const along = {
      b: matrix(
        40,
        1,
        denseOf(u).map((row) => row[20]),
      ),
      a: matrix(
        1,
        40,
        denseOf(v).map((row) => row[20]),
      ),
    };
    expect(intruderShare(frozen, along, 1000, 5, 0.5)).toBe(0);
  });
});

describe('the condition of P', () => {
  it('is that of the P with which the source was changed, for copies of one adapter', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 1, max: 20, noNaN: true }), (seed, stretch) => {
        const rng = stream(seed, 'analysis');
        const pair = factors(rng, 9, 7, 2);
        // Rotation · diag(stretch, 1): condition number `stretch`.
        const angle = rng.uniform() * Math.PI;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const p = matrix(2, 2, [c * stretch, -s, s * stretch, c]);
        const back = matrix(2, 2, [c / stretch, s / stretch, -s, c]);
        const changed = { b: multiply(pair.b, p), a: multiply(back, pair.a) };
        expect(alignmentCondition(changed, pair)).toBeCloseTo(stretch, 2);
      }),
      { numRuns: 20 },
    );
  });

  it('is unknown for an adapter that has not its full rank', () => {
    const rng = stream(1, 'analysis');
    const pair = factors(rng, 9, 7, 2);
    const flat = {
      ...pair,
      b: matrix(
        9,
        2,
        denseOf(pair.b).flatMap(([x]) => [x, 2 * x]),
      ),
    };
    expect(alignmentCondition(pair, flat)).toBeNull();
    expect(alignmentCondition(pair, { ...pair, b: matrix(9, 2, new Array<number>(18).fill(0)) })).toBeNull();
  });
});
