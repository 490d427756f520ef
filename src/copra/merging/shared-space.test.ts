/** Merges in a space of few directions and the mean modulo rotation, against dense code that shares nothing with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../core/matrix.ts';
import { stream, type Rng } from '../../core/rng.ts';
import {
  denseOf,
  denseTies,
  eigen,
  farthest,
  flipped,
  product,
  singularValues,
  squares,
  sumOf,
  type Dense,
} from '../test-dense.ts';
import { compressedTies, sharedSubspaces } from './compress-then-merge.ts';
import { coreSpace, coreTies } from './core-space.ts';
import type { PairFactors } from './low-rank.ts';
import { quotientMean } from './quotient-mean.ts';

const [OUT, IN, RANK] = [7, 9, 2];
const random = (rng: Rng, rows: number, columns: number): Matrix =>
  matrix(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => rng.normal()),
  );
const adapter = (rng: Rng, rank = RANK): PairFactors => ({ b: random(rng, OUT, rank), a: random(rng, rank, IN) });
const adapters = (seed: number, count = 3): PairFactors[] => {
  const rng = stream(seed, 'analysis');
  return Array.from({ length: count }, () => adapter(rng));
};
const updateOf = ({ a, b }: PairFactors): number[][] => product(denseOf(b), denseOf(a));
const columnsOf = (m: Dense, count: number): number[][] => m.map((row) => row.slice(0, count));
const seeds = fc.integer({ min: 0, max: 10_000 });
const few = { numRuns: 25 };
const WEIGHTS = [0.5, 0.3, 0.2];

/** Leading left singular vectors of a matrix, by the eigenvectors of its Gram matrix. */
const leftVectors = (m: Dense, count: number): number[][] => columnsOf(eigen(product(m, flipped(m))).vectors, count);
const beside = (parts: readonly Dense[]): number[][] => parts[0].map((_, i) => parts.flatMap((part) => part[i]));

describe('Core Space', () => {
  it('loses nothing: a linear merge of the cores is the linear merge of the updates', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const { left, right, cores } = coreSpace(sources);
        expect([left.columns, right.columns]).toEqual([6, 6]);
        const merged = sumOf(
          cores.map((core) => denseOf(core)),
          WEIGHTS,
        );
        const back = product(product(denseOf(left), merged), flipped(denseOf(right)));
        expect(farthest(back, sumOf(sources.map(updateOf), WEIGHTS))).toBeLessThan(1e-10);
      }),
      few,
    );
  });

  it.each([1, 0.5])('TIES is the dense formula in singular vectors of the stacked factors (density %s)', (density) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const left = leftVectors(beside(sources.map(({ b }) => denseOf(b))), 6);
        const right = leftVectors(beside(sources.map(({ a }) => flipped(denseOf(a)))), 6);
        const cores = sources.map((source) => product(product(flipped(left), updateOf(source)), right));
        const expected = product(product(left, denseTies(cores, WEIGHTS, density)), flipped(right));
        expect(farthest(updateOf(coreTies(sources, WEIGHTS, density)), expected)).toBeLessThan(1e-5);
      }),
      few,
    );
  });

  it('is TIES of the updates where the bases are entries of their own', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        // Rows of A and columns of B are multiples of unit vectors, so singular vectors are unit vectors.
        const rng = stream(seed, 'analysis');
        const sources = Array.from({ length: 3 }, () => {
          const b = Array.from({ length: OUT }, () => [0, 0]);
          const a = [0, 1].map(() => Array.from({ length: IN }, () => 0));
          for (const k of [0, 1]) {
            b[Math.floor(rng.uniform() * OUT)][k] = rng.normal();
            a[k][Math.floor(rng.uniform() * IN)] = rng.normal();
          }
          return { b: matrix(OUT, 2, b.flat()), a: matrix(2, IN, a.flat()) };
        });
        const dense = denseTies(sources.map(updateOf), WEIGHTS, 1);
        expect(farthest(updateOf(coreTies(sources, WEIGHTS, 1)), dense)).toBeLessThan(1e-5);
      }),
      few,
    );
  });

  it('leaves out directions that no adapter has', () => {
    const [one] = adapters(1);
    expect(coreSpace([one, one, one]).cores[0]).toMatchObject({ rows: RANK, columns: RANK });
  });
});

