/** All settings of a study as rows of two tables, for readers. */
import type { StudyConfig } from '../study/config.ts';
import { ARM_KEYS, STUDY_KEYS } from './config-keys.ts';
import { isObject, type Value } from './value-codec.ts';

export interface ConfigRows {
  readonly study: readonly { readonly label: string; readonly value: string }[];
  readonly arms: readonly { readonly label: string; readonly values: readonly string[] }[];
}

const read = (group: Value, path: readonly string[]): Value =>
  path.reduce<Value>((value, step) => (isObject(value) ? (value[step] ?? null) : null), group);

export function configRows(config: StudyConfig): ConfigRows {
  const study = STUDY_KEYS.map(({ label, path, kind }) => ({ label, value: kind.print(read(config, path)) }));
  const arms = ARM_KEYS.filter(({ key }) => key !== 'name').map(({ label, path, kind }) => ({
    label,
    values: config.arms.map((arm) => kind.print(read(arm, path))),
  }));
  return { study, arms };
}
