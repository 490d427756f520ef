/** The cells of a map: one study for every pair of values. */
import type { StudyConfig } from '../config/config.ts';
import type { MapConfig } from './map-config.ts';
import { mapSetting, type MapValue } from './map-settings.ts';

/** Where a cell lies: its values of the two settings. */
export interface CellPlace {
  readonly x: MapValue;
  readonly y: MapValue;
}

export interface MapCell extends CellPlace {
  readonly config: StudyConfig;
}

export const samePlace = (a: CellPlace, b: CellPlace): boolean => a.x === b.x && a.y === b.y;

/** Row by row, from the lowest values to the highest. */
export function cellsOf({ study, x, y }: MapConfig): MapCell[] {
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  return y.values.flatMap((yValue) =>
    x.values.map((xValue) => ({
      x: xValue,
      y: yValue,
      config: across.withValue(upwards.withValue(study, yValue), xValue),
    })),
  );
}
