/** Results that come with the page, computed by the headless runner: one for each preset that has one. */
import * as v from 'valibot';
import { full } from '../../study/presets/full.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { configChanges } from '../study/config-diff.ts';
import { showResult, type StudyStore } from '../study/study-store.ts';

/** Shown where nothing else is asked for. */
export const DEFAULT_SAVED = full;

/** Where the saved result of a preset lies, from the page. */
export const savedResultFile = ({ id }: Preset): string => `showcase/${id}.json`;

/** The preset whose saved result these settings would repeat. */
export const savedPresetOf = (config: StudyConfig): Preset | null =>
  PRESETS.find((preset) => preset.saved && configChanges(preset.config, config).length === 0) ?? null;

/** Null when it cannot be had, or is none that this version can read. */
async function fetchSavedResult(page: string, preset: Preset): Promise<StudyResult | null> {
  try {
    const response = await fetch(new URL(savedResultFile(preset), page));
    if (!response.ok) return null;
    const parsed = v.safeParse(StudyResultSchema, await response.json());
    if (!parsed.success) return null;
    // The very settings that the page shows already: it need not be drawn again for equal ones.
    const { output: saved } = parsed;
    return configChanges(saved.config, preset.config).length === 0 ? { ...saved, config: preset.config } : saved;
  } catch {
    return null;
  }
}

/**
 * Shows the saved result of a preset, unless something was run or opened while the file was on its way.
 * @param rendered the page stands, and may change
 */
export async function showSaved(
  store: StudyStore,
  page: string,
  preset: Preset,
  rendered?: Promise<void>,
): Promise<void> {
  const before = store.getState();
  const saved = await fetchSavedResult(page, preset);
  await rendered;
  const now = store.getState();
  if (saved && now.status === 'idle' && now.source === before.source && now.config === before.config)
    showResult(store, saved, 'saved');
}

/** The settings of a preset, with its saved result unless the reader would lose one of their own. */
export async function choosePreset(store: StudyStore, page: string, preset: Preset): Promise<void> {
  store.setState({ config: preset.config, readOnly: false });
  const { source } = store.getState();
  if (preset.saved && (source === 'saved' || source === 'none')) await showSaved(store, page, preset);
}

/** The way back to a saved result from a link, a broken link or a result of one's own: that of the settings, if they have one. */
export async function reopenSaved(store: StudyStore, page: string): Promise<void> {
  const preset = savedPresetOf(store.getState().config) ?? DEFAULT_SAVED;
  store.setState({ source: 'none', result: null, progress: null, error: null });
  await showSaved(store, page, preset);
}
