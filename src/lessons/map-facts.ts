/** What lessons quote of a map: how many of its cells are done, and what its corners say of a measure. */
import { mean } from '../core/statistics.ts';
import { betterArm } from '../study/map/map-result.ts';
import { cellsOf } from '../study/map/cells.ts';
import { cellAt, differenceAt, type MapResult } from '../study/map/map-result.ts';
import { mapSetting, mapSettingName, mapValueText, type MapValue } from '../study/map/map-settings.ts';
import { COURSE_WORDS } from './course/messages.ts';
import type { Measure } from '../study/result/measures/measure.ts';

/** Cells of one corner that have the measure of enough seeds to compare, as the caption of the map counts them. */
interface Tally {
  readonly cells: number;
  /** Cells whose interval excludes 0, in favour of the other arm and of the baseline. */
  readonly better: number;
  readonly worse: number;
  /** Mean of other − baseline over the cells; NaN without any. */
  readonly mean: number;
}

/** Some of the cells. */
interface Part extends Tally {
  /** "learning rate 1e-3 to 3e-3, training images per class 8 to 16" */
  readonly words: string;
}

/** A column, with the mean over the cells of all others. */
interface Column extends Part {
  readonly others: Pick<Tally, 'cells' | 'mean'>;
}

export interface MapFacts {
  readonly whole: Tally;
  /** Cells that are done, whether they can be compared in the measure or not. */
  readonly done: number;
  /** A quarter of the map each; a value in the middle of an axis belongs to none. */
  readonly corners: readonly Part[];
  /** The column whose mean is farthest from 0; null where only one has the measure. */
  readonly column: Column | null;
}

interface Half {
  readonly words: string;
  readonly values: readonly MapValue[];
}

function halvesOf({ setting, values }: MapResult['config']['x']): Half[] {
  const length = Math.floor(values.length / 2);
  const named = mapSetting(setting);
  return [values.slice(0, length), values.slice(values.length - length)].map((half) => {
    const [first, last] = [half.at(0) ?? null, half.at(-1) ?? null].map((value) => mapValueText(named, value));
    const name = mapSettingName(named);
    return { words: first === last ? `${name} ${first}` : COURSE_WORDS.range(name, first, last), values: half };
  });
}

/** Null when no cell has the measure. */
export function mapFacts(map: MapResult | null, measure: Measure): MapFacts | null {
  if (!map) return null;
  const found = cellsOf(map.config).flatMap(({ x, y }) => {
    const difference = differenceAt(cellAt(map, { x, y }), measure.id);
    return difference && betterArm(difference, measure) !== null ? [{ x, y, difference }] : [];
  });
  if (found.length === 0) return null;
  const tally = (cells: typeof found): Tally => {
    const sides = cells.map(({ difference }) => betterArm(difference, measure));
    return {
      cells: cells.length,
      better: sides.filter((side) => side === 1).length,
      worse: sides.filter((side) => side === -1).length,
      mean: mean(cells.map(({ difference }) => difference.mean)),
    };
  };
  const corners = halvesOf(map.config.y).flatMap((upwards) =>
    halvesOf(map.config.x).map((across) => ({
      words: `${upwards.words}, ${across.words}`,
      ...tally(found.filter(({ x, y }) => across.values.includes(x) && upwards.values.includes(y))),
    })),
  );
  const named = mapSetting(map.config.x.setting);
  const columns = map.config.x.values
    .map((value): Column => {
      const { cells, mean } = tally(found.filter(({ x }) => x !== value));
      const words = `${mapSettingName(named)} ${mapValueText(named, value)}`;
      return { words, ...tally(found.filter(({ x }) => x === value)), others: { cells, mean } };
    })
    .filter(({ cells }) => cells > 0);
  const column =
    columns.length < 2
      ? null
      : columns.reduce((most, other) => (Math.abs(other.mean) > Math.abs(most.mean) ? other : most));
  return { whole: tally(found), done: map.cells.length, corners, column };
}
