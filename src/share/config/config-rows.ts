/** All settings of a study as rows of two tables, for readers. An analysis that is off has only its switch. */
import type { AnalysisId, StudyConfig } from '../../study/config/config.ts';
import { ARM_KEYS, STUDY_KEYS, valueAt, type Key } from './config-keys.ts';
import { CONFIG_WORDS } from './messages.ts';

export interface ConfigRows {
  readonly study: readonly { readonly label: string; readonly value: string }[];
  readonly arms: readonly { readonly label: string; readonly values: readonly string[] }[];
}

function counts({ path }: Key, { analyses }: StudyConfig): boolean {
  const [, id, setting] = path;
  return path[0] !== 'analyses' || !setting || setting === 'enabled' || (analyses[id as AnalysisId]?.enabled ?? false);
}

/** Settings that an adapter itself has, whatever its files say of its training. */
const OF_ADAPTER = ['rank', 'alpha', 'projections', 'towers', 'dora'];
const OF_SIZE = ['rank', 'alpha'];

/** Whether a setting of an evaluated adapter is filled in for want of a known one. */
function isUnknown({ path: [setting] }: Key, arm: string, { evaluated }: StudyConfig): boolean {
  if (!evaluated) return false;
  return OF_SIZE.includes(setting)
    ? evaluated.beyond.includes(arm)
    : evaluated.untold.includes(arm) && !OF_ADAPTER.includes(setting);
}

/** How adapters were trained is no setting of their evaluation. */
const isOfTraining = ({ path: [first] }: Key): boolean => ['training', 'seeds', 'shots', 'draw'].includes(first);

/** @returns a row per setting of the study, and one per setting of its arms with a value for each arm */
export function configRows(config: StudyConfig): ConfigRows {
  const study = STUDY_KEYS.filter((key) => counts(key, config) && !(config.evaluated && isOfTraining(key))).map(
    (key) => ({ label: key.label, value: key.show(valueAt(config, key)) }),
  );
  const arms = ARM_KEYS.filter(({ key }) => key !== 'name').map((key) => ({
    label: key.label,
    values: config.arms.map((arm) =>
      isUnknown(key, arm.id, config) ? CONFIG_WORDS.unknown : key.show(valueAt(arm, key)),
    ),
  }));
  return { study, arms };
}
