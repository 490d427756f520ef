import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { independentImages } from './clusters.ts';
import { crossedInterval, imageVariance, seedVariance, type SeedValue } from './crossed-interval.ts';
import { stream } from './rng.ts';
import { mean, meanInterval, tQuantile975 } from './statistics.ts';

/** One value per row of answers [seeds][images]. */
const fromAnswers = (rows: readonly (readonly number[])[], sensitivity = 1): SeedValue[] =>
  rows.map((row, seed) => ({ seeds: [seed], value: mean(row), sensitivity, byMotif: Float64Array.from(row) }));

/** The same without the answers to single images. */
const unanswered = (values: readonly SeedValue[]): SeedValue[] =>
  values.map(({ seeds, value, sensitivity }) => ({ seeds, value, sensitivity }));

const pairsOf = (count: number, value: (a: number, b: number) => number): SeedValue[] =>
  Array.from({ length: count }, (_, a) =>
    Array.from({ length: count - a - 1 }, (_, i) => ({
      seeds: [a, a + 1 + i],
      value: value(a, a + 1 + i),
      sensitivity: 1,
    })),
  ).flat();

/** [2 … 6 seeds][2 … 20 images] of −1, 0 and 1: paired differences of answers. */
const tables = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 20 })).chain(([seeds, images]) =>
  fc.array(fc.array(fc.constantFrom(-1, 0, 0, 1), { minLength: images, maxLength: images }), {
    minLength: seeds,
    maxLength: seeds,
  }),
);

/** Mean squares of a two-way layout without repetition: seeds, images, interaction. */
function meanSquares(rows: readonly (readonly number[])[]) {
  const [seeds, images] = [rows.length, rows[0].length];
  const all = mean(rows.flat());
  const bySeed = rows.map((row) => mean(row));
  const byImage = rows[0].map((_, i) => mean(rows.map((row) => row[i])));
  const square = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - all) ** 2, 0);
  const ofSeeds = images * square(bySeed);
  const ofImages = seeds * square(byImage);
  const rest = square(rows.flat()) - ofSeeds - ofImages;
  return {
    seeds: ofSeeds / (seeds - 1),
    images: ofImages / (images - 1),
    interaction: rest / ((seeds - 1) * (images - 1)),
  };
}

describe('the variance of crossed factors', () => {
  it('is that of the analysis of variance: (MSs + max(0, MSi − MSsi)) / (seeds · images)', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const cells = rows.length * rows[0].length;
        const squares = meanSquares(rows);
        const values = fromAnswers(rows);
        expect(seedVariance(values)).toBeCloseTo(squares.seeds / cells, 10);
        expect(imageVariance(values)).toBeCloseTo(Math.max(0, squares.images - squares.interaction) / cells, 10);
      }),
    );
  });

  it('is unbiased: Gallas’ estimate, before it is cut off at 0, equals that over all pairs of answers that share a seed or an image', () => {
    // var(mean) = Σ cov(x, x′)/(S²N²): pairs of the same seed, of the same image, and the answer itself; products of answers that share neither estimate μ².
    fc.assert(
      fc.property(tables, (rows) => {
        const [S, N] = [rows.length, rows[0].length];
        const sums = { same: 0, seed: 0, image: 0, none: 0 };
        for (let s = 0; s < S; s++)
          for (let t = 0; t < S; t++)
            for (let i = 0; i < N; i++)
              for (let j = 0; j < N; j++) {
                const kind = s === t ? (i === j ? 'same' : 'seed') : i === j ? 'image' : 'none';
                sums[kind] += rows[s][i] * rows[t][j];
              }
        const moments = {
          same: sums.same / (S * N),
          seed: sums.seed / (S * N * (N - 1)),
          image: sums.image / (N * S * (S - 1)),
          none: sums.none / (S * (S - 1) * N * (N - 1)),
        };
        const oneShot =
          (moments.same + (N - 1) * moments.seed + (S - 1) * moments.image + (S - 1) * (N - 1) * moments.none) /
            (S * N) -
          moments.none;
        const squares = meanSquares(rows);
        expect((squares.seeds + squares.images - squares.interaction) / (S * N)).toBeCloseTo(oneShot, 10);
      }),
    );
  });

  it('agrees with the pigeonhole bootstrap (Owen 2007) where answers vary with seeds and images and little beside', () => {
    const random = stream(7, 'analysis');
    const [S, N] = [12, 60];
    const bySeed = Array.from({ length: S }, () => 0.05 * random.normal());
    const byImage = Array.from({ length: N }, () => 0.3 * random.normal());
    const rows = bySeed.map((seed) => byImage.map((image) => seed + image + 0.02 * random.normal()));
    const draws = Array.from({ length: 1500 }, () => {
      const pick = (length: number) => Array.from({ length }, () => Math.floor(random.uniform() * length));
      const images = pick(N);
      return mean(pick(S).flatMap((seed) => images.map((image) => rows[seed][image])));
    });
    const centre = mean(draws);
    const bootstrap = mean(draws.map((draw) => (draw - centre) ** 2));
    const values = fromAnswers(rows);
    const estimate = seedVariance(values) + imageVariance(values)!;
    // Resampling divides by n where the estimate divides by n − 1.
    expect(bootstrap / estimate).toBeGreaterThan(0.85);
    expect(bootstrap / estimate).toBeLessThan(1.1);
  });

  it('over pairs counts seeds, not pairs: figures that add up over seeds have the variance of their seeds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 6 }), (effects) => {
        const half = pairsOf(effects.length, (a, b) => (effects[a] + effects[b]) / 2);
        expect(seedVariance(half)).toBeCloseTo(meanInterval(effects).standardError ** 2, 9);
      }),
    );
    expect(seedVariance(pairsOf(2, () => 0.1))).toBeNaN();
  });
});

