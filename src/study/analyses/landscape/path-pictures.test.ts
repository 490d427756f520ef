import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { withPathAnswers } from '../../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { packBits } from '../../../platform/bits.ts';
import { keptPlaces } from '../../predictions/answers.ts';
import { ForeignResultSchema } from '../../result/check-result.ts';
import { armDifference } from '../../result/measures/arm-difference.ts';
import { HALFWAY_MEASURES, halfwayMeasure } from '../../result/measures/halfway.ts';
import { withoutAnswers } from '../../result/measures/image-variances.ts';
import { SAVED_MEASURES } from '../../result/measures/saved-measures.ts';
import { savedResult } from '../../result/saved-result.ts';
import { unitedStudy } from '../../result/united-study.ts';
import { halfwayOf } from './halfway.ts';
import { changingMost, classPaths, ofPair, pathPictures, rightCounts, turnedHalfway } from './path-pictures.ts';
import type { LandscapeResult } from './result.ts';

const result = withPathAnswers(withPredictions(studyResultFixture({ seeds: 4 }), 200));
const factor = { path: 'factor', alignment: undefined } as const;
const pictures = pathPictures(result, factor, 'lora')!;

/** A path of these answers, [points][images]. */
const pathOf = (answers: readonly (readonly number[])[]): LandscapeResult => ({
  arm: 'lora',
  seeds: [0, 1],
  path: 'factor',
  lambdas: answers.map((_, i) => i / (answers.length - 1)),
  accuracy: answers.map((point) => point.reduce((sum, right) => sum + right, 0) / point.length),
  loss: answers.map(() => 1),
  correct: answers.map((point) => packBits(point)),
  barrierAccuracy: 0,
  barrierLoss: 0,
  midpointRetainedGain: null,
});

const answered = fc.integer({ min: 1, max: 60 }).chain((images) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: images, maxLength: images }), {
    minLength: 3,
    maxLength: 3,
  }),
);

it('the midpoint loses and wins what a count of the images says', () => {
  fc.assert(
    fc.property(answered, ([first, middle, last]) => {
      const found = halfwayOf(pathOf([first, middle, last]), first.length)!;
      const both = first.flatMap((right, i) => (right === 1 && last[i] === 1 ? [i] : []));
      const neither = first.flatMap((right, i) => (right === 0 && last[i] === 0 ? [i] : []));
      expect(found).toEqual({
        both: both.length,
        lost: both.filter((i) => middle[i] === 0).length,
        neither: neither.length,
        won: neither.filter((i) => middle[i] === 1).length,
      });
    }),
  );
});

it('the influence of images on a share lost has that share as its mean', () => {
  for (const measure of HALFWAY_MEASURES) {
    const values = measure.values(result, 'copra');
    expect(values).toHaveLength(6);
    for (const { value, byMotif } of values) {
      const mean = byMotif!.reduce((sum, one) => sum + one, 0) / byMotif!.length;
      expect(mean).toBeCloseTo(value, 10);
    }
  }
});

it('a share lost changes the more with one answer, the fewer images it is a share of', () => {
  // Both ends get three of five images right and one wrong; the midpoint loses one of the three.
  const answers = [
    [1, 1, 1, 0, 0],
    [1, 1, 0, 1, 0],
    [1, 1, 1, 0, 1],
  ];
  const { task, ...rest } = studyResultFixture();
  const study = { ...rest, task: { ...task, test: 5 }, landscape: [pathOf(answers)] };
  const [[lost], [won]] = (['lost', 'won'] as const).map((side) =>
    halfwayMeasure(side, 'factor').values(study, 'lora'),
  );
  expect([lost.value, lost.sensitivity]).toEqual([1 / 3, expect.closeTo((5 / 3) ** 2 / 2, 12)]);
  expect([won.value, won.sensitivity]).toEqual([1, expect.closeTo(5 ** 2 / 2, 12)]);
});

it('no point at λ = ½, no halves', () => {
  const path = pathOf([[1], [0], [1], [1]]);
  expect(halfwayOf(path, 1)).toBeNull();
  const { task, config } = withPredictions(studyResultFixture(), 1);
  const one = pathPictures({ landscape: [path], task, config }, factor, 'lora')!;
  expect(turnedHalfway(one, 'lost')).toBeNull();
});

