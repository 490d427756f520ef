/** A sweep: a study whose arms, method by method, differ in one setting. */
import { compact } from '../core/compact-number.ts';
import { methodOf } from '../copra/methods/registry.ts';
import type { ArmConfig } from './config.ts';
import { subCloud } from '../copra/geometry/distances.ts';
import type { GeometryResult } from './analyses/geometry/result.ts';
import type { StudyResult } from './result.ts';

export const SWEEP_SETTINGS = [
  { key: 'learningRate', label: 'Learning rate', short: 'lr', scale: 'log' },
  { key: 'rank', label: 'Rank r', short: 'r', scale: 'log' },
  { key: 'alpha', label: 'Alpha α', short: 'α', scale: 'log' },
  { key: 'weightDecay', label: 'Weight decay', short: 'decay', scale: 'linear' },
  { key: 'p0', label: 'Start p₀', short: 'p₀', scale: 'linear' },
  { key: 'rampFraction', label: 'Ramp share', short: 'ramp', scale: 'linear' },
  { key: 'schedule', label: 'Shape of the ramp', short: 'ramp', scale: 'names' },
  { key: 'keepProbability', label: 'Keep p', short: 'p', scale: 'linear' },
  { key: 'inputDropout', label: 'Input dropout', short: 'dropout', scale: 'linear' },
] as const;

export type SweepSetting = (typeof SWEEP_SETTINGS)[number];
export type SweepKey = SweepSetting['key'];
export type SweepValue = number | string;

/** Below it the arms are compared one by one. */
const MIN_VALUES = 3;

export interface SweptMethod {
  readonly method: ArmConfig['method'];
  /** For people: the name of the method. */
  readonly name: string;
  /** In the order of the values. One arm whose value is null: the method does not read the setting, and is the same everywhere. */
  readonly arms: readonly { readonly id: string; readonly value: SweepValue | null }[];
}

export interface Sweep {
  readonly setting: SweepSetting;
  /** All values of the setting: numbers ascending, names in the order of the arms. */
  readonly values: readonly SweepValue[];
  readonly methods: readonly SweptMethod[];
}

const EVERY_METHOD = [
  'rank',
  'alpha',
  'rsLora',
  'projections',
  'towers',
  'learningRate',
  'weightDecay',
  'loraPlusRatio',
  'dora',
] as const satisfies readonly (keyof ArmConfig)[];

/** The settings that have an effect on arms of a method. */
function settingsOf(method: ArmConfig['method']): readonly (keyof ArmConfig)[] {
  return [...EVERY_METHOD, ...methodOf(method).settings];
}

/** Whether arms of the method depend on the setting at all. */
export const readsSetting = (method: ArmConfig['method'], key: SweepKey): boolean => settingsOf(method).includes(key);

/** Settings in which arms of one method differ. */
function differences(arms: readonly ArmConfig[]): (keyof ArmConfig)[] {
  return settingsOf(arms[0].method).filter((key) => new Set(arms.map((arm) => JSON.stringify(arm[key]))).size > 1);
}

function sortedValues(values: readonly SweepValue[]): SweepValue[] {
  const distinct = [...new Set(values)];
  return distinct.every((value) => typeof value === 'number') ? distinct.sort((a, b) => a - b) : distinct;
}

/**
 * The sweep that a study is, or null. Arms are grouped by method; the arms of a method differ in one setting, the same in every method, and all
 * take different values of it, at least three over all methods. A method with a single arm joins at its value, or as a constant where it
 * does not read the setting.
 */
export function sweepOf({ arms }: { readonly arms: readonly ArmConfig[] }): Sweep | null {
  const methods = [...new Set(arms.map(({ method }) => method))];
  const groups = methods.map((method) => arms.filter((arm) => arm.method === method));
  const differing = groups.filter((group) => group.length > 1).map(differences);
  if (differing.length === 0 || differing.some((keys) => keys.length !== 1)) return null;
  const [[key]] = differing;
  const setting = SWEEP_SETTINGS.find((candidate) => candidate.key === key);
  if (!setting || differing.some(([other]) => other !== key)) return null;
  const reading = groups.flatMap((group) => (readsSetting(group[0].method, setting.key) ? group : []));
  const values = sortedValues(reading.map((arm) => arm[setting.key]));
  const distinct = groups.every(
    (group) => group.length === 1 || new Set(group.map((arm) => arm[setting.key])).size === group.length,
  );
  if (values.length < MIN_VALUES || !distinct) return null;
  return {
    setting,
    values,
    methods: groups.map((group) => {
      const [{ method }] = group;
      const value = (arm: ArmConfig): SweepValue | null =>
        readsSetting(method, setting.key) ? arm[setting.key] : null;
      const place = (arm: ArmConfig) => values.indexOf(arm[setting.key]);
      return {
        method,
        name: methodOf(method).label,
        arms: group.toSorted((a, b) => place(a) - place(b)).map((arm) => ({ id: arm.id, value: value(arm) })),
      };
    }),
  };
}

export const sweepValueText = (value: SweepValue): string => (typeof value === 'string' ? value : compact(value));

/** The points that are kept, with the distances between them. */
function geometryOf(
  { points, factors, updates }: GeometryResult,
  keeps: (point: GeometryResult['points'][number]) => boolean,
): GeometryResult {
  const kept = points.flatMap((point, i) => (keeps(point) ? [i] : []));
  const of = (cloud: GeometryResult['factors']): GeometryResult['factors'] => {
    const { norms, distances } = subCloud(cloud, kept);
    return { norms: [...norms], distances: [...distances] };
  };
  return { points: kept.map((i) => points[i]), factors: of(factors), updates: of(updates) };
}

/** The part of a result at one value of the setting: what figures that compare arms can show at a time. */
export function resultAt(result: StudyResult, sweep: Sweep, value: SweepValue): StudyResult {
  const ids = new Set(
    sweep.methods.flatMap(({ arms }) =>
      arms.filter((arm) => arm.value === value || arm.value === null).map(({ id }) => id),
    ),
  );
  const kept = <T extends { readonly arm: string | null }>(list: readonly T[]): T[] =>
    list.filter(({ arm }) => arm === null || ids.has(arm));
  const { config, runs, landscape, shapley, pruning, merging, federated, multitask, planes, geometry } = result;
  return {
    ...result,
    config: { ...config, arms: config.arms.filter(({ id }) => ids.has(id)) },
    runs: kept(runs),
    landscape: kept(landscape),
    shapley: kept(shapley),
    pruning: kept(pruning),
    ...(merging && { merging: kept(merging) }),
    ...(federated && { federated: { ...federated, runs: kept(federated.runs) } }),
    ...(planes && { planes: kept(planes) }),
    ...(geometry && { geometry: geometryOf(geometry, ({ arm }) => ids.has(arm)) }),
    ...(multitask && { multitask: { ...multitask, runs: kept(multitask.runs) } }),
  };
}

/** The value of the arms in the middle of the sweep, which is shown before somebody chooses. */
export const middleValue = ({ values }: Sweep): SweepValue => values[(values.length - 1) >> 1];
