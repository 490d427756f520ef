/** What the midpoint of a path loses and wins (analyses/landscape/halfway.ts), as measures of a study. */
import { byMotif } from '../../../core/clusters.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { allRightAlong, halfwayOf } from '../../analyses/landscape/halfway.ts';
import type { LandscapeResult } from '../../analyses/landscape/result.ts';
import { listedMotifs } from '../motifs.ts';
import { landscapesOf } from '../of-arm.ts';
import type { StudyResult } from '../result.ts';
import { testedImages } from '../tested-images.ts';
import type { Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { drawnImages } from './sample.ts';

type Side = 'lost' | 'won';
type Path = LandscapeResult['path'];

/**
 * A ratio of two counts of images, changed / base. Its influence function is value + (changed − value · base) / share of base, of each image. An answer at λ = ½
 * that is another one changes the ratio by 1 / base; what changes at the ends is of the same size and left out of the sensitivity.
 */
function ratio(result: StudyResult, path: LandscapeResult, side: Side): SeedValue[] {
  const tested = testedImages(result);
  const counts = halfwayOf(path, tested);
  if (!counts) return [];
  const base = side === 'lost' ? counts.both : counts.neither;
  if (base === 0) return [];
  const value = counts[side] / base;
  const sensitivity = (tested / base) ** 2 / 2;
  const all = allRightAlong(path, tested);
  if (!all) return [{ seeds: path.seeds, value, sensitivity }];
  const [first, last, half] = [all[0], all[all.length - 1], all[path.lambdas.indexOf(0.5)]];
  const end = side === 'lost' ? 1 : 0;
  const byImage = Float64Array.from(first, (right, i) => {
    const inBase = right === end && last[i] === end;
    return inBase ? value + (tested / base) * (Number(half[i] !== end) - value) : value;
  });
  return [{ seeds: path.seeds, value, sensitivity, byMotif: byMotif(byImage, listedMotifs(result.task.motifs)) }];
}

export const halfwayMeasure = (side: Side, path: Path, alignment?: LandscapeResult['alignment']): Measure => ({
  id: [side, 'half-way', path, ...(alignment ? [alignment] : [])].join(' '),
  get name() {
    return MEASURE_WORDS.paths[side](path, alignment);
  },
  unit: 'pair of seeds',
  lowerIsBetter: side === 'lost',
  sample: drawnImages,
  values: (result, arm) => landscapesOf(result, arm, path, alignment).flatMap((entry) => ratio(result, entry, side)),
});

/** Those that the page shows of the answers to single pictures. */
export const HALFWAY_MEASURES: readonly Measure[] = (['factor', 'product'] as const).flatMap((path) =>
  (['lost', 'won'] as const).map((side) => halfwayMeasure(side, path)),
);
