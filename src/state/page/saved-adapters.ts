/** Adapters of two runs per arm of the result that the page opens with: a study file beside it, fetched when somebody wants to try a picture. */
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import type { Preset } from '../../study/presets/preset.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { DEFAULT_SAVED, savedPresetOf } from './saved-results.ts';
import { PAGE_STATE_WORDS } from './messages.ts';

/** Path relative to the page. */
export const savedAdaptersFile = ({ id }: Preset): string => `showcase/${id}-adapters.zip`;

/** Number of runs per arm whose adapters come with the page: the first ones. */
export const SAVED_SEEDS = 2;

/** Whether adapters come with this result. */
export const hasSavedAdapters = ({ config }: Pick<StudyResult, 'config'>): boolean =>
  savedPresetOf(config) === DEFAULT_SAVED;

/** @throws Error when they cannot be fetched, or belong to another result */
export async function fetchSavedAdapters(page: string, result: StudyResult): Promise<readonly StudyFileAdapter[]> {
  const { readStudyFile } = await import('../../share/study-file/study-file-client.ts');
  const found = await readStudyFile('zip', new Blob([await neededPageFile(savedAdaptersFile(DEFAULT_SAVED), page)]));
  if (found?.kind !== 'study' || found.result.provenance.date !== result.provenance.date)
    throw new Error(PAGE_STATE_WORDS.otherAdapters);
  return found.adapters;
}