describe('compress, then merge', () => {
  /** Σ ‖Uᵀ(ΔW/‖ΔW‖)V‖² */
  const held = (updates: readonly Dense[], left: Dense, right: Dense): number =>
    updates.reduce((sum, update) => sum + squares(product(product(flipped(left), update), right)) / squares(update), 0);
  const found = (sources: readonly PairFactors[], rank = RANK) => {
    const { left, right } = sharedSubspaces(sources, rank);
    return { left: denseOf(left), right: denseOf(right) };
  };

  it('finds orthonormal directions, each side the best for the other', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const { left, right } = found(sources);
        const unit = [
          [1, 0],
          [0, 1],
        ];
        expect(farthest(product(flipped(left), left), unit)).toBeLessThan(1e-9);
        expect(farthest(product(flipped(right), right), unit)).toBeLessThan(1e-9);
        const updates = sources.map(updateOf);
        const best = held(updates, left, right);
        // For fixed V the best U holds the two largest eigenvalues of Σ M V Vᵀ Mᵀ, and the other way round.
        const side = (parts: readonly Dense[], other: Dense): number => {
          const gram = sumOf(
            parts.map((part) => product(product(part, other), flipped(product(part, other)))),
            updates.map((update) => 1 / squares(update)),
          );
          return eigen(gram).values[0] + eigen(gram).values[1];
        };
        expect(side(updates, right)).toBeCloseTo(best, 3);
        expect(side(updates.map(flipped), left)).toBeCloseTo(best, 3);
      }),
      few,
    );
  });

  it('holds more of the updates than directions at random or each mode’s own best', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const updates = sources.map(updateOf);
        const sized = updates.map((update) =>
          update.map((row) => row.map((value) => value / Math.sqrt(squares(update)))),
        );
        const { left, right } = found(sources);
        const best = held(updates, left, right);
        const own = held(updates, leftVectors(beside(sized), 2), leftVectors(beside(sized.map(flipped)), 2));
        expect(best).toBeGreaterThan(own - 1e-9);
        const rng = stream(seed, 'analysis', 1);
        const any = (rows: number) => leftVectors(denseOf(random(rng, rows, 2)), 2);
        expect(best).toBeGreaterThan(held(updates, any(OUT), any(IN)));
      }),
      few,
    );
  });

  it('TIES is the dense formula in these directions, of the rank that is asked for', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, rank) => {
        const sources = adapters(seed);
        const merged = compressedTies(sources, WEIGHTS, 1, rank);
        expect(merged.a.rows).toBe(rank);
        const { left, right } = found(sources, rank);
        const coordinates = sources.map((source) => product(product(flipped(left), updateOf(source)), right));
        const expected = product(product(left, denseTies(coordinates, WEIGHTS, 1)), flipped(right));
        expect(farthest(updateOf(merged), expected)).toBeLessThan(1e-5);
      }),
      few,
    );
  });

  it('loses nothing of updates that share their directions', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = stream(seed, 'analysis');
        const [b, a] = [random(rng, OUT, RANK), random(rng, RANK, IN)];
        // ΔW_k = B·C_k·A with C_k of its own.
        const sources = [1, 2, 3].map(() => ({
          b: matrix(OUT, RANK, product(denseOf(b), denseOf(random(rng, RANK, RANK))).flat()),
          a,
        }));
        const { left, right } = found(sources);
        for (const source of sources) {
          const back = product(product(left, product(product(flipped(left), updateOf(source)), right)), flipped(right));
          expect(farthest(back, updateOf(source))).toBeLessThan(1e-9);
        }
      }),
      few,
    );
  });

  it('does not count updates of 0, and needs a rank', () => {
    const [one] = adapters(3);
    const nothing = { b: matrix(OUT, RANK, new Array<number>(OUT * RANK).fill(0)), a: one.a };
    expect(farthest(updateOf(compressedTies([one, nothing], [0.5, 0.5], 1, RANK)), updateOf(one))).toBeLessThan(1e-5);
    expect(compressedTies([nothing], [1], 1, RANK)).toMatchObject({ b: { columns: 0 }, a: { rows: 0 } });
    expect(() => compressedTies([one], [1], 1, 0)).toThrow(RangeError);
  });
});

