/** A sweep: a study whose arms, method by method, differ in one setting. */
import { compact } from '../../core/number-format.ts';
import { methodOf } from '../../copra/methods/registry.ts';
import { completeArm, type ArmConfig, type CompleteArm } from './config.ts';
import { ARM_ROWS, reads, type ARM_SETTINGS, type ArmSettingKey } from './settings/arm.ts';
import { inSentence, type Row } from './settings/rows.ts';
import { inEnglish } from '../../core/language/catalogue.ts';

type Table = typeof ARM_SETTINGS;
export type SweepKey = { [K in keyof Table]: Table[K]['kind'] extends 'number' | 'choice' ? K : never }[keyof Table];
export type SweepValue = number | string;

export interface SweepSetting {
  readonly key: SweepKey;
  readonly label: string;
  /** In names of arms, which stay in English. */
  readonly short: string;
  readonly scale: 'log' | 'linear' | 'names';
  /** The lowest and the highest number it can be; null for names. */
  readonly limits: readonly [number, number] | null;
  /** Suggested values of the setting, given the arm's own. */
  readonly suggested: (own: SweepValue) => readonly SweepValue[];
}

/** Below this many values the arms are compared one by one. */
const MIN_VALUES = 3;

/** Its label is the row's, in the spoken language. */
const labelled = (row: Row, setting: Omit<SweepSetting, 'label'>): SweepSetting => ({
  ...setting,
  get label() {
    return row.label;
  },
});

function sweepSetting(key: ArmSettingKey, row: Row): SweepSetting[] {
  const named = { key: key as SweepKey, short: inEnglish(() => row.short ?? inSentence(row.label)) };
  if (row.kind === 'number' && row.sweep) {
    const { scale, values } = row.sweep;
    const limits = [row.min, row.max] as const;
    return [labelled(row, { ...named, scale, limits, suggested: (own) => values(Number(own)) })];
  }
  const names = row.kind === 'choice' ? Object.keys(row.options) : [];
  return names.length < MIN_VALUES
    ? []
    : [labelled(row, { ...named, scale: 'names', limits: null, suggested: () => names })];
}

export const SWEEP_SETTINGS: readonly SweepSetting[] = ARM_ROWS.flatMap(([key, row]) => sweepSetting(key, row));

export interface SweptMethod {
  readonly method: ArmConfig['method'];
  /** Display name of the method. */
  readonly name: string;
  /** In the order of the values. A single arm with value null: it does not read the setting, so it is the same at every value. */
  readonly arms: readonly { readonly id: string; readonly value: SweepValue | null }[];
}

export interface Sweep {
  readonly setting: SweepSetting;
  /** All values of the setting: numbers ascending, names in the order of the arms. */
  readonly values: readonly SweepValue[];
  readonly methods: readonly SweptMethod[];
}

/** Settings in which arms of one method differ, where both read them. */
const differences = (arms: readonly CompleteArm[]): ArmSettingKey[] =>
  ARM_ROWS.map(([key]) => key).filter((key) => {
    const values = arms.filter((arm) => reads(key, arm)).map((arm) => JSON.stringify(arm[key]));
    return new Set(values).size > 1;
  });

function sortedValues(values: readonly SweepValue[]): SweepValue[] {
  const distinct = [...new Set(values)];
  return distinct.every((value) => typeof value === 'number') ? distinct.sort((a, b) => a - b) : distinct;
}

/**
 * The sweep that a study represents, or null. Arms are grouped by method. The arms of a method differ in one setting, the same in every method, and all take
 * different values of it; there are at least three values over all methods. A method with a single arm joins at its value, or as a constant if the setting has no
 * effect in it.
 */
export function sweepOf({ arms }: { readonly arms: readonly ArmConfig[] }): Sweep | null {
  const known = SWEEPS.get(arms);
  if (known !== undefined) return known;
  const sweep = sweepOfArms(arms.map(completeArm));
  SWEEPS.set(arms, sweep);
  return sweep;
}

/** By their list of arms: writing a link asks for that of one study again and again. */
const SWEEPS = new WeakMap<readonly ArmConfig[], Sweep | null>();

function sweepOfArms(arms: readonly CompleteArm[]): Sweep | null {
  const methods = [...new Set(arms.map(({ method }) => method))];
  const groups = methods.map((method) => arms.filter((arm) => arm.method === method));
  const differing = groups.filter((group) => group.length > 1).map(differences);
  if (differing.length === 0 || differing.some((keys) => keys.length !== 1)) return null;
  const [[key]] = differing;
  const setting = SWEEP_SETTINGS.find((candidate) => candidate.key === key);
  if (!setting || differing.some(([other]) => other !== key)) return null;
  const reading = groups.flat().filter((arm) => reads(setting.key, arm));
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
      const value = (arm: CompleteArm): SweepValue | null => (reads(setting.key, arm) ? arm[setting.key] : null);
      const place = (arm: CompleteArm) => values.indexOf(arm[setting.key]);
      return {
        method,
        name: methodOf(method).label,
        arms: group.toSorted((a, b) => place(a) - place(b)).map((arm) => ({ id: arm.id, value: value(arm) })),
      };
    }),
  };
}

export const sweepValueText = (value: SweepValue): string => (typeof value === 'string' ? value : compact(value));

/** The same with a point in every language: in names of arms, and in the field where values are typed. */
export const writtenSweepValue = (value: SweepValue): string => inEnglish(() => sweepValueText(value));

/** The arms at one value of the setting, and those that do not read it. */
export const armsAt = ({ methods }: Sweep, value: SweepValue): Set<string> =>
  new Set(
    methods.flatMap(({ arms }) => arms.filter((arm) => arm.value === value || arm.value === null).map(({ id }) => id)),
  );

/** The value in the middle of the sweep, shown until the user chooses. */
export const middleValue = ({ values }: Sweep): SweepValue => values[(values.length - 1) >> 1];
