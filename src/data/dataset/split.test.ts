import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Side } from '../bundled/concept-split.ts';
import { assignSplits } from './split.ts';
import { imageLimit } from './image-limit.ts';
import { subsample } from './subsample.ts';
import { planRecords, type PlannedImage } from './plan.ts';
import { buildDataset } from './dataset.ts';

const labelsOf = (sizes: readonly number[]) =>
  Int32Array.from(sizes.flatMap((size, label) => Array<number>(size).fill(label)));
const ungiven = (labels: Int32Array): null[] => Array<null>(labels.length).fill(null);
const countOf = (labels: Int32Array, split: Uint8Array, label: number, side: number) =>
  labels.filter((value, i) => value === label && split[i] === side).length;

describe('assignSplits', () => {
  it('gives every class images on every side, near the shares, alike for equal seeds', () => {
    const sizes = fc.array(fc.integer({ min: 4, max: 60 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.nat(), (perClass, seed) => {
        const labels = labelsOf(perClass);
        const names = perClass.map((_, label) => `class ${label}`);
        const { split, problems } = assignSplits(labels, ungiven(labels), names, seed);
        expect(problems).toEqual([]);
        perClass.forEach((size, label) => {
          const [train, validation, test] = [0, 1, 2].map((side) => countOf(labels, split, label, side));
          expect(train + validation + test).toBe(size);
          expect(train).toBeGreaterThanOrEqual(2);
          expect(Math.abs(test - 0.2 * size)).toBeLessThanOrEqual(1);
          expect(test).toBeGreaterThanOrEqual(1);
          expect(validation).toBeGreaterThanOrEqual(1);
        });
        expect(assignSplits(labels, ungiven(labels), names, seed).split).toEqual(split);
      }),
      { numRuns: 60 },
    );
  });

  it('holds out as much as it is told', () => {
    const labels = labelsOf([20, 40]);
    const { split } = assignSplits(labels, ungiven(labels), ['a', 'b'], 1, { test: 0.5, validation: 0.25 });
    expect([2, 1, 0].map((side) => countOf(labels, split, 1, side))).toEqual([20, 10, 10]);
  });

  it('respects given splits and takes what is missing from training', () => {
    const labels = labelsOf([10, 10]);
    const sides: Side[] = Array.from(labels, (_, i) => (i % 10 < 7 ? 'train' : 'test'));
    const { split, problems } = assignSplits(labels, sides, ['a', 'b'], 3);
    expect(problems).toEqual([]);
    sides.forEach((side, i) => expect(side === 'test').toBe(split[i] === 2));
    expect(countOf(labels, split, 0, 1)).toBeGreaterThan(0);
  });

  it.each([
    { training: 8, test: 100, validation: 1 },
    { training: 100, test: 50, validation: 15 },
    { training: 2, test: 500, validation: 1 },
    { training: 1, test: 100, validation: 0 },
  ])('takes shares of what is split: $training for training, $test given for testing', (given) => {
    const { training, test, validation } = given;
    const size = training + test;
    const labels = labelsOf([size, size]);
    const sides: Side[] = Array.from(labels, (_, i) => (i % size < training ? 'train' : 'test'));
    const { split, problems } = assignSplits(labels, sides, ['a', 'b'], 3);
    expect(problems).toEqual([]);
    expect([0, 1, 2].map((side) => countOf(labels, split, 1, side))).toEqual([training - validation, validation, test]);
  });

  it('takes a share of images that are not given to a side, whatever the given ones are', () => {
    const count = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(count, fc.integer({ min: 3, max: 200 }), fc.nat(), (training, test, seed) => {
        const labels = labelsOf([training + test]);
        const sides: Side[] = Array.from(labels, (_, i) => (i < training ? 'train' : 'test'));
        const { split, problems } = assignSplits(labels, sides, ['a'], seed, { test: 0.2, validation: 0.3 });
        const validation = countOf(labels, split, 0, 1);
        expect(problems).toEqual([]);
        expect(validation).toBeLessThanOrEqual(Math.max(1, Math.round(0.3 * training)));
        expect(countOf(labels, split, 0, 0)).toBe(training - validation);
        expect(countOf(labels, split, 0, 0)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('takes no more than the share while there are images by themselves beside groups', () => {
    const labels = labelsOf([20]);
    const groups = Int32Array.from(labels, (_, i) => (i < 10 ? Math.floor(i / 2) : i)); // five pairs
    for (let seed = 0; seed < 20; seed++) {
      const { split } = assignSplits(labels, ungiven(labels), ['a'], seed, { test: 0.25, validation: 0.15 }, groups);
      expect([2, 1].map((side) => countOf(labels, split, 0, side))).toEqual([5, 3]);
      for (let i = 0; i < 10; i += 2) expect(split[i]).toBe(split[i + 1]);
    }
  });

  it.each([6, 8, 16, 18, 24])('keeps pairs of look-alikes on one side in a class of %i', (size) => {
    const labels = labelsOf([size]);
    const groups = Int32Array.from(labels, (_, i) => i >> 1);
    for (let seed = 0; seed < 20; seed++) {
      const { split, problems } = assignSplits(labels, ungiven(labels), ['a'], seed, undefined, groups);
      expect(problems).toEqual([]);
      for (let i = 0; i < size; i += 2) expect(split[i]).toBe(split[i + 1]);
      for (const side of [0, 1, 2]) expect(countOf(labels, split, 0, side)).toBeGreaterThanOrEqual(2);
    }
  });

  it('divides pairs where too few of them are there for all sides', () => {
    const labels = labelsOf([4]);
    const { split } = assignSplits(labels, ungiven(labels), ['a'], 0, undefined, Int32Array.of(0, 0, 2, 2));
    expect([0, 1, 2].map((side) => countOf(labels, split, 0, side))).toEqual([2, 1, 1]);
  });

  it('leaves a single training image to training, and tests on an image that is given for validation', () => {
    const labels = labelsOf([4, 13]);
    const sides: Side[] = Array.from(labels, (_, i) => (i === 0 || (i >= 4 && i < 14) ? 'train' : 'validation'));
    for (let seed = 0; seed < 5; seed++) {
      const { split, problems, drawn } = assignSplits(labels, sides, ['a', 'b'], seed);
      expect(problems).toEqual([]);
      expect(drawn).toEqual({ test: true, validation: false });
      expect([0, 1, 2].map((side) => countOf(labels, split, 0, side))).toEqual([1, 2, 1]);
      expect([0, 1, 2].map((side) => countOf(labels, split, 1, side))).toEqual([8, 3, 2]);
    }
  });

  it('says once which classes are too small or have no training images', () => {
    const labels = labelsOf([3, 2, 6]);
    const small = assignSplits(labels, ungiven(labels), ['ant', 'bee', 'cow'], 1);
    expect(small.problems.map(({ message, count }) => [message, count])).toEqual([
      [
        '2 classes have too few usable images: ant (3), bee (2); 4 are needed. Add images to them or leave them out.',
        2,
      ],
    ]);
    const labels2 = labelsOf([5, 5, 5]);
    const sides: Side[] = Array.from(labels2, (label) => (label < 2 ? 'test' : 'train'));
    const untrained = assignSplits(labels2, sides, ['ant', 'bee', 'cow'], 1);
    expect(untrained.problems.map(({ severity, message, count }) => [severity, message, count])).toEqual([
      [
        'error',
        '2 classes have no images left for training: ant, bee. Add some to their training folders, or leave the classes out.',
        2,
      ],
    ]);
    const one: Side[] = Array.from(labels2, (label) => (label < 1 ? 'test' : 'train'));
    const [{ path, message }] = assignSplits(labels2, one, ['ant', 'bee', 'cow'], 1).problems;
    expect(path).toBe('ant');
    expect(message).toBe(
      'The class “ant” has no images left for training. Add some to its training folder, or leave the class out.',
    );
  });
});

describe('subsample', () => {
  const images = (sizes: readonly number[], side: (i: number) => Side | null = () => null): PlannedImage[] =>
    [...labelsOf(sizes)].map((label, record) => ({
      record,
      path: `${label}/${record}.png`,
      label,
      side: side(record),
    }));

  it('keeps everything below the limit', () => {
    const all = images([5, 6]);
    expect(subsample(all, 2, 1, 11)).toEqual({ images: all, problems: [] });
  });

  it('shares the limit evenly, small classes keeping all, and says so', () => {
    const { images: kept, problems } = subsample(images([100, 10, 500]), 3, 1, 100);
    const counts = [0, 1, 2].map((label) => kept.filter((image) => image.label === label).length);
    expect(counts).toEqual([45, 10, 45]);
    expect(problems[0].message).toBe('Used 100 of 610 images, drawn at random and evenly from the classes.');
  });

  it('draws by the seed and in proportion from given splits', () => {
    const all = images([200, 200], (i) => (i % 10 < 8 ? 'train' : 'test'));
    const [a, b, c] = [1, 1, 2].map((seed) => subsample(all, 2, seed, 100).images);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a.filter(({ side }) => side === 'test')).toHaveLength(20);
  });

  const sizesOf = (kept: readonly PlannedImage[]) =>
    (['train', 'validation', 'test'] as const).map((side) => kept.filter((image) => image.side === side).length);

  it.each([
    [[10, 10, 60], 34, [10, 3, 21]],
    [[5, 0, 100], 6, [3, 0, 3]],
    [[500, 3, 100], 20, [16, 1, 3]],
    [[100, 100, 100], 4, [2, 1, 1]],
  ])('leaves at least half to training, and one to every other side: %j in %i', (sizes, quota, expected) => {
    const sides = (['train', 'validation', 'test'] as const).flatMap((side, i) => Array<Side>(sizes[i]).fill(side));
    const all = images([sides.length], (i) => sides[i]);
    expect(sizesOf(subsample(all, 1, 0, quota).images)).toEqual(expected);
  });

  it.each([
    ['one each', 1e9],
    ['of 100', 100],
    ['of 25', 25],
  ])('draws from row groups at random, and evenly from classes and splits: %s', (_, rows) => {
    const all = images([300, 300, 300], (i) => (i % 300 < 180 ? 'train' : 'test'))
      .toSorted((a, b) => Number(a.side === 'test') - Number(b.side === 'test') || (a.record % 300) - (b.record % 300))
      .map((image, at) => {
        const [place, first] = image.side === 'test' ? [at - 540, 1000] : [at, 0];
        return { ...image, record: at, block: first + Math.floor(place / rows) };
      });
    const drawn = [0, 1, 2, 3].map((seed) => subsample(all, 3, seed, 150).images);
    for (const kept of drawn) {
      for (const label of [0, 1, 2])
        expect(sizesOf(kept.filter((image) => image.label === label))).toEqual([30, 0, 20]);
      const blocks = new Set(kept.map(({ block }) => block)).size;
      expect(blocks).toBeLessThanOrEqual(Math.max(2, Math.ceil(90 / rows) + Math.ceil(60 / rows) + 2));
    }
    const firsts = drawn.map((kept) => kept.slice(0, 20).map(({ record }) => record));
    for (const seed of [1, 2, 3]) expect(firsts[seed]).not.toEqual(firsts[0]);
    if (rows === 1e9) for (const kept of drawn) expect(kept.at(-1)!.record).toBeGreaterThan(850);
  });

  it('never exceeds the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 8, max: 90 }),
        (sizes, limit) => {
          const all = images(sizes);
          const { images: kept } = subsample(all, sizes.length, 9, limit);
          expect(kept).toHaveLength(Math.min(limit, all.length));
        },
      ),
    );
  });
});

describe('more classes than an input size has room for', () => {
  const planOf = (classes: number, extra = 0) =>
    planRecords({
      layout: 'classes',
      name: 'd',
      columns: [],
      labelColumn: null,
      problems: [],
      records: Array.from({ length: classes * 20 + extra }, (_, i) => ({
        path: `${i}`,
        className: `c${Math.floor(i / 20)}`,
        side: null,
      })),
    });
  const prepare = async (records: readonly number[]) => ({
    pixels: new Uint8Array(records.length * 12),
    records: Int32Array.from(records),
    groups: Int32Array.from(records.keys()),
    problems: [],
  });
  const options = { imageSize: 2, seed: 0, promptOf: (name: string) => name };

  it.each([
    [384, 500, 303],
    [224, 1000, 891],
  ])('are left out whole, and the size is said: %i px, %i classes', async (size, classes, used) => {
    const built = await buildDataset({ prepare }, planOf(classes), { ...options, maxImages: imageLimit(size) });
    expect(built.dataset?.classes).toHaveLength(used);
    expect(built.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`^Only the ${used} largest classes of .* classes are used: of 2 × 2 pixels,`)),
      expect.stringMatching(/^Used /),
    ]);
    expect(built.problems[0].count).toBe(classes - used);
  });

  it('are the smallest, and no class is left out where all fit', async () => {
    const built = await buildDataset({ prepare }, planOf(9, 15), { ...options, maxImages: 36 });
    expect(built.dataset?.classes).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']);
    const all = await buildDataset({ prepare }, planOf(9, 15), { ...options, maxImages: 40 });
    expect(all.dataset?.classes).toHaveLength(10);
  });
});

describe('what is said of splits', () => {
  it('is of the images that are left, not of the plan', async () => {
    const records = ['cat', 'dog'].flatMap((className) =>
      Array.from({ length: 12 }, (_, i) => ({
        path: `${className}${i}`,
        className,
        side: i < 10 ? ('train' as const) : ('test' as const),
      })),
    );
    const plan = planRecords({
      layout: 'splits',
      name: 'd',
      columns: [],
      labelColumn: null,
      problems: [],
      records,
    });
    const prepare = async (wanted: readonly number[]) => {
      const read = wanted.filter((at) => plan.images[at].label === 0 || plan.images[at].side === 'train');
      return {
        pixels: new Uint8Array(read.length * 12),
        records: Int32Array.from(read),
        groups: Int32Array.from(read.keys()),
        problems: [],
      };
    };
    const { drawn } = await buildDataset({ prepare }, plan, { imageSize: 2, seed: 0, promptOf: (name) => name });
    expect(drawn).toEqual({ test: true, validation: true });
  });
});
