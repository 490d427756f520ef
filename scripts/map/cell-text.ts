/** A cell of a map in a table. */
import { counted } from '../../src/core/counted.ts';
import { signedPoints } from '../../src/core/number-format.ts';
import { scopeText } from '../../src/study/readings/words.ts';
import { intervalOf, type CellDifference, type MapResult } from '../../src/study/map/map-result.ts';

/**
 * "+3.9 ± 3.3": difference and half of its 95 % interval in points. Where runs are missing, or the interval says nothing of other seeds or images, that stands
 * beside it: its width cannot be compared with those of other cells.
 */
export function differenceCell({ config: { study } }: MapResult, difference: CellDifference): string {
  const { mean, high, seeds, scope } = difference;
  const half = high === null ? '' : ` ± ${(100 * (high - mean)).toFixed(1)}`;
  const isWhole = seeds === study.seeds.length && scope === 'seeds and images';
  const remark = isWhole
    ? ''
    : ` (${[counted(seeds, 'seed'), scopeText(intervalOf(difference))].filter(Boolean).join(', ')})`;
  return `${signedPoints(mean)}${half}${remark}`;
}
