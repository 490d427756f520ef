/** How often 95 % intervals hold the truth: simulated studies of two arms whose answers come from a known law, with seeds of their own and images of their own. */
import { describe, expect, it } from 'vitest';
import type { SeedValue } from '../../src/core/crossed-interval.ts';
import { seedDifference } from '../../src/copra/seed-differences.ts';
import { stream, type Rng } from '../../src/core/rng.ts';

const STUDIES = 2000;
/** Ten seconds of arithmetic each, on a machine that may have other things to do. */
const PATIENCE = { timeout: 300_000 };

/**
 * An answer is right where a sum of normal effects is positive. Standard deviations of the effects: of an image and of a seed on both arms alike, of both on
 * one arm, and of a single answer. `level`: the means of the arms.
 */
interface World {
  readonly level: readonly [number, number];
  readonly image: number;
  readonly imageOfArm: number;
  readonly seed: number;
  readonly seedOfArm: number;
  readonly answer: number;
}

const WORLDS: Readonly<Record<string, World>> = {
  'variance mostly of images': {
    level: [0.3, 0.5],
    image: 1,
    imageOfArm: 0.8,
    seed: 0.02,
    seedOfArm: 0.02,
    answer: 0.3,
  },
  'variance mostly of seeds': { level: [0.3, 0.4], image: 1, imageOfArm: 0.1, seed: 0.1, seedOfArm: 0.5, answer: 0.4 },
  'variance of both': { level: [0.3, 0.5], image: 1, imageOfArm: 0.3, seed: 0.1, seedOfArm: 0.1, answer: 0.7 },
  'no true difference, single answers vary': {
    level: [0.3, 0.3],
    image: 1,
    imageOfArm: 0,
    seed: 0,
    seedOfArm: 0,
    answer: 0.7,
  },
  'accuracies near 1': { level: [2.2, 2.5], image: 1, imageOfArm: 0.3, seed: 0.1, seedOfArm: 0.15, answer: 0.7 },
  'accuracies near 0': { level: [-2.6, -2.2], image: 1, imageOfArm: 0.3, seed: 0.1, seedOfArm: 0.15, answer: 0.7 },
};

/** Φ by Abramowitz & Stegun 7.1.26: error below 1.5e-7. */
function normalProbability(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2);
  const tail =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) *
    t *
    Math.exp((-z * z) / 2);
  return z > 0 ? 1 - tail / 2 : tail / 2;
}

/** The difference of the accuracies over all seeds and all images. */
function truth({ level, image, imageOfArm, seed, seedOfArm, answer }: World): number {
  const spread = Math.hypot(image, imageOfArm, seed, seedOfArm, answer);
  return normalProbability(level[1] / spread) - normalProbability(level[0] / spread);
}

/** What one study finds: per arm one value per seed, or per pair of seeds, whose effects then count half each. */
function study(random: Rng, world: World, seeds: number, images: number, ofPairs: boolean): SeedValue[][] {
  const effects = (length: number, sd: number) => {
    const drawn = new Float64Array(length); // filled by hand: most of the time goes into these draws
    for (let i = 0; i < length; i++) drawn[i] = sd * random.normal();
    return drawn;
  };
  const ofImages = effects(images, world.image);
  const ofSeeds = effects(seeds, world.seed);
  const members = Array.from({ length: seeds }, (_, a) =>
    ofPairs ? Array.from({ length: seeds - a - 1 }, (_, i) => [a, a + 1 + i]) : [[a]],
  ).flat();
  return world.level.map((level) => {
    const imagesOfArm = effects(images, world.imageOfArm);
    const seedsOfArm = effects(seeds, world.seedOfArm);
    const answers = Array.from({ length: seeds }, () => effects(images, world.answer));
    return members.map((own): SeedValue => {
      // A sum of two independent effects over √2 varies as one of them.
      const scale = 1 / Math.sqrt(own.length);
      let ofMembers = level;
      for (const seed of own) ofMembers += scale * (ofSeeds[seed] + seedsOfArm[seed]);
      const byImage = new Float64Array(images);
      let right = 0;
      for (let i = 0; i < images; i++) {
        let latent = ofMembers + ofImages[i] + imagesOfArm[i];
        for (const seed of own) latent += scale * answers[seed][i];
        byImage[i] = latent > 0 ? 1 : 0;
        right += byImage[i];
      }
      return { seeds: own, value: right / images, sensitivity: 0.5, byImage };
    });
  });
}

/** For every number of seeds, the share of intervals that hold the truth, in per cent. The first seeds of a study are a study of fewer seeds. */
function coverage(world: World, seedCounts: readonly number[], images: number, ofPairs = false): Map<number, number> {
  const most = Math.max(...seedCounts);
  const random = stream(most * 1000 + images, 'analysis', ofPairs ? 1 : 0);
  const value = truth(world);
  const held = new Map(seedCounts.map((count) => [count, 0]));
  for (let i = 0; i < STUDIES; i++) {
    const arms = study(random, world, most, images, ofPairs);
    for (const count of seedCounts) {
      const [a, b] = arms.map((values) => values.filter(({ seeds }) => seeds.every((seed) => seed < count)));
      const { low, high } = seedDifference(a, b, images)!;
      if (low <= value && value <= high) held.set(count, held.get(count)! + 1);
    }
  }
  return new Map([...held].map(([count, times]) => [count, (100 * times) / STUDIES]));
}

describe(`95 % intervals of the difference of two arms, ${STUDIES} simulated studies each`, () => {
  const worlds = Object.entries(WORLDS).map(([name, world]) => ({ name, world }));

  describe.each(worlds)('$name', ({ world }) => {
    it.each([100, 250])('%i images: 92 to 98 % at 3, 5 and 10 seeds, at least 92 % at 2', PATIENCE, (images) => {
      for (const [seeds, share] of coverage(world, [2, 3, 5, 10], images)) {
        expect(share).toBeGreaterThanOrEqual(92);
        if (seeds > 2) expect(share).toBeLessThanOrEqual(98);
      }
    });
  });

  it.each(worlds.slice(0, 3))('pairs of seeds, $name', PATIENCE, ({ world }) => {
    for (const share of coverage(world, [3, 5], 100, true).values()) {
      expect(share).toBeGreaterThanOrEqual(92);
      expect(share).toBeLessThanOrEqual(98);
    }
  });
});
