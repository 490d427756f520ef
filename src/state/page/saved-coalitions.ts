/** Accuracies of every coalition of a saved study: a file beside its result, fetched for pruning by hand. */
import { pageJson } from '../../platform/page-file.ts';
import { readCoalitions, type CoalitionAccuracies } from '../../study/analyses/shapley/coalition-file.ts';
import type { Preset } from '../../study/presets/preset.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { DEFAULT_SAVED, savedPresetOf } from './saved-results.ts';

/** Path relative to the page. */
export const savedCoalitionsFile = ({ id }: Preset): string => `showcase/${id}-coalitions.json`;

/** Empty when this build has no such file, or it belongs to another result. */
export async function fetchSavedCoalitions(page: string, result: StudyResult): Promise<CoalitionAccuracies[]> {
  try {
    const preset = savedPresetOf(result.config) ?? DEFAULT_SAVED;
    const found = readCoalitions(await pageJson(savedCoalitionsFile(preset), page));
    return found?.date === result.provenance.date ? found.runs : [];
  } catch {
    return [];
  }
}
