/** The sentence under the paths between two seeds. Empty while there is nothing to read. */
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { barrierMeasure } from '../../../study/result/measures/paths.ts';
import { drawnImages } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { lowerStart } from '../../../state/summary/findings.ts';
import { FINDING_WORDS } from '../../../state/summary/messages.ts';
import { toldOf, type Told } from '../../results/told-of.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { listed } from '../../../core/listed.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { asPoints, meanOfKnown, points } from '../../../study/readings/numbers.ts';
import {
  countedEach,
  gainsKept,
  keptGain,
  sentence,
  testImages,
  verdicts,
  withResults,
} from '../../../study/readings/words.ts';
import type { ArmResults, Differ } from '../../../study/readings/words.ts';
import type { Drawn } from '../../../core/clusters.ts';
import { LANDSCAPE_WORDS } from './messages.ts';

export interface PathResult {
  readonly path: 'factor' | 'product';
  readonly accuracy: readonly number[];
  readonly barrierAccuracy: number;
  readonly midpointRetainedGain: number | null;
  /** The same path on training images. */
  readonly train?: { readonly barrierAccuracy: number; readonly images: number };
}

/**
 * Reading of one path between pairs of seeds: the gain kept at the midpoint, and the barrier.
 * @param differ difference of two arms in the barrier
 * @param alignment of the factors, by which the results were chosen
 */
export function landscapeReading(
  arms: readonly ArmResults<PathResult>[],
  path: PathResult['path'],
  images: Drawn,
  differ: Differ,
  alignment?: keyof typeof LANDSCAPE_WORDS.caption.aligned,
): string {
  const measured = withResults(
    arms.map((arm) => ({ ...arm, results: arm.results.filter((result) => result.path === path) })),
  );
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const words = LANDSCAPE_WORDS.caption;
  const names = measured.map(({ name }) => name);
  const kept = measured.map(({ results }) => keptGain(results.map((result) => result.midpointRetainedGain)));
  const barriers = measured.map(({ results }) => meanOfKnown(results.map((result) => result.barrierAccuracy)));
  const depths = barriers.map((depth) => (depth === null ? READING_WORDS.unknown : points(depth)));
  const pairs = countedEach(
    measured.map(({ results }) => results.length),
    'seed pair',
  );
  return sentence([
    words.midpoint(
      `${words.paths[path]}${alignment ? words.aligned[alignment] : ''}`,
      gainsKept(names, kept, 'pair'),
      `${pairs}, ${testImages(images)}`,
    ),
    words.barriers(listed(depths), depths.length, measured[0].results[0].accuracy.length),
    ...trainBarriers(measured),
    ...verdicts(measured, barriers, 'higher', differ),
  ]);
}

/** The barriers on training images, if all paths were measured on them. */
function trainBarriers(arms: readonly ArmResults<PathResult>[]): string[] {
  const trained = arms.map(({ results }) => results.flatMap(({ train }) => train ?? []));
  if (trained.some((list, i) => list.length < arms[i].results.length)) return [];
  const depths = trained.map((list) => points(meanOfKnown(list.map(({ barrierAccuracy }) => barrierAccuracy)) ?? NaN));
  return [LANDSCAPE_WORDS.caption.onTraining(trained[0][0].images, listed(depths))];
}

/** Of the two arms that the first screen compares, in their barriers. */
export function landscapeTold(result: StudyResult, alignment?: LandscapeResult['alignment']): Told {
  const told = toldOf(result, FINDING_WORDS.comparisons.average, barrierMeasure('factor', alignment), asPoints(1));
  const start = alignment ? null : lowerStart(result);
  return start === null ? told : { ...told, message: start };
}

export function landscapeCaption(result: StudyResult, alignment?: LandscapeResult['alignment']): string {
  const chosen = result.landscape.filter((entry) => entry.alignment === alignment);
  if (chosen.length === 0) return '';
  return joined(
    readArms(result, chosen, (arms) =>
      landscapeReading(
        arms,
        'factor',
        drawnImages(result),
        differenceIn(result, barrierMeasure('factor', alignment)),
        alignment,
      ),
    ),
    result.config.analyses.landscape.paths.includes('product') ? withoutDora(result, LANDSCAPE_WORDS.productPath) : '',
  );
}
