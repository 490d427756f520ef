/** What every coalition of a saved study is worth: a file beside its result, fetched when somebody prunes by hand. */
import { readCoalitions, type CoalitionAccuracies } from '../../study/analyses/shapley/coalition-file.ts';
import type { Preset } from '../../study/presets/preset.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { DEFAULT_SAVED, savedPresetOf } from './saved-results.ts';

/** Where it lies, from the page. */
export const savedCoalitionsFile = ({ id }: Preset): string => `showcase/${id}-coalitions.json`;

/** Empty when this build has none, or one of another result. */
export async function fetchSavedCoalitions(page: string, result: StudyResult): Promise<CoalitionAccuracies[]> {
  try {
    const preset = savedPresetOf(result.config) ?? DEFAULT_SAVED;
    const response = await fetch(new URL(savedCoalitionsFile(preset), page));
    if (!response.ok) return [];
    const found = readCoalitions(await response.json());
    return found?.date === result.provenance.date ? found.runs : [];
  } catch {
    return [];
  }
}
