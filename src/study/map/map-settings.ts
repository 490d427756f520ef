/** The settings that a map can vary: the numeric rows of the settings of a study, its training and its arms. */
import { METHODS } from '../../copra/methods/registry.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../config/config.ts';
import { ARM_ROWS, matters, reads, switchedOnBy, type ArmSettingKey } from '../config/settings/arm.ts';
import { SETTING_VALUES } from '../config/settings/messages.ts';
import { counts, inSentence, type LimitRow, type NumberRow, type Row } from '../config/settings/rows.ts';
import { STUDY_ROWS } from '../config/settings/study.ts';
import { TRAINING_ROWS } from '../config/settings/training.ts';
import { compact } from '../../core/number-format.ts';
import { MAP_CHECKS } from './words.ts';

/** A number, or null where the setting has no limit ("all"). */
export type MapValue = number | null;

type NumericRow = NumberRow | LimitRow;

export interface MapSetting {
  readonly row: NumericRow;
  /** The study with this value in every arm, or part, that reads the setting. */
  readonly withValue: (config: StudyConfig, value: MapValue) => StudyConfig;
  /** Null where the setting has an effect in the study; otherwise what would give it one, in words. */
  readonly lacking: (config: StudyConfig) => string | null;
}

/** Sets a value at a key of a group; the schema of a map has checked both. */
const put = <T extends object>(group: T, key: string, value: MapValue): T => ({ ...group, [key]: value });

/** @param of given a row and its key */
const settingsOf = (
  rows: readonly (readonly [string, Row])[],
  of: (key: string, row: NumericRow) => Omit<MapSetting, 'row'>,
): MapSetting[] =>
  rows.flatMap(([key, row]) => (row.kind === 'number' || row.kind === 'limit' ? [{ row, ...of(key, row) }] : []));

/** What gives a setting of arms an effect in one of these: a choice that switches it on, or a method that reads it. */
function lackingIn(key: ArmSettingKey, arms: readonly ArmConfig[]): string | null {
  if (arms.some((arm) => reads(key, completeArm(arm)))) return null;
  const choice = arms.map((arm) => switchedOnBy(key, completeArm(arm))).find((found) => found !== null);
  if (choice) return MAP_CHECKS.choice(choice);
  return MAP_CHECKS.methods(METHODS.filter(({ id }) => matters(key, id)).map(({ label }) => label));
}

export const MAP_SETTINGS: readonly MapSetting[] = [
  ...settingsOf(STUDY_ROWS, (key, row) => ({
    withValue: (config, value) => put(config, key, value),
    lacking: (config) => (counts(row, config) ? null : MAP_CHECKS.otherSettings),
  })),
  ...settingsOf(TRAINING_ROWS, (key, row) => ({
    withValue: (config, value) => ({ ...config, training: put(config.training, key, value) }),
    lacking: ({ training }) => (counts(row, training) ? null : MAP_CHECKS.otherSettings),
  })),
  ...settingsOf(ARM_ROWS, (key) => ({
    withValue: (config, value) => ({
      ...config,
      arms: config.arms.map((arm) => (matters(key as ArmSettingKey, arm.method) ? put(arm, key, value) : arm)),
    }),
    lacking: ({ arms }) => lackingIn(key as ArmSettingKey, arms),
  })),
];

/** By the key of addresses. @throws RangeError for a key of no such setting */
export function mapSetting(query: string): MapSetting {
  const found = MAP_SETTINGS.find(({ row }) => row.query === query);
  if (!found) throw new RangeError(MAP_CHECKS.noMapSetting(query));
  return found;
}

/** A value in words: "16", "3e-3", "all". */
export const mapValueText = ({ row }: MapSetting, value: MapValue): string =>
  value !== null ? compact(value) : row.kind === 'limit' ? SETTING_VALUES[row.without] : '';

/** The name of a setting within a sentence. */
export const mapSettingName = ({ row }: MapSetting): string => inSentence(row.label);
