/** A cell of a map in a table. */
import { counted } from '../../src/core/counted.ts';
import { signedPoints } from '../../src/core/number-format.ts';
import { scopeText } from '../../src/study/readings/words.ts';
import { clearSide } from '../../src/copra/seed-differences.ts';
import type { CellPlace } from '../../src/study/map/cells.ts';
import {
  cellAt,
  differenceAt,
  intervalOf,
  type CellDifference,
  type MapResult,
} from '../../src/study/map/map-result.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';

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

/** "**+3.9 ± 3.3**": bold where the interval leaves out 0, a dash where there is no difference. */
export function markdownCell(map: MapResult, place: CellPlace, { id }: Pick<Measure, 'id'>): string {
  const difference = differenceAt(cellAt(map, place), id);
  if (!difference) return '–';
  const text = differenceCell(map, difference);
  return clearSide(intervalOf(difference)) ? `**${text}**` : text;
}
