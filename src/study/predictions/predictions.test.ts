import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { ForeignResultSchema } from '../result/check-result.ts';
import { unitedStudy } from '../result/united-study.ts';
import { packAnswers, readAnswers } from './answers.ts';
import { withChosenPictures, withoutPredictions } from './chosen-pictures.ts';
import { confusionsOf, mostTaken } from './confusions.ts';
import { keeps } from './keep.ts';
import { majority, PICTURE_KINDS, picturesOf, type ArmAnswers, type PictureKind } from './pictures.ts';

const result = withPredictions(studyResultFixture({ seeds: 4 }), 200);

it('answers take two bytes, and lose less than half of 1/255', () => {
  const answers = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.float({ min: 0, max: 100, noNaN: true })));
  fc.assert(
    fc.property(answers, (list) => {
      const loss = list.map(([, value]) => value);
      const text = packAnswers(
        Int32Array.from(list, ([guess]) => guess),
        loss,
        0,
        list.length,
      );
      const read = readAnswers(text);
      expect([...read.predicted]).toEqual(list.map(([guess]) => guess));
      read.certainty.forEach((byte, i) => expect(Math.abs(byte / 255 - Math.exp(-loss[i]))).toBeLessThan(0.51 / 255));
    }),
  );
});

describe('pictures', () => {
  const pictures = picturesOf(result);

  it('are the test images, with the answers of every run', () => {
    expect(pictures.map(({ place }) => place)).toEqual(Array.from({ length: 200 }, (_, i) => i));
    const [{ arms }] = pictures;
    expect(arms.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    for (const { runs, midpoints, halves } of arms) {
      expect(runs.map(({ seed }) => seed)).toEqual([0, 1, 2, 3]);
      expect([midpoints.length, halves.length]).toEqual([6, 8]);
    }
  });

  it('count what is right and what is lost', () => {
    for (const { label, arms } of pictures)
      for (const { runs, right, midpoints, halves } of arms) {
        const rightSeeds = runs.filter(({ predicted }) => predicted === label).map(({ seed }) => seed);
        expect(right).toBe(rightSeeds.length);
        for (const { seeds, could, lost, predicted } of [...midpoints, ...halves]) {
          expect(could).toBe(seeds.every((seed) => rightSeeds.includes(seed)));
          expect(lost).toBe(could && predicted !== label);
        }
      }
  });

  it('call an arm neither right nor wrong of which as many runs are right as wrong', () => {
    const [picture] = pictures;
    const arm = (right: number): ArmAnswers => ({ ...picture.arms[0], right });
    expect([0, 1, 2, 3, 4].map((right) => majority(arm(right)))).toEqual([false, false, null, true, true]);
    const kinds = (...right: number[]) => {
      const of = { ...picture, arms: right.map(arm) };
      return [PICTURE_KINDS.one(of), PICTURE_KINDS.every(of)];
    };
    expect(kinds(1, 3)).toEqual([true, false]);
    expect(kinds(2, 3)).toEqual([false, false]);
    expect(kinds(1, 2)).toEqual([false, false]);
    expect(kinds(0, 1)).toEqual([false, true]);
  });

  it('are of kinds that exclude each other where they must', () => {
    const { one, every, right, midpoint } = PICTURE_KINDS;
    for (const picture of pictures) {
      const said = picture.arms.map(majority);
      const wrong = said.filter((isRight) => isRight === false).length;
      expect([one(picture), every(picture)]).toEqual([wrong === 1 && !said.includes(null), wrong === 2]);
      if (right(picture)) expect([wrong, midpoint(picture)]).toEqual([0, false]);
    }
  });
});

describe('a small result', () => {
  const small = withChosenPictures(result);

  it('keeps 48 pictures of every kind, and what was known of each', () => {
    const pictures = picturesOf(small);
    const whole = picturesOf(result);
    expect(pictures).toHaveLength(48);
    for (const picture of pictures) expect(picture).toEqual(whole[picture.place]);
    for (const kind of Object.keys(PICTURE_KINDS) as PictureKind[]) {
      const among = (list: typeof pictures) => list.filter((picture) => PICTURE_KINDS[kind](picture)).length;
      expect(among(pictures)).toBeGreaterThanOrEqual(Math.min(8, among(whole)));
    }
    expect(v.safeParse(ForeignResultSchema, small).success).toBe(true);
    expect(JSON.stringify(small.predictions).length).toBeLessThan(12_000);
  });

  it('has the confusions of all images', () => {
    expect(confusionsOf(small)).toEqual(confusionsOf(result));
    expect(confusionsOf(withoutPredictions(small))).toEqual(confusionsOf(result));
    const labels = picturesOf(result).map(({ label }) => label);
    for (const { seeds, counts } of confusionsOf(result))
      result.task.classes.forEach((_, label) => {
        const row = counts.slice(label * 9, (label + 1) * 9).reduce((sum, count) => sum + count, 0);
        expect(row).toBe(Math.max(1, seeds.length) * labels.filter((other) => other === label).length);
      });
  });

  it('is itself when it has few images', () => {
    const few = withPredictions(studyResultFixture(), 40);
    expect(withChosenPictures(few)).toBe(few);
  });
});

describe('two studies', () => {
  const other = withPredictions(studyResultFixture({ seeds: 4, seed: 9 }), 200);
  const moved = (seed: number) => seed + 10;
  const second = {
    ...other,
    config: { ...other.config, seeds: other.config.seeds.map(moved) },
    predictions: other.predictions!.map((entry) => ({ ...entry, seeds: entry.seeds.map(moved) })),
    runs: [],
    landscape: [],
    shapley: [],
    pruning: [],
  };

  it('unite their predictions of the same images', () => {
    const united = unitedStudy(result, second);
    expect(picturesOf(united)[5].arms[0].runs.map(({ seed }) => seed)).toEqual([0, 1, 2, 3, 10, 11, 12, 13]);
    const [first, both] = [result, united].map((one) => confusionsOf(one)[1].counts.reduce((a, b) => a + b, 0));
    expect(both).toBe(2 * first);
  });

  it('unite counts, and keep the first study’s pictures when the second has others', () => {
    const united = unitedStudy(withChosenPictures(result), withChosenPictures(second));
    expect(confusionsOf(united)).toEqual(confusionsOf(unitedStudy(result, second)));
  });

  it.each([
    ['a whole one and one of a link', result, withoutPredictions(second)],
    ['one of a link and a whole one', withoutPredictions(result), second],
    ['a whole one and a saved one', result, withChosenPictures(second)],
    ['a saved one and a whole one', withChosenPictures(result), second],
  ])('unite counts of %s', (_, one, another) => {
    expect(confusionsOf(unitedStudy(one, another))).toEqual(confusionsOf(unitedStudy(result, second)));
  });
});

describe('what is kept', () => {
  const { config } = result;

  it('does not depend on later seeds', () => {
    const seeds = Array.from({ length: 30 }, (_, i) => i);
    const of = { of: 'midpoint', seeds: [3, 9] } as const;
    expect(keeps({ ...config, seeds }, 5000, of)).toBe(keeps({ ...config, seeds: seeds.slice(0, 10) }, 5000, of));
    expect(keeps({ ...config, seeds }, 800, of)).toBe(true);
    expect(keeps({ ...config, seeds }, 50_000, of)).toBe(false);
  });

  it('is bounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 2, max: 24 }), (images, many) => {
        const seeds = Array.from({ length: many }, (_, i) => i);
        const pairs = seeds.flatMap((a) => seeds.slice(a + 1).map((b) => [a, b]));
        const kept = pairs.filter((pair) => keeps({ ...config, seeds }, images, { of: 'midpoint', seeds: pair }));
        expect(2 * config.arms.length * kept.length * images).toBeLessThanOrEqual(2 ** 20);
      }),
    );
  });
});

