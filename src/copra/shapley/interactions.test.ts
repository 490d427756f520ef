import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairIndex, pairsOf } from '../../core/pairs.ts';
import { mean, standardError } from '../../core/statistics.ts';
import { interactionsOf, meanInteractionWeights, PairTally } from './interactions.ts';
import { exactPlan } from './plan.ts';
import { shapleyOfTable } from './values.ts';

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const sizeOf = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length;

/** The definition, subset by subset. */
function byDefinition(table: ArrayLike<number>, i: number, j: number): number {
  const n = Math.log2(table.length);
  let sum = 0;
  for (let mask = 0; mask < table.length; mask++) {
    if (mask & ((1 << i) | (1 << j))) continue;
    const s = sizeOf(mask);
    const weight = (factorial(s) * factorial(n - s - 2)) / factorial(n - 1);
    const [withI, withJ] = [mask | (1 << i), mask | (1 << j)];
    sum += weight * (table[withI | withJ] - table[withI] - table[withJ] + table[mask]);
  }
  return sum;
}

const value = fc.double({ min: -5, max: 5, noNaN: true });
const game = fc.integer({ min: 2, max: 7 }).chain((n) => fc.array(value, { minLength: 2 ** n, maxLength: 2 ** n }));
const interactions = (table: readonly number[]): Float64Array => interactionsOf(Float64Array.from(table));
const playersOf = (table: readonly number[]): number => Math.log2(table.length);

describe('interactions of pairs', () => {
  it('equal the definition', () => {
    fc.assert(
      fc.property(game, (table) => {
        const found = interactions(table);
        pairsOf([...Array(playersOf(table)).keys()]).forEach(([i, j], pair) => {
          expect(found[pair]).toBeCloseTo(byDefinition(table, i, j), 9);
        });
      }),
    );
  });

  it('equal the definition for two towers that only multiply, with sixteen players', () => {
    // v(S, T) = f(S) · g(T) with f of 12 players, g of 4.
    const f = Float64Array.from({ length: 4096 }, (_, mask) => Math.sqrt(sizeOf(mask)) + 0.1 * (mask % 7));
    const g = Float64Array.from({ length: 16 }, (_, mask) => 1 + sizeOf(mask) ** 2 / 16);
    const table = Float64Array.from({ length: 65536 }, (_, mask) => f[mask & 4095] * g[mask >> 12]);
    const found = interactionsOf(table.slice());
    for (const [i, j] of [
      [0, 1],
      [3, 11],
      [11, 12],
      [0, 15],
      [13, 14],
    ])
      expect(found[pairIndex(i, j, 16)]).toBeCloseTo(byDefinition(table, i, j), 9);
  });

  it('are 0 in additive games and with dummies, and equal for symmetric players', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 7 }), (worths) => {
        const table = Array.from({ length: 2 ** worths.length }, (_, mask) =>
          worths.reduce((sum, worth, i) => sum + ((mask >> i) & 1) * worth, 3),
        );
        for (const found of interactions(table)) expect(found).toBeCloseTo(0, 9);
      }),
    );
    fc.assert(
      fc.property(game, value, (table, worth) => {
        const n = playersOf(table);
        const found = interactions([...table, ...table.map((one) => one + worth)]);
        for (let i = 0; i < n; i++) expect(found[pairIndex(i, n, n + 1)]).toBeCloseTo(0, 9);
        interactions(table).forEach((own, pair) => {
          const [i, j] = pairsOf([...Array(n).keys()])[pair];
          expect(found[pairIndex(i, j, n + 1)]).toBeCloseTo(own, 9);
        });
      }),
    );
    const bySize = Float64Array.from({ length: 32 }, (_, mask) => Math.sqrt(sizeOf(mask)));
    const found = interactionsOf(bySize);
    for (const own of found) expect(own).toBeCloseTo(found[0], 12);
    expect(found[0]).toBeLessThan(0); // Each is worth less behind others: substitutes.
  });

  it('have a mean that weighs coalitions by their size', () => {
    fc.assert(
      fc.property(game, (table) => {
        const weights = meanInteractionWeights(playersOf(table));
        const weighed = table.reduce((sum, one, mask) => sum + weights[sizeOf(mask)].weight * one, 0);
        expect(weighed).toBeCloseTo(mean(interactions(table)), 9);
        expect(weights.reduce((sum, { sets }) => sum + sets, 0)).toBeCloseTo(table.length, 6);
      }),
    );
  });

  it('add up to how the Shapley value of a player changes when another one joins for good or leaves', () => {
    fc.assert(
      fc.property(game, (table) => {
        const n = playersOf(table);
        fc.pre(n >= 3);
        const found = interactions(table);
        const half = table.length / 2;
        const [without, withLast] = [table.slice(0, half), table.slice(half)].map((own) =>
          shapleyOfTable(exactPlan(n - 1), own),
        );
        for (let i = 0; i < n - 1; i++) expect(found[pairIndex(i, n - 1, n)]).toBeCloseTo(withLast[i] - without[i], 9);
      }),
    );
  });
});

describe('the tally of pairs', () => {
  it('is the mean over images with its standard error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 9 }),
        (games) => {
          const tally = new PairTally(3);
          for (const table of games) tally.add(Float64Array.from(table));
          const own = games.map(interactions);
          for (let pair = 0; pair < 3; pair++) {
            const values = own.map((found) => found[pair]);
            expect(tally.mean()[pair]).toBeCloseTo(mean(values), 9);
            expect(tally.error()[pair]).toBeCloseTo(standardError(values), 9);
          }
          expect(mean(tally.meanOfImage())).toBeCloseTo(mean(tally.mean()), 9);
        },
      ),
    );
  });

  it('has the error of as many motifs, where all images of one are alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 2, max: 4 }),
        (games, styles) => {
          const [one, several] = [new PairTally(3), new PairTally(3)];
          for (const table of games) one.add(Float64Array.from(table));
          for (const table of games) for (let style = 0; style < styles; style++) several.add(Float64Array.from(table));
          const motifs = games.flatMap((_, motif) => new Array<number>(styles).fill(motif));
          several.error(motifs).forEach((error, pair) => expect(error).toBeCloseTo(one.error()[pair], 9));
          // Portions come one by one: the motifs of all images are those of the first ones too.
          one.error([...games.keys(), 7]).forEach((error, pair) => expect(error).toBeCloseTo(one.error()[pair], 9));
        },
      ),
    );
  });

  it('has no error for one image', () => {
    const tally = new PairTally(2);
    tally.add(Float64Array.of(0, 1, 1, 1));
    expect([...tally.mean(), ...tally.error(), ...tally.meanOfImage()]).toEqual([-1, 0, -1]);
  });
});
