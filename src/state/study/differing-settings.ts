/** Names the settings in which studies differ, with the page's labels. */
import { configRows } from '../../share/config/config-rows.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { STUDY_STATE_WORDS } from './messages.ts';

/**
 * Labels of all settings except seeds that differ between the studies; empty if they differ in seeds only. If an analysis is off in some of them,
 * only the analysis is named.
 */
export function differingSettings(configs: readonly StudyConfig[]): string[] {
  const rows = configs.map((config) => {
    const { study, arms } = configRows(config);
    const own = study.filter(({ label }) => label !== 'Seeds').map(({ label, value }) => [label, value] as const);
    const ofArms = arms.map(({ label, values }) => [label, values.join(' / ')] as const);
    return new Map([...own, ...ofArms]);
  });
  const labels = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return labels.filter((label) => new Set(rows.flatMap((row) => row.get(label) ?? [])).size > 1);
}

const MAX_NAMED = 6;
/** "A, B and 3 more" */
export const listedSettings = (labels: readonly string[]): string =>
  STUDY_STATE_WORDS.settings(labels.slice(0, MAX_NAMED), Math.max(0, labels.length - MAX_NAMED));
