/** MapResult: a map and the cells that are done, with the difference between the two arms in every measure. Small: no curves, no answers. */
import * as v from 'valibot';
import { clearSide } from '../../copra/seed-differences.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { sameJson } from '../../core/same-json.ts';
import { count, finite, labelText } from '../result/measured.ts';
import type { Measure } from '../result/measures/measure.ts';
import { StudyResultSchema } from '../result/result.ts';
import { cellsOf, samePlace, type CellPlace, type MapCell } from './cells.ts';
import { MapValueSchema, StoredMapConfigSchema, type MapConfig } from './map-config.ts';
import { MAP_CHECKS } from './words.ts';

/** JSON has no NaN: null where an interval cannot be computed. */
const bound = v.nullable(finite);

const CellDifferenceSchema = v.object({
  /** Id of a measure (study/result/measures). */
  measure: labelText,
  /** Other arm − baseline, paired by seed, and its 95 % interval. */
  mean: finite,
  low: bound,
  high: bound,
  seeds: count,
  images: v.nullable(count),
  /** How many motifs these show. Absent where nobody knows, as in cells of earlier versions: each image then counts as its own. */
  motifs: v.optional(count),
  scope: v.nullable(v.picklist(['seeds and images', 'seeds', 'images'])),
  /** Means of the baseline and of the other arm over the seeds that both have. */
  arms: v.tuple([finite, finite]),
});
export type CellDifference = v.InferOutput<typeof CellDifferenceSchema>;

const CellResultSchema = v.object({
  x: MapValueSchema,
  y: MapValueSchema,
  provenance: StudyResultSchema.entries.provenance,
  /** Runs of the baseline and of the other arm that diverged. */
  diverged: v.tuple([count, count]),
  /** Measures that both arms have. */
  differences: v.array(CellDifferenceSchema),
});
export type CellResult = v.InferOutput<typeof CellResultSchema>;

export const MapResultSchema = v.pipe(
  v.object({
    version: v.literal(1),
    config: StoredMapConfigSchema,
    /** In the order of the map's cells; those not done are missing. */
    cells: v.array(CellResultSchema),
  }),
  v.check(
    ({ config, cells }) => cells.every((cell) => cellsOf(config).some((place) => samePlace(place, cell))),
    () => MAP_CHECKS.cellOutside,
  ),
  v.check(
    ({ cells }) => cells.every((cell, i) => cells.findIndex((other) => samePlace(other, cell)) === i),
    () => MAP_CHECKS.cellTwice,
  ),
);
export type MapResult = v.InferOutput<typeof MapResultSchema>;

export const emptyMap = (config: MapConfig): MapResult => ({ version: 1, config, cells: [] });

export const cellAt = ({ cells }: MapResult, place: CellPlace): CellResult | null =>
  cells.find((cell) => samePlace(cell, place)) ?? null;

export const missingCells = (map: MapResult): MapCell[] =>
  cellsOf(map.config).filter((cell) => cellAt(map, cell) === null);

/** The map with a further cell, or with another result of one it had. */
export const withCell = (map: MapResult, cell: CellResult): MapResult => ({
  ...map,
  cells: cellsOf(map.config).flatMap((place) => (samePlace(place, cell) ? cell : (cellAt(map, place) ?? []))),
});

/**
 * Both maps' cells; of a cell that both have, that of `map`.
 * @throws RangeError when they are of different maps
 */
export function unitedMaps(map: MapResult, other: MapResult): MapResult {
  if (!sameJson(map.config, other.config)) throw new RangeError(MAP_CHECKS.otherMap);
  return map.cells.reduce(withCell, other);
}

/** The difference in a measure; null where the cell has none. */
export const differenceAt = (cell: CellResult | null, measure: string): CellDifference | null =>
  cell?.differences.find((difference) => difference.measure === measure) ?? null;

export const intervalOf = ({ mean, low, high, seeds, images, scope }: CellDifference): ScopedInterval => ({
  mean,
  low: low ?? NaN,
  high: high ?? NaN,
  seeds,
  images,
  scope,
});

/** 1 where the other arm is clearly better, −1 where the baseline is, 0 where the 95 % interval contains 0; null from too few seeds. */
export function betterArm(
  difference: CellDifference,
  { lowerIsBetter }: Pick<Measure, 'lowerIsBetter'>,
): -1 | 0 | 1 | null {
  const side = clearSide(intervalOf(difference));
  if (side === null || side === 0) return side;
  return side > 0 === lowerIsBetter ? -1 : 1;
}