describe('the interval', () => {
  it('never has width 0 because all seeds gave the same difference', () => {
    // One image of 90 more, with both seeds.
    const row = Array.from({ length: 90 }, (_, i) => (i === 3 ? 1 : 0));
    const { mean: centre, low, high, scope } = crossedInterval(fromAnswers([row, row]), independentImages(90));
    expect(centre).toBeCloseTo(1 / 90, 12);
    expect(scope).toBe('seeds and images');
    expect(low).toBeLessThan(0);
    expect(high - low).toBeGreaterThan(0.03);
    const ofSeeds = crossedInterval(unanswered(fromAnswers([row, row])), independentImages(90));
    expect(ofSeeds.scope).toBe('seeds');
    expect(ofSeeds.low).toBeLessThan(0);
  });

  it('of equal differences is as wide as half an image that is answered differently in every table of a seed makes it', () => {
    const values = fromAnswers(Array.from({ length: 3 }, () => new Array<number>(50).fill(0)));
    const deviation = Math.sqrt(1 / (2 * 3 * 50 ** 2));
    // It counts once: over images where the answers are known, otherwise over seeds.
    const { low, high } = crossedInterval(values, independentImages(50));
    expect([low, high]).toEqual(
      [-1, 1].map((side) => expect.closeTo(side * tQuantile975(49) * deviation, 12) as number),
    );
    expect(crossedInterval(unanswered(values), independentImages(50)).high).toBeCloseTo(
      tQuantile975(2) * deviation,
      12,
    );
  });

  it('is the mean of Hillis’ and of the parts in quadrature', () => {
    const values = fromAnswers(
      [
        [1, 0, 1, 0, 1, 1],
        [1, 1, 1, 0, 0, 1],
        [0, 0, 1, 0, 1, 1],
      ],
      0,
    );
    const [seeds, images] = [seedVariance(values), imageVariance(values)!];
    const hillis = (seeds + images) ** 2 / (seeds ** 2 / 2 + images ** 2 / 5);
    const together = tQuantile975(hillis) * Math.sqrt(seeds + images);
    const apart = Math.hypot(tQuantile975(2) * Math.sqrt(seeds), tQuantile975(5) * Math.sqrt(images));
    const { mean: centre, high } = crossedInterval(values, independentImages(6));
    expect(high - centre).toBeCloseTo((together + apart) / 2, 10);
  });

  it('says what it allows for', () => {
    const rows = [
      [1, 0, 1, 0],
      [1, 1, 1, 0],
      [0, 0, 1, 0],
    ];
    const values = fromAnswers(rows);
    const bare = unanswered(values);
    expect(crossedInterval(values, independentImages(4)).scope).toBe('seeds and images');
    expect(crossedInterval(bare, independentImages(4)).scope).toBe('seeds');
    expect(crossedInterval(values.slice(0, 1), independentImages(4)).scope).toBe('images');
    expect(crossedInterval(bare.slice(0, 1), independentImages(4))).toMatchObject({ scope: null, low: NaN, high: NaN });
    const byPair = pairsOf(2, () => 0.1).map((pair) => ({ ...pair, byMotif: Float64Array.of(0, 0.2) }));
    expect(crossedInterval(byPair, independentImages(2)).scope).toBe('images');
  });

  it('is Student’s over seeds where no images are involved', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 }), (list) => {
        fc.pre(Math.max(...list) - Math.min(...list) > 1e-9);
        const values = list.map((value, seed) => ({ seeds: [seed], value, sensitivity: 0 }));
        const [{ low, high }, expected] = [crossedInterval(values, null), meanInterval(list)];
        expect(low).toBeCloseTo(expected.low, 9);
        expect(high).toBeCloseTo(expected.high, 9);
      }),
    );
  });

  it('is not known from equal values that depend on no answers: their variance is not zero', () => {
    const equal = [0, 1, 2].map((seed) => ({ seeds: [seed], value: 0.1 * 3 + (seed > 1 ? 1e-17 : 0), sensitivity: 0 }));
    expect(crossedInterval(equal, null)).toMatchObject({ scope: null, low: NaN, high: NaN, isConstant: true });
    expect(crossedInterval(equal.slice(0, 1), null).isConstant).toBeUndefined();
    expect(crossedInterval(equal, independentImages(90))).toMatchObject({ scope: null, low: NaN, high: NaN }); // losses: no answer may change them
    expect(crossedInterval([...equal.slice(1), { ...equal[0], value: 0.31 }], null).scope).toBe('seeds');
    for (const value of [0, -0.1])
      expect(
        crossedInterval(
          equal.map((one) => ({ ...one, value })),
          null,
        ).scope,
      ).toBeNull();
  });

  it('gets narrower with the images, other things being equal', () => {
    const rows = (times: number) =>
      [0, 1, 2].map((seed) => Array.from({ length: 40 * times }, (_, i) => Number((i * 7 + seed) % 5 < 2)));
    const width = (times: number) => {
      const { low, high } = crossedInterval(fromAnswers(rows(times)), independentImages(40 * times));
      return high - low;
    };
    expect(width(4)).toBeLessThan(width(1));
  });
});
