/** Results shipped with the page, computed by the headless runner, at most one per preset; and the way back from them to studies computed here. */
import * as v from 'valibot';
import { pageJson } from '../../platform/page-file.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import type { Preset } from '../../study/presets/preset.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { studyOnPage, type AdaptersStore } from '../adapters/adapters-store.ts';
import { configChanges } from '../study/config-diff.ts';
import { asideOf, showResult, type StudyStore } from '../study/study-store.ts';

/** The result shown by default. */
export const DEFAULT_SAVED = fewShots;

/** Path of a preset's saved result, relative to the page. */
export const savedResultFile = ({ id }: Preset): string => `showcase/${id}.json`;

/** The preset whose saved result has these settings. */
export const savedPresetOf = (config: StudyConfig): Preset | null =>
  PRESETS.find((preset) => preset.saved && configChanges(preset.config, config).length === 0) ?? null;

/** Null when it cannot be fetched or read by this version. */
export async function fetchSavedResult(page: string, preset: Preset): Promise<StudyResult | null> {
  try {
    const parsed = v.safeParse(StudyResultSchema, await pageJson(savedResultFile(preset), page));
    if (!parsed.success) return null;
    // Reuses the page's settings object when equal, to avoid a redraw.
    const { output: saved } = parsed;
    return configChanges(saved.config, preset.config).length === 0 ? { ...saved, config: preset.config } : saved;
  } catch {
    return null;
  }
}

interface Showing {
  /** Resolves once the page is rendered and may change. */
  readonly rendered?: Promise<void> | undefined;
  /** Settings beside the result, in place of its own. */
  readonly settings?: StudyConfig | null;
}

/** Shows the saved result of a preset, unless something was run, opened or set while the file was loading. */
export async function showSaved(
  store: StudyStore,
  page: string,
  preset: Preset,
  { rendered, settings }: Showing = {},
): Promise<void> {
  const before = store.getState();
  const saved = await fetchSavedResult(page, preset);
  await rendered;
  const now = store.getState();
  if (!saved || now.status !== 'idle' || now.source !== before.source || now.config !== before.config) return;
  showResult(store, saved, 'saved');
  if (settings) store.setState({ config: settings });
}

/** Applies a preset's settings, and shows its saved result unless that would discard the reader's own result. */
export async function choosePreset(store: StudyStore, page: string, preset: Preset): Promise<void> {
  store.setState({ config: preset.config, readOnly: false });
  const { source } = store.getState();
  if (preset.saved && (source === 'saved' || source === 'none')) await showSaved(store, page, preset);
}

/**
 * Returns from a link, a broken link or an own result to a saved result. A study computed here is put aside, also where an evaluation of its adapters is shown
 * in its place.
 * @param preset absent: that of the current settings, if any
 */
export async function reopenSaved(
  store: StudyStore,
  adapters: AdaptersStore,
  page: string,
  preset: Preset = savedPresetOf(store.getState().config) ?? DEFAULT_SAVED,
): Promise<void> {
  const own = asideOf(studyOnPage(store.getState(), adapters.getState()));
  store.setState(({ aside }) => ({
    ...{ source: 'none', result: null, progress: null, error: null },
    aside: [...aside, ...own],
  }));
  await showSaved(store, page, preset);
}

/**
 * Shows the study again that was put aside last. One that is on the page meanwhile and was computed here takes its turn behind the others, also where an
 * evaluation of adapters is shown in its place. Edited settings stay.
 */
export function takeBack(store: StudyStore, adapters: AdaptersStore): void {
  const state = store.getState();
  const next = state.aside.at(-1);
  if (!next || state.status !== 'idle') return;
  const study = studyOnPage(state, adapters.getState());
  const isEdited = state.config !== study.result?.config;
  store.setState({
    ...next,
    ...(isEdited && { config: state.config, readOnly: false }),
    ...{ before: null, lacks: [], progress: null, glimpse: null, error: null },
    aside: [...asideOf(study), ...state.aside.slice(0, -1)],
  });
  adapters.setState({ shelved: null });
}