it('a result from outside has predictions of its own images only', () => {
  const problem = (changed: typeof result) => v.safeParse(ForeignResultSchema, changed).issues?.[0].message;
  expect(problem({ ...result, task: { ...result.task, labels: undefined } })).toContain('whose classes are known');
  expect(problem({ ...result, task: { ...result.task, kept: [3, 2] } })).toContain('each once');
  expect(problem({ ...result, task: { ...result.task, kept: [3, 4] } })).toContain('whose classes are known');
  expect(problem({ ...result, confusions: [{ arm: 'lora', seeds: [0], counts: [1, 2] }] })).toContain('classes');
  const { predictions = [] } = result;
  expect(problem({ ...result, predictions: [...predictions, predictions[1]] })).toContain('twice');
});

it('what is mistaken most often is a number of answers, not a share of those to a class', () => {
  const most = (counts: number[]) => mostTaken({ arm: 'lora', seeds: [0], counts }, 3);
  // 60 of 200 answers to pictures of the first class, the only one to those of the third.
  expect(most([140, 60, 0, 10, 90, 0, 1, 0, 0])).toEqual({ of: 0, as: 1, times: 60, answers: 200 });
  // Of equal numbers the larger share, then the first.
  expect(most([86, 4, 0, 4, 6, 0, 0, 0, 0])).toEqual({ of: 1, as: 0, times: 4, answers: 10 });
  expect(most([6, 4, 0, 4, 6, 0, 0, 0, 0])).toEqual({ of: 0, as: 1, times: 4, answers: 10 });
  expect(most([1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeNull();
});
