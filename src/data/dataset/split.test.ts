import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Side } from '../bundled/concept-split.ts';
import { assignSplits } from './split.ts';
import { subsample } from './subsample.ts';
import type { PlannedImage } from './plan.ts';

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
      'The class "ant" has no images left for training. Add some to its training folder, or leave the class out.',
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
