/** The sentences under the figures of pruning. Empty while there is nothing to read. */
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../../study/result/measures/pruning.ts';
import { drawnImages, testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../results/figure-meta.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { listed } from '../../../core/listed.ts';
import { grouped } from '../../../core/number-format.ts';
import { isAboutHalf, keptBy, masksNamed, nearestHalf, EVERY_OTHER, THIRDS } from '../../../copra/pruning/kept.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown, unbrokenPercent } from '../../../study/readings/numbers.ts';
import {
  countedEach,
  differenceRemark,
  gainsKept,
  keptGain,
  sampling,
  sentence,
  statedDifference,
  verdicts,
  withResults,
  testImages,
} from '../../../study/readings/words.ts';
import type { ArmResults, Differ, KeptGain } from '../../../study/readings/words.ts';
import type { Drawn, Sample } from '../../../core/clusters.ts';
import { imagesSeen } from './by-shapley.ts';
import { PRUNING_WORDS } from './messages.ts';

export type PruningScope = keyof typeof PRUNING_WORDS.weightsCaption.entries;

export interface PrunedResult {
  readonly structured: readonly {
    readonly label: string;
    readonly accuracy: number;
    readonly retainedGain: number | null;
  }[];
  readonly unstructured: readonly {
    readonly scope: PruningScope;
    readonly sparsities: readonly number[];
    readonly accuracy: readonly number[];
    readonly area: number;
  }[];
}

/** Gain kept by the masks of `labels`, over the seeds with a clear gain. */
const gainKept = (results: readonly PrunedResult[], labels: readonly string[]): KeptGain =>
  keptGain(
    results.flatMap(({ structured }) =>
      masksNamed(structured, labels).length > 0 ? [keptBy(structured, labels, 'retainedGain')] : [],
    ),
  );

/** The cost of removing whole layers: every other layer, and all but a third. @param differ difference of two arms in the gain kept by every other layer */
export function structuredReading(arms: readonly ArmResults<PrunedResult>[], images: Drawn, differ: Differ): string {
  const measured = withResults(
    arms.map((arm) => ({ ...arm, results: arm.results.filter(({ structured }) => structured.length > 0) })),
  );
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const names = measured.map(({ name }) => name);
  const halves = measured.map(({ results }) => gainKept(results, EVERY_OTHER));
  const thirds = measured.map(({ results }) => gainKept(results, THIRDS));
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const [first, ...others] = measured;
  const cheaper = others.flatMap(({ id, name }, i) => {
    const [gain, base] = [halves[i + 1].gain, halves[0].gain];
    if (gain === null || base === null) return [];
    const interval = differ(first.id, id);
    const { difference, shared } = statedDifference(interval, gain - base, 0);
    if (shared === '' && unbrokenPercent(gain) === unbrokenPercent(base)) return [];
    const cost = PRUNING_WORDS.layersCaption.cost(name, first.name, difference > 0);
    return [`${cost}${shared}${differenceRemark(interval, difference)}`];
  });
  return sentence([
    PRUNING_WORDS.layersCaption.everyOther(gainsKept(names, halves, 'seed'), `${seeds}, ${testImages(images)}`),
    thirds.every(({ gain }) => gain === null)
      ? ''
      : PRUNING_WORDS.layersCaption.thirds(gainsKept(names, thirds, 'seed')),
    ...cheaper,
  ]);
}

/** The sparsity nearest one half, and the mean accuracy left there. */
function atHalf(results: readonly PrunedResult['unstructured'][number][]): {
  sparsity: number;
  accuracy: number | null;
} {
  const { sparsities } = results[0];
  const nearest = nearestHalf(sparsities);
  return {
    sparsity: sparsities[nearest],
    accuracy: meanOfKnown(results.map(({ accuracy }) => accuracy[nearest])),
  };
}

/** The cost of removing the smallest entries, in one scope. @param differ difference of two arms in the accuracy left at half of them */
export function unstructuredReading(
  arms: readonly ArmResults<PrunedResult>[],
  scope: PruningScope,
  images: Sample,
  differ: Differ,
): string {
  const measured = withResults(
    arms.map((arm) => ({
      ...arm,
      results: arm.results.flatMap(({ unstructured }) =>
        unstructured.filter((curve) => curve.scope === scope && curve.sparsities.length > 0),
      ),
    })),
  );
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const names = measured.map(({ name }) => name);
  const halves = measured.map(({ results }) => atHalf(results));
  const accuracies = halves.map(({ accuracy }) => accuracy);
  const areas = measured.map(({ results }) => meanOfKnown(results.map(({ area }) => area)));
  const { sparsities } = measured[0].results[0];
  const words = PRUNING_WORDS.weightsCaption;
  const share = (sparsity: number) => grouped(100 * sparsity, 1);
  const shown = (value: number | null) => (value === null ? READING_WORDS.unknown : unbrokenPercent(value, 1));
  const left = names.map((name, i) => words.has(name, shown(accuracies[i]), i === 0));
  const level = accuracies[0] ?? NaN;
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  return sentence([
    words.removed(
      unbrokenPercent(halves[0].sparsity),
      words.entries[scope],
      listed(left),
      `${seeds}, ${sampling(level, images)}`,
    ),
    ...(halves.every(({ sparsity }) => isAboutHalf(sparsity)) ? verdicts(measured, accuracies, 'ahead', differ) : []),
    words.averaged(share(sparsities[0]), share(sparsities[sparsities.length - 1]), listed(areas.map(shown))),
  ]);
}

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0
    ? readArms(result, result.pruning, (arms) =>
        structuredReading(arms, drawnImages(result), differenceIn(result, EVERY_OTHER_KEPT)),
      )
    : '';

/** Where the masks by Shapley value are shown: that their order saw some of the images. */
export function seenCaption(result: StudyResult): string {
  const seen = imagesSeen(result);
  return seen === null ? '' : PRUNING_WORDS.seenCaption(seen, testedImages(result));
}

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? joined(
        readArms(result, result.pruning, (arms) =>
          unstructuredReading(
            arms,
            'factors',
            testSample(result),
            differenceIn(result, halfSparsityMeasure('factors')),
          ),
        ),
        result.config.analyses.pruning.scopes.includes('update')
          ? withoutDora(result, PRUNING_WORDS.updateEntries)
          : '',
      )
    : '';
