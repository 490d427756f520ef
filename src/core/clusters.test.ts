import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byMotif, denseMotifs, designEffect, varianceOfMean } from './clusters.ts';
import { crossedInterval, imageVariance, seedVariance, type SeedValue } from './crossed-interval.ts';
import { stream } from './rng.ts';
import { binomialStandardError, mean } from './statistics.ts';

/** Values of images, and motifs that they share. */
const rows = fc
  .array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 7 })), {
    minLength: 3,
    maxLength: 40,
  })
  .map((images) => ({
    row: Float64Array.from(images, ([value]) => value),
    motifs: images.map(([, motif]) => motif),
  }));

/** Variance of a mean over clusters as textbooks write it (Liang & Zeger 1986, with the usual correction): M/(M − 1) · Σ (Σ residuals)² / N². */
function clusterRobust(row: Float64Array, motifs: readonly number[]): number {
  const centre = mean(row);
  const numbers = [...new Set(motifs)];
  const residuals = numbers.map((number) =>
    row.reduce((sum, value, i) => (motifs[i] === number ? sum + value - centre : sum), 0),
  );
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  return ((numbers.length / (numbers.length - 1)) * squares) / row.length ** 2;
}

describe('a row by motif', () => {
  it('has the mean of the row, and as variance of its mean the cluster-robust one', () => {
    fc.assert(
      fc.property(rows, ({ row, motifs }) => {
        const found = byMotif(row, motifs);
        expect(found).toHaveLength(new Set(motifs).size);
        expect(mean(found)).toBeCloseTo(mean(row), 10);
        if (found.length < 2) expect(varianceOfMean(found)).toBeNull();
        else expect(varianceOfMean(found)).toBeCloseTo(clusterRobust(row, motifs), 10);
      }),
    );
  });

  it('is the row where each image is its own motif, or nobody knows the motifs of all', () => {
    fc.assert(
      fc.property(rows, ({ row }) => {
        byMotif(
          row,
          Array.from(row, (_, i) => 9 * i),
        ).forEach((value, i) => expect(value).toBeCloseTo(row[i], 10));
        expect(byMotif(row, null)).toBe(row);
        expect(byMotif(row, [0])).toBe(row);
      }),
    );
  });

  it('is linear: differences of rows are rows of differences', () => {
    fc.assert(
      fc.property(rows, ({ row, motifs }) => {
        const other = row.map((value, i) => value ** 2 - 0.1 * i);
        const apart = byMotif(
          row.map((value, i) => value - other[i]),
          motifs,
        );
        const [one, two] = [row, other].map((values) => byMotif(values, motifs));
        apart.forEach((value, i) => expect(value).toBeCloseTo(one[i] - two[i], 9));
      }),
    );
  });

  it('takes the motifs of the first images where there are more', () => {
    const row = Float64Array.of(1, 0, 1);
    expect(byMotif(row, [4, 4, 2, 7])).toEqual(byMotif(row, [0, 0, 1]));
  });
});

describe('motifs', () => {
  it('are numbered in the order of their first images', () =>
    expect(denseMotifs(Int32Array.of(70, 3, 70, 5, 3))).toEqual([0, 1, 0, 2, 1]));
});

describe('the design effect', () => {
  it('is 1 of independent images, and the size of the motifs where all of one are answered alike', () => {
    const answers = [1, 0, 0, 1, 1, 0, 1];
    expect(designEffect(answers, [...answers.keys()])).toBeCloseTo(1, 12);
    const five = answers.flatMap((answer) => Array<number>(5).fill(answer));
    const motifs = [...five.keys()].map((i) => Math.floor(i / 5));
    const effect = designEffect(five, motifs)!;
    // Up to the corrections for few images and few motifs.
    expect(effect).toBeCloseTo((5 * 34) / 35 / (6 / 7), 10);
    const error = binomialStandardError(mean(answers), 7);
    expect(binomialStandardError(mean(five), five.length / effect)).toBeCloseTo(
      error * Math.sqrt(7 / 6 / (35 / 34)),
      10,
    );
  });

  it('is not known where all answers are equal, and that of one image where all show one motif', () => {
    expect(designEffect([1, 1, 1], [0, 0, 1])).toBeNull();
    expect(designEffect([1, 0, 1], [2, 2, 2])).toBe(3);
  });
});

describe('the variance of crossed seeds and motifs', () => {
  it('agrees with the pigeonhole bootstrap (Owen 2007) over seeds and motifs', () => {
    const random = stream(11, 'analysis');
    const [S, M] = [12, 50];
    const sizes = Array.from({ length: M }, () => 1 + Math.floor(5 * random.uniform()));
    const motifs = sizes.flatMap((size, motif) => Array<number>(size).fill(motif));
    const bySeed = Array.from({ length: S }, () => 0.05 * random.normal());
    const level = sizes.map(() => 0.3 * random.normal());
    const effects = motifs.map((motif) => level[motif] + 0.1 * random.normal());
    const table = bySeed.map((seed) => effects.map((effect) => seed + effect + 0.02 * random.normal()));
    const placesOf = sizes.map((_, motif) => [...motifs.keys()].filter((i) => motifs[i] === motif));
    const draws = Array.from({ length: 1500 }, () => {
      const pick = (length: number) => Array.from({ length }, () => Math.floor(random.uniform() * length));
      const images = pick(M).flatMap((motif) => placesOf[motif]);
      return mean(pick(S).flatMap((seed) => images.map((image) => table[seed][image])));
    });
    const centre = mean(draws);
    const bootstrap = mean(draws.map((draw) => (draw - centre) ** 2));
    const valuesBy = (known: readonly number[] | null): SeedValue[] =>
      table.map((row, seed) => ({
        seeds: [seed],
        value: mean(row),
        sensitivity: 0.5,
        byMotif: byMotif(Float64Array.from(row), known),
      }));
    const estimate = (values: SeedValue[]) => seedVariance(values) + imageVariance(values)!;
    expect(bootstrap / estimate(valuesBy(motifs))).toBeGreaterThan(0.85);
    expect(bootstrap / estimate(valuesBy(motifs))).toBeLessThan(1.15);
    // Images that are taken for independent ones hide more than half of it.
    expect(bootstrap / estimate(valuesBy(null))).toBeGreaterThan(2);
  });

  it('has as many degrees of freedom as there are motifs less one', () => {
    const values = (known: number[]): SeedValue[] => [
      { seeds: [0], value: 0.5, sensitivity: 0, byMotif: byMotif(Float64Array.of(1, 1, 0, 0, 1, 0), known) },
    ];
    const three = crossedInterval(values([0, 0, 1, 1, 2, 2]), { images: 6, motifs: 3 });
    // Student's t for two degrees of freedom.
    const deviation = Math.sqrt(varianceOfMean(values([0, 0, 1, 1, 2, 2])[0].byMotif!)!);
    expect(three.high - three.mean).toBeCloseTo(4.302652729 * deviation, 6);
  });
});
