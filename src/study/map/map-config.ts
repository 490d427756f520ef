/** MapConfig: a study and two of its settings with the values that each takes. Every pair of values is a cell. Plain, versioned JSON. */
import * as v from 'valibot';
import { StudyConfigSchema } from '../config/config.ts';
import { finite } from '../config/settings/rows.ts';
import { MAP_SETTINGS, mapSetting } from './map-settings.ts';
import { MAP_CHECKS } from './words.ts';

/** Values of an axis: enough for a fine map, few enough to compute and to read. */
const MAX_VALUES = 16;

export const MapValueSchema = v.nullable(finite);

/** Null, which means no limit, comes last. */
const rises = (values: readonly (number | null)[]): boolean =>
  values.every((value, i) => i === 0 || (values[i - 1] ?? Infinity) < (value ?? Infinity));

const MapAxisSchema = v.pipe(
  v.object({
    /** Key of the setting in addresses. */
    setting: v.picklist(MAP_SETTINGS.map(({ row }) => row.query)),
    /** Rising; null, for no limit, comes last. */
    values: v.pipe(v.array(MapValueSchema), v.minLength(1), v.maxLength(MAX_VALUES)),
  }),
  v.check(
    ({ values }) => rises(values),
    () => MAP_CHECKS.axisRises,
  ),
  v.check(
    ({ setting, values }) => values.every((value) => v.is(mapSetting(setting).row.schema, value)),
    ({ input: { setting } }) => {
      const { row } = mapSetting(setting);
      return MAP_CHECKS.axisRange(setting, row.min, row.max);
    },
  ),
);

export const MapConfigSchema = v.pipe(
  v.object({
    version: v.literal(1),
    /** The study of every cell, but for the two settings. Its first arm is the baseline, its second is compared with it. */
    study: StudyConfigSchema,
    /** Across. */
    x: MapAxisSchema,
    /** Upwards. */
    y: MapAxisSchema,
  }),
  v.check(
    ({ x, y }) => x.setting !== y.setting,
    () => MAP_CHECKS.axesDiffer,
  ),
  v.check(
    ({ study }) => study.arms.length === 2,
    () => MAP_CHECKS.mapArms,
  ),
);
export type MapConfig = v.InferOutput<typeof MapConfigSchema>;
