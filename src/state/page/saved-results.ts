/** Results shipped with the page, computed by the headless runner, at most one per preset. */
import * as v from 'valibot';
import { pageJson } from '../../platform/page-file.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { isSameStudy } from '../study/config-changes.ts';
import { isUntouched, keepNewError, replaceShown, showResult, type StudyStores } from '../study/replace-shown.ts';
import { NOTHING_SHOWN } from '../study/shown.ts';
import { whileComing } from '../study/study-store.ts';

/** The result shown by default. */
export const DEFAULT_SAVED = fewShots;

/** Path of a preset's saved result, relative to the page. */
export const savedResultFile = ({ id }: Preset): string => `showcase/${id}.json`;

/** The preset whose saved result has these settings. */
export const savedPresetOf = (config: StudyConfig): Preset | null =>
  PRESETS.find((preset) => preset.saved && isSameStudy(preset.config, config)) ?? null;

/** Null when it cannot be fetched or read by this version. */
export async function fetchSavedResult(page: string, preset: Preset): Promise<StudyResult | null> {
  try {
    const parsed = v.safeParse(StudyResultSchema, await pageJson(savedResultFile(preset), page));
    if (!parsed.success) return null;
    // Reuses the page's settings object when equal, to avoid a redraw.
    const { output: saved } = parsed;
    return isSameStudy(saved.config, preset.config) ? { ...saved, config: preset.config } : saved;
  } catch {
    return null;
  }
}

interface Showing {
  /** Resolves once the page is rendered and may change. */
  readonly rendered?: Promise<void>;
  /** Settings beside the result, in place of its own. */
  readonly settings?: StudyConfig | null;
}

/** Shows the saved result of a preset, unless something was run, opened or set while the file was loading. */
export async function showSaved(
  stores: StudyStores,
  page: string,
  preset: Preset,
  { rendered, settings }: Showing = {},
): Promise<void> {
  const { study } = stores;
  const before = study.getState();
  return whileComing(study, async () => {
    const saved = await fetchSavedResult(page, preset);
    await rendered;
    const now = study.getState();
    if (!saved || now.status !== 'idle' || !isUntouched(before, now)) return;
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
