/** The settings that a map can vary: the numeric rows of the settings of a study, its training and its arms. */
import type { StudyConfig } from '../config/config.ts';
import { ARM_ROWS, matters, type ArmSettingKey } from '../config/settings/arm.ts';
import { SETTING_VALUES } from '../config/settings/messages.ts';
import { inSentence, type LimitRow, type NumberRow, type Row } from '../config/settings/rows.ts';
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
}

/** Sets a value at a key of a group; the schema of a map has checked both. */
const put = <T extends object>(group: T, key: string, value: MapValue): T => ({ ...group, [key]: value });

/** @param withValue given the key of the row */
const settingsOf = (
  rows: readonly (readonly [string, Row])[],
  withValue: (key: string) => MapSetting['withValue'],
): MapSetting[] =>
  rows.flatMap(([key, row]) =>
    row.kind === 'number' || row.kind === 'limit' ? [{ row, withValue: withValue(key) }] : [],
  );

export const MAP_SETTINGS: readonly MapSetting[] = [
  ...settingsOf(STUDY_ROWS, (key) => (config, value) => put(config, key, value)),
  ...settingsOf(TRAINING_ROWS, (key) => (config, value) => ({
    ...config,
    training: put(config.training, key, value),
  })),
  ...settingsOf(ARM_ROWS, (key) => (config, value) => ({
    ...config,
    arms: config.arms.map((arm) => (matters(key as ArmSettingKey, arm.method) ? put(arm, key, value) : arm)),
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