describe('the mean modulo rotation', () => {
  /** [B; Aᵀ] of balanced factors, from the eigenvectors of the update's Gram matrix. */
  function level(update: Dense): number[][] {
    const { values, vectors } = eigen(product(flipped(update), update));
    const roots = values.slice(0, RANK).map((value) => Math.sqrt(Math.sqrt(Math.max(0, value))));
    const right = columnsOf(vectors, RANK).map((row) => row.map((value, k) => value * roots[k]));
    const left = product(update, columnsOf(vectors, RANK)).map((row) =>
      row.map((value, k) => (roots[k] > 1e-9 ? value / roots[k] : 0)),
    );
    return [...left, ...right];
  }
  const stacked = ({ a, b }: PairFactors): number[][] => [...denseOf(b), ...flipped(denseOf(a))];
  /** min over Q of ‖Z₁ − Z₂Q‖² = ‖Z₁‖² + ‖Z₂‖² − 2·Σ singular values of Z₁ᵀZ₂ */
  const distance = (first: Dense, second: Dense): number =>
    squares(first) +
    squares(second) -
    2 * singularValues(product(flipped(first), second)).reduce((sum, value) => sum + value, 0);
  const cost = (point: Dense, sources: readonly PairFactors[]): number =>
    sources.reduce((sum, source, k) => sum + WEIGHTS[k] * distance(point, level(updateOf(source))), 0);

  it('has a smaller Σ w·d² than every source and than points near it', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const mean = stacked(quotientMean(sources, WEIGHTS));
        const least = cost(mean, sources);
        for (const source of sources) expect(least).toBeLessThan(cost(level(updateOf(source)), sources));
        const rng = stream(seed, 'analysis', 2);
        for (const step of [0.1, 0.01]) {
          const near = mean.map((row) => row.map((value) => value + step * rng.normal()));
          expect(least).toBeLessThan(cost(near, sources));
        }
      }),
      few,
    );
  });

  it('stays where it is: no direction lowers Σ w·d² to first order', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sources = adapters(seed);
        const mean = stacked(quotientMean(sources, WEIGHTS));
        const rng = stream(seed, 'analysis', 3);
        const direction = mean.map((row) => row.map(() => rng.normal()));
        const at = (step: number) => cost(sumOf([mean, direction], [1, step]), sources);
        const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
        expect(Math.abs(slope)).toBeLessThan(1e-4 * squares(mean));
      }),
      few,
    );
  });

  it('of copies in other splits is their update', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rng = stream(seed, 'analysis', 4);
        const [one] = adapters(seed, 1);
        const copies = [1, 2, 3].map(() => {
          // P = [[p, q], [0, s]] and its inverse, away from singular.
          const [p, q, s] = [1 + rng.uniform(), rng.normal(), -1 - rng.uniform()];
          return {
            b: matrix(OUT, 2, product(denseOf(one.b), [[p, q], [0, s]]).flat()), // prettier-ignore
            a: matrix(2, IN, product([[1 / p, -q / (p * s)], [0, 1 / s]], denseOf(one.a)).flat()), // prettier-ignore
          };
        });
        expect(farthest(updateOf(quotientMean(copies, WEIGHTS)), updateOf(one))).toBeLessThan(1e-6);
      }),
      few,
    );
  });
});
