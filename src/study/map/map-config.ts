/** MapConfig: a study and two of its settings with the values that each takes. Every pair of values is a cell. Plain, versioned JSON. */
import * as v from 'valibot';
import { methodOf } from '../../copra/methods/registry.ts';
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

/** Also of maps that were computed before one was refused whose cells are the same. */
export const StoredMapConfigSchema = v.pipe(
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
export type MapConfig = v.InferOutput<typeof StoredMapConfigSchema>;

/** Why the cells along an axis would be the same, and what to do; null where in some of them its setting has an effect. */
function noEffect({ study }: MapConfig, axis: MapConfig['x'], other: MapConfig['x']): string | null {
  const setting = mapSetting(axis.setting);
  const across = mapSetting(other.setting);
  const lacking = other.values.map((value) => setting.lacking(across.withValue(study, value)));
  const [first] = lacking;
  if (first === null || lacking.includes(null)) return null;
  const methods = [...new Set(study.arms.map(({ method }) => methodOf(method).label))];
  return MAP_CHECKS.noEffect(setting.row.label, axis.setting, methods, first);
}

/** The first axis along which nothing changes. */
const idle = (config: MapConfig): string | null =>
  noEffect(config, config.x, config.y) ?? noEffect(config, config.y, config.x);

export const MapConfigSchema = v.pipe(
  StoredMapConfigSchema,
  v.check(
    (config) => idle(config) === null,
    ({ input }) => idle(input) ?? '',
  ),
);
