/** Results without the answers to single images, and the variances that intervals need instead. */
import { imageVariance, seedVariance, type SeedValue } from '../../../core/crossed-interval.ts';
import { differencesBySeed } from '../../../copra/seed-differences.ts';
import { pairCount } from '../../../core/pairs.ts';
import { without } from '../../../core/without.ts';
import { withoutPredictions } from '../../predictions/chosen-pictures.ts';
import { countMotifs } from '../motifs.ts';
import { mapParts } from '../result-parts.ts';
import type { StudyResult } from '../result.ts';
import { storedVariance } from './arm-difference.ts';
import { pairsComparedIn } from './compared-pairs.ts';
import type { Measure } from './measure.ts';
import { measuredEffect } from './sample.ts';

type ImageVariances = NonNullable<StudyResult['imageVariances']>;

type Comparison = Omit<ImageVariances[number], 'variance'>;

/** Of every measure and every pair. */
function imageVariancesBy(
  pairs: ReturnType<typeof pairsComparedIn>,
  measures: readonly Measure[],
  varianceOf: (measure: Measure, compared: Comparison) => number | null,
): ImageVariances {
  return pairs.flatMap((pair) =>
    measures.flatMap((measure) => {
      const compared = { measure: measure.id, ...pair };
      const variance = varianceOf(measure, compared);
      return variance === null ? [] : [{ ...compared, variance }];
    }),
  );
}

const differencesIn = (result: StudyResult, measure: Measure, { baseline, other }: Comparison): SeedValue[] =>
  differencesBySeed(measure.values(result, baseline, other), measure.values(result, other, baseline));

const storedIn = (result: StudyResult, { measure, baseline, other }: Comparison): number | null =>
  storedVariance(result, measure, baseline, other);

/** For the measures whose answers are known. Variances stored before stay. */
const imageVariancesOf = (result: StudyResult, measures: readonly Measure[]): ImageVariances =>
  imageVariancesBy(
    pairsComparedIn(result),
    measures,
    (measure, compared) => imageVariance(differencesIn(result, measure, compared)) ?? storedIn(result, compared),
  );

const nameOf = ({ seeds }: SeedValue): string => seeds.join(' ');

/**
 * Whether a stored variance holds for what is left of `all` seeds or pairs. A variance beside a seedVariance does not depend on their number. The whole
 * variance, which an interval without a seedVariance needs, does.
 */
const holdsFor = (left: readonly SeedValue[], all: number): boolean =>
  left.length === all || !Number.isNaN(seedVariance(left));

/**
 * The variances of results that have fewer seeds or pairs than a whole one: of its answers where they are known, else those stored with it, as far as they
 * hold for what is left.
 */
export function imageVariancesLeft(
  whole: StudyResult,
  measures: readonly Measure[],
): (left: StudyResult) => ImageVariances {
  const found = new Map<string, number | null>();
  const pairs = pairsComparedIn(whole);
  return (result) =>
    imageVariancesBy(pairs, measures, (measure, compared) => {
      const left = differencesIn(result, measure, compared);
      const names = left.map(nameOf);
      const key = [measure.id, compared.baseline, compared.other, ...names].join('\n');
      let variance = found.get(key);
      if (variance === undefined) {
        const all = differencesIn(whole, measure, compared);
        const known = imageVariance(all.filter((entry) => names.includes(nameOf(entry))));
        variance = known ?? (holdsFor(left, all.length) ? storedIn(whole, compared) : null);
        found.set(key, variance);
      }
      return variance;
    });
}

/** Without stored variances that need not hold, for a result that may lack seeds or pairs that they were computed of. */
export function withoutDoubtfulVariances(result: StudyResult, measures: readonly Measure[]): StudyResult {
  const { length: seeds } = result.config.seeds;
  const imageVariances = imageVariancesBy(pairsComparedIn(result), measures, (measure, compared) => {
    const all = measure.unit === 'seed' ? seeds : pairCount(seeds);
    return holdsFor(differencesIn(result, measure, compared), all) ? storedIn(result, compared) : null;
  });
  return { ...without(result, 'imageVariances'), ...(imageVariances.length > 0 && { imageVariances }) };
}

/** How many motifs the test images show, and what that does to the sampling error. */
function keptMotifs(result: StudyResult): Pick<StudyResult['task'], 'motifs' | 'designEffect'> {
  const { motifs } = result.task;
  const effect = measuredEffect(result);
  return {
    ...(motifs !== undefined && { motifs: countMotifs(motifs) }),
    ...(effect !== null && { designEffect: effect }),
  };
}

/**
 * The same figures without the answers to single images. Intervals do not change: the contribution of the images is kept as one number per comparison. Of
 * predictions, the confusions are kept.
 */
export function withoutAnswers(answered: StudyResult, measures: readonly Measure[]): StudyResult {
  const result = withoutPredictions(answered);
  const imageVariances = imageVariancesOf(result, measures);
  const { task, ...bare } = mapParts(
    without(result, 'imageVariances'),
    (part, value) => part.withoutAnswers?.(value, answered) ?? value,
  );
  return {
    ...bare,
    task: {
      ...task,
      zeroShot: task.zeroShot && without(task.zeroShot, 'correct'),
      ...(task.headOnly && { headOnly: without(task.headOnly, 'correct') }),
      ...keptMotifs(answered),
    },
    ...(imageVariances.length > 0 && { imageVariances }),
  };
}
