/** All settings of a study as rows of two tables, for readers. */
import type { StudyConfig } from '../../study/config/config.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt } from './config-keys.ts';

export interface ConfigRows {
  readonly study: readonly { readonly label: string; readonly value: string }[];
  readonly arms: readonly { readonly label: string; readonly values: readonly string[] }[];
}

export function configRows(config: StudyConfig): ConfigRows {
  const study = STUDY_KEYS.map((key) => ({ label: key.label, value: key.show(valueAt(config, key)) }));
  const arms = ARM_KEYS.filter(({ key }) => key !== 'name').map((key) => ({
    label: key.label,
    values: config.arms.map((arm) => key.show(valueAt(arm, key))),
  }));
  return { study, arms };
}
