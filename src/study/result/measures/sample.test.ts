import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { mean } from '../../../core/statistics.ts';
import { packBits } from '../../../platform/bits.ts';
import type { StudyResult } from '../result.ts';
import { creditImages } from './credit.ts';
import { measuredEffect, testSample } from './sample.ts';

/** 40 images of 10 motifs, each in four styles. */
const MOTIFS = Array.from({ length: 40 }, (_, i) => Math.floor(i / 4));

const scores = (right: (image: number) => boolean) => {
  const answers = MOTIFS.map((_, i) => Number(right(i)));
  return { accuracy: mean(answers), loss: 1, correct: packBits(answers) };
};

function studyOf(right: (image: number) => boolean, motifs: number[] | null = MOTIFS): StudyResult {
  const result = studyResultFixture({ seeds: 2, testImages: 40 });
  return {
    ...result,
    task: { ...result.task, test: 40, zeroShot: scores((i) => i % 3 > 0), ...(motifs && { motifs }) },
    runs: result.runs.map((run) => ({ ...run, test: scores(right) })),
  };
}

describe('the test images of a study', () => {
  it('say as much as there are motifs where all images of one are answered alike', () => {
    const sample = testSample(studyOf((i) => MOTIFS[i] % 2 === 0));
    expect(sample).toMatchObject({ images: 40, motifs: 10 });
    expect(sample.effective).toBeCloseTo(40 / (4 * (39 / 40) * (10 / 9)), 9);
  });

  it('count one by one where motifs say nothing of the answers, or are not known', () => {
    expect(testSample(studyOf((i) => i % 4 === 0))).toEqual({ images: 40, motifs: 10, effective: 40 });
    expect(testSample(studyOf((i) => MOTIFS[i] % 2 === 0, null))).toEqual({
      images: 40,
      motifs: null,
      effective: 40,
    });
  });

  it('have the design effect of the backbone before a run is tested, and the kept one where no answers are', () => {
    const early = { ...studyOf(() => true), runs: [] };
    expect(measuredEffect(early)).toBeGreaterThanOrEqual(1);
    const bare = { ...early, task: { ...early.task, zeroShot: null, motifs: 10, designEffect: 2.5 } };
    expect(testSample(bare)).toEqual({ images: 40, motifs: 10, effective: 16 });
    expect(measuredEffect({ ...early, task: { ...early.task, zeroShot: null } })).toBeNull();
  });

  it('are fewer where a figure is of the first ones', () => {
    const study = studyOf(() => true);
    const of = (images: number, task: Partial<StudyResult['task']> = {}, motifs?: number) =>
      creditImages({ ...study, task: { ...study.task, ...task } }, { images, motifs });
    expect(of(10)).toEqual({ images: 10, motifs: 3 });
    expect(of(10, { motifs: 10 }, 3)).toEqual({ images: 10, motifs: 3 });
    // Of some of the images a number of motifs of all does not tell it.
    expect(of(10, { motifs: 10 })).toEqual({ images: 10, motifs: null });
    expect(of(40, { motifs: 10 })).toEqual({ images: 40, motifs: 10 });
  });
});
