/** What a map over draws of the training images says of other draws. All seeds of a study train on the same images, so no interval of a cell holds others. */
import { meanInterval, type Interval } from '../../core/statistics.ts';
import { STUDY_SETTINGS } from '../config/settings/study.ts';
import type { CellPlace } from './cells.ts';
import { cellAt, differenceAt, type MapResult } from './map-result.ts';
import type { MapConfig } from './map-config.ts';
import type { MapValue } from './map-settings.ts';

export interface OverDraws {
  /** Of the setting that is not the draw. */
  readonly value: MapValue;
  /** Mean of other − baseline over draws and its 95 % t interval, for the study's seeds and test images; of two draws or more. */
  readonly interval: Interval;
}

/** Which axis has the draws, if one does. */
export const drawAxis = ({ x, y }: Pick<MapConfig, 'x' | 'y'>): 'x' | 'y' | null =>
  x.setting === STUDY_SETTINGS.draw.query ? 'x' : y.setting === STUDY_SETTINGS.draw.query ? 'y' : null;

/**
 * For every value of the other setting, in its order. A draw counts whose cell has the measure of as many seeds as any: the mean of fewer spreads more.
 * Empty where no axis has draws.
 */
export function overDraws(map: MapResult, measure: string): OverDraws[] {
  const { config } = map;
  const axis = drawAxis(config);
  if (!axis) return [];
  const place = (draw: MapValue, value: MapValue): CellPlace =>
    axis === 'x' ? { x: draw, y: value } : { x: value, y: draw };
  return config[axis === 'x' ? 'y' : 'x'].values.flatMap((value) => {
    const found = config[axis].values.flatMap((draw) => differenceAt(cellAt(map, place(draw, value)), measure) ?? []);
    const most = Math.max(...found.map(({ seeds }) => seeds));
    const whole = found.filter(({ seeds }) => seeds === most);
    return whole.length > 1 ? [{ value, interval: meanInterval(whole.map(({ mean }) => mean)) }] : [];
  });
}
