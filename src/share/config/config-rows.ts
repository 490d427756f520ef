/** All settings of a study as rows of two tables, for readers. An analysis that is off has only its switch. */
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt, type Key } from './config-keys.ts';

export interface ConfigRows {
  readonly study: readonly { readonly label: string; readonly value: string }[];
  readonly arms: readonly { readonly label: string; readonly values: readonly string[] }[];
}

function counts({ path }: Key, { analyses }: StudyConfig): boolean {
  const [, id, setting] = path;
  return path[0] !== 'analyses' || !setting || setting === 'enabled' || (analyses[id as AnalysisId]?.enabled ?? false);
}

export function configRows(config: StudyConfig): ConfigRows {
  const study = STUDY_KEYS.filter((key) => counts(key, config)).map((key) => ({
    label: key.label,
    value: key.show(valueAt(config, key)),
  }));
  const arms = ARM_KEYS.filter(({ key }) => key !== 'name').map((key) => ({
    label: key.label,
    values: config.arms.map((arm) => key.show(valueAt(arm, key))),
  }));
  return { study, arms };
}
