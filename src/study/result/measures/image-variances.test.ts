import { describe, expect, it } from 'vitest';
import { ofFirstSeeds } from '../../../../tests/support/first-seeds.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../result.ts';
import { imageVariancesLeft, withoutDoubtfulVariances } from './image-variances.ts';
import { MEASURES } from './measures.ts';

const IDS = ['test-accuracy', 'midpoint factor'];

/** A result without answers, whose variances of a figure of seeds and of one of pairs are stored. */
const stored = (seeds: number): StudyResult => ({
  ...studyResultFixture({ seeds }),
  imageVariances: IDS.map((measure) => ({ measure, baseline: 'lora', other: 'copra', variance: 1e-4 })),
});

/** The same with what the first seeds found alone, as a link holds that has room for no more. */
const cut = (whole: StudyResult, seeds: number): StudyResult => ({
  ...ofFirstSeeds(whole, seeds),
  config: whole.config,
});

const idsOf = (variances: StudyResult['imageVariances']) => variances?.map(({ measure }) => measure);

describe('stored variances of a result that may lack seeds', () => {
  const kept = (result: StudyResult) => idsOf(withoutDoubtfulVariances(result, MEASURES).imageVariances);

  it('stay where nothing is missing, also of the one pair of two seeds', () => {
    expect(kept(stored(3))).toEqual(IDS);
    expect(kept(stored(2))).toEqual(IDS);
  });

  it('stay where seeds are missing while what is left has a variance over seeds, and go where it has none', () => {
    expect(kept(cut(stored(4), 3))).toEqual(IDS);
    expect(kept(cut(stored(4), 2))).toEqual(['test-accuracy']);
    expect(kept(cut(stored(4), 1))).toBeUndefined();
  });
});

describe('the variances of what is left of a result', () => {
  it('are the stored ones as far as these hold', () => {
    const whole = stored(4);
    const left = imageVariancesLeft(whole, MEASURES);
    expect(left(whole)).toEqual(whole.imageVariances);
    expect([3, 2, 1].map((seeds) => idsOf(left(cut(whole, seeds))))).toEqual([IDS, ['test-accuracy'], []]);
  });
});
