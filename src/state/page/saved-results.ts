/** Results shipped with the page, computed by the headless runner, at most one per preset. */
import { asError, errorText } from '../../core/error-text.ts';
import { neededPageJson } from '../../platform/page-file.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { isSameStudy } from '../study/config-changes.ts';
import { isUntouched, keepNewError, replaceShown, showResult, type StudyStores } from '../study/replace-shown.ts';
import { NOTHING_SHOWN } from '../study/shown.ts';
import { whileComing } from '../study/study-store.ts';
import { PAGE_STATE_WORDS } from './messages.ts';

/** The result shown by default. */
export const DEFAULT_SAVED = fewShots;

/** Path of a preset's saved result, relative to the page. */
export const savedResultFile = ({ id }: Preset): string => `showcase/${id}.json`;

/** The preset whose saved result has these settings. */
export const savedPresetOf = (config: StudyConfig): Preset | null =>
  PRESETS.find((preset) => preset.saved && isSameStudy(preset.config, config)) ?? null;

/** @throws Error in words when it cannot be fetched, or read by this version */
export async function fetchSavedResult(page: string, preset: Preset): Promise<StudyResult> {
  const saved = await neededPageJson(StudyResultSchema, savedResultFile(preset), page);
  // Reuses the page's settings object when equal, to avoid a redraw.
  return isSameStudy(saved.config, preset.config) ? { ...saved, config: preset.config } : saved;
}

interface Showing {
  /** Resolves once the page is rendered and may change. */
  readonly rendered?: Promise<void>;
  /** Settings beside the result, in place of its own. */
  readonly settings?: StudyConfig | null;
}

/** Shows the saved result of a preset, or says why it cannot, unless something was run, opened or set while the file was loading. */
export async function showSaved(
  stores: StudyStores,
  page: string,
  preset: Preset,
  { rendered, settings }: Showing = {},
): Promise<void> {
  const { study } = stores;
  const before = study.getState();
  return whileComing(study, async () => {
    const saved = await fetchSavedResult(page, preset).catch(asError);
    await rendered;
    const now = study.getState();
    if (now.status !== 'idle' || !isUntouched(before, now)) return;
    if (saved instanceof Error) {
      study.setState({ error: () => PAGE_STATE_WORDS.savedNotShown(errorText(saved)) });
      return;
    }
    showResult(stores, saved, 'saved');
    keepNewError(study, before, now);
    if (settings) study.setState({ config: settings });
  });
}

/** Applies the settings of a preset, and shows their saved result, if there is one, unless that would discard the reader's own result. */
export async function chooseSettings(stores: StudyStores, page: string, config: StudyConfig): Promise<void> {
  stores.study.setState({ config, readOnly: false });
  const { source } = stores.study.getState();
  const preset = savedPresetOf(config);
  if (preset && (source === 'saved' || source === 'none')) await showSaved(stores, page, preset);
}

/**
 * Returns from a link, a broken link or an own result to a saved result. A study that runs stays.
 * @param preset absent: that of the current settings, if any
 */
export async function reopenSaved(
  stores: StudyStores,
  page: string,
  preset: Preset = savedPresetOf(stores.study.getState().config) ?? DEFAULT_SAVED,
): Promise<void> {
  if (stores.study.getState().status !== 'idle') return;
  replaceShown(stores, NOTHING_SHOWN);
  await showSaved(stores, page, preset);
}