describe('pictures along a path', () => {
  it('are right as often as the accuracies say', () => {
    const counts = rightCounts(pictures);
    const entries = result.landscape.filter(({ arm, path }) => arm === 'lora' && path === 'factor');
    counts.forEach((point, i) => {
      const right = point.reduce((sum, count) => sum + count, 0);
      const told = entries.reduce((sum, { accuracy }) => sum + 200 * accuracy[i], 0);
      expect(right).toBeCloseTo(told, 6);
    });
  });

  it('of one pair are those of that pair', () => {
    const one = ofPair(pictures, '1,3');
    expect(one.pairs.map(({ seeds }) => seeds)).toEqual([[1, 3]]);
    expect(ofPair(pictures, null)).toBe(pictures);
    expect(ofPair(pictures, '8,9')).toBe(pictures);
  });

  it('that change most are chosen, and stand in the order in which they are lost', () => {
    const counts = rightCounts(pictures);
    const range = (i: number): number => {
      const along = counts.map((point) => point[i]);
      return Math.max(...along) - Math.min(...along);
    };
    const chosen = changingMost(counts, 30);
    const others = pictures.places.map((_, i) => i).filter((i) => !chosen.includes(i));
    expect(Math.min(...chosen.map(range))).toBeGreaterThanOrEqual(Math.max(...others.map(range)));
    const along = chosen.map((i) => counts.reduce((sum, point) => sum + point[i], 0));
    expect(along).toEqual(along.toSorted((a, b) => b - a));
  });

  it('lost and won add up to the counts of the pairs', () => {
    for (const side of ['lost', 'won'] as const) {
      const turned = turnedHalfway(pictures, side)!;
      const entries = result.landscape.filter(({ arm, path }) => arm === 'lora' && path === 'factor');
      const told = entries.reduce((sum, entry) => sum + halfwayOf(entry, 200)![side], 0);
      expect(turned.reduce((sum, one) => sum + one.turned, 0)).toBe(told);
      for (const one of turned) expect(one.turned).toBeLessThanOrEqual(one.of);
    }
  });

  it('of all classes together give the accuracy', () => {
    const weights = result.task.classes.map((_, label) => classPaths(pictures, label, 200)!);
    const counts = rightCounts(ofPair(pictures, '0,1'));
    counts.forEach((point, i) => {
      const right = weights.reduce((sum, { images, accuracy }) => sum + images * accuracy[0][i], 0);
      expect(right).toBeCloseTo(
        point.reduce((sum, count) => sum + count, 0),
        8,
      );
    });
    expect(classPaths(pictures, 0, 300)).toBeNull();
  });
});

describe('a saved result', () => {
  const saved = savedResult(result, SAVED_MEASURES);

  it('has the answers to its chosen images, and the counts of all', () => {
    expect(v.safeParse(ForeignResultSchema, saved).success).toBe(true);
    const places = keptPlaces(saved);
    expect(places).toHaveLength(48);
    const few = pathPictures(saved, factor, 'lora')!;
    expect(few.places).toEqual(places);
    few.pairs.forEach(({ right }, pair) =>
      right.forEach((point, i) =>
        expect([...point]).toEqual(places.map((place) => pictures.pairs[pair].right[i][place])),
      ),
    );
    expect(saved.landscape.map((path) => halfwayOf(path, 200))).toEqual(
      result.landscape.map((path) => halfwayOf(path, 200)),
    );
    expect(saved.landscape.every(({ correct }) => correct === undefined)).toBe(true);
  });

  it('has the same intervals', () => {
    for (const measure of [halfwayMeasure('lost', 'factor'), halfwayMeasure('won', 'product')]) {
      const [of, small] = [result, saved].map((one) => armDifference(one, measure, 'lora', 'copra')!);
      expect(small.low).toBeCloseTo(of.low, 10);
      expect(small.high).toBeCloseTo(of.high, 10);
    }
  });

  it('is itself when it is saved again, and has nothing of single images in a link', () => {
    expect(savedResult(saved, SAVED_MEASURES)).toEqual(saved);
    const [path] = withoutAnswers(saved, []).landscape;
    expect([path.keptCorrect, path.correct, path.halfway]).toEqual([undefined, undefined, undefined]);
  });

  it('is not mixed with answers to other images', () => {
    const moved = (seed: number) => seed + 10;
    const second = {
      ...saved,
      task: { ...saved.task, kept: saved.task.kept!.map((place) => (place + 1) % 200).sort((a, b) => a - b) },
      config: { ...saved.config, seeds: saved.config.seeds.map(moved) },
      landscape: saved.landscape.map((path): LandscapeResult => ({
        ...path,
        seeds: [moved(path.seeds[0]), moved(path.seeds[1])],
      })),
      runs: [],
      shapley: [],
      pruning: [],
      predictions: [],
    };
    expect(pathPictures(unitedStudy(saved, second), factor, 'lora')!.pairs).toHaveLength(6);
  });
});
