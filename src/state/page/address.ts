/** Keeps the address bar in sync with the page, so that reloading or copying the address never loses settings. */
import { sameJson } from '../../core/same-json.ts';
import { PRESET_KEY } from '../../lessons/teaching-link.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { DEFAULT_SAVED, savedPresetOf } from './saved-results.ts';
import type { StudyFoldStore } from './study-fold.ts';
import type { StudyState, StudyStore } from '../study/study-store.ts';
import { BASE_NAME, holdsMeasurement, holdsResult, queryFor } from './url.ts';

/** The part of `window` in use. */
export interface Browser {
  readonly location: { readonly search: string; readonly hash: string; readonly pathname: string };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
}

/** Debounce: browsers reject more than a hundred history changes in 30 seconds, and the address need not follow a moving slider. */
const DELAY_MS = 400;

/** Whether a query without settings opens those of another preset than the default one: a teacher's link names it. */
function namesPreset(search: string): boolean {
  const id = new URLSearchParams(search).get(PRESET_KEY);
  return PRESETS.some((preset) => preset.id === id && preset !== DEFAULT_SAVED);
}

/**
 * The query for the current settings. The page's default result needs none, nor do the base settings beside a link's own result. Settings of a later version have
 * none: it could hold only those that this version knows, which are another study. Nor do those of an evaluation, which would be settings to train.
 */
function wantedQuery({ config, result, source }: StudyState, search: string): string {
  if (config.incomplete || config.evaluated) return queryFor(search, null);
  const own = result && sameJson(result.config, config);
  const isDefault = own && source === 'saved' && savedPresetOf(config) === DEFAULT_SAVED;
  if (isDefault && !namesPreset(search)) return queryFor(search, null);
  return queryFor(search, config, own && source === 'link' ? '' : BASE_NAME);
}

/** Writes the settings into the address at once, in the place of the one there is. */
function writeAddress(
  state: StudyState,
  { location, history }: Browser,
  change: 'pushState' | 'replaceState' = 'replaceState',
  hash = location.hash,
): void {
  const query = wantedQuery(state, location.search);
  if (query === location.search && hash === location.hash) return;
  history[change](null, '', `${location.pathname}${query}${hash}`);
}

/** Whether the result on the page is of no link. A link that cannot be read leaves the page without a result, and is what the address holds. */
const isElsewhere = ({ source }: StudyState): boolean => source !== 'link' && source !== 'none';

/** The fragment for what the page shows: that of the link whose result is there, unless the address has come to another one. */
const wantedHash = ({ source, openedLink }: StudyState, hash: string): string =>
  source === 'link' && openedLink !== null && !holdsResult(hash) && !holdsMeasurement(hash) ? openedLink : hash;

/**
 * Writes edited settings to the query, replacing one history entry. When a result takes the place of a link, readable or not, its fragment is removed in a new
 * entry, so that the browser's Back button shows the link again. A link whose result comes back, as after a study that left none of its own or an evaluation, has its
 * fragment back. A link that is still being read keeps its fragment, because its result is about to take the
 * place of the one shown. A sheet has an entry of its own above that of the page: what concerns the page's waits until the sheet is left, and then the address
 * is written again, because it is older than what was set in the sheet.
 * @returns a function that stops it
 */
export function followAddress(store: StudyStore, browser: Browser, fold: StudyFoldStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The fragment of the result that was replaced below a sheet; null: none was. */
  let replaced: string | null = null;
  const dropLink = (): void => writeAddress(store.getState(), browser, 'pushState', '');
  const write = (): void => {
    const state = store.getState();
    writeAddress(state, browser, 'replaceState', wantedHash(state, browser.location.hash));
  };
  const stops = [
    store.subscribe((state, previous) => {
      const { hash } = browser.location;
      if (state.source !== previous.source && isElsewhere(state) && hash === state.openedLink) {
        if (fold.getState().isSheet) replaced = hash;
        else dropLink();
        return;
      }
      if (state.source !== previous.source && state.source === 'link') {
        replaced = null;
        if (!fold.getState().isSheet && wantedHash(state, hash) !== hash) write();
      }
      if (state.config === previous.config) return;
      clearTimeout(timer);
      timer = setTimeout(() => writeAddress(store.getState(), browser), DELAY_MS);
    }),
    fold.subscribe(({ isSheet }, previous) => {
      if (isSheet || !previous.isSheet) return;
      if (browser.location.hash === replaced) dropLink();
      else write();
      replaced = null;
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

/**
 * Opens the address again when the reader goes to a link or back from one. Fragments of places on the page, and steps of the history that keep the fragment,
 * change nothing. To be called after followAddress, which drops fragments itself. A link that is refused leaves the address, which is that of the study on the
 * page again: a reload brings this study, and the link can be opened once the study has ended.
 * @param open opens the address; false: it is refused
 */
export function followLinks(
  store: StudyStore,
  browser: Browser & Pick<Window, 'addEventListener'>,
  fold: StudyFoldStore,
  open: () => Promise<boolean>,
): void {
  let seen = browser.location.hash;
  const see = (): void => {
    seen = browser.location.hash;
  };
  store.subscribe(({ source }, previous) => {
    if (source !== previous.source) see();
  });
  fold.subscribe(see); // a sheet that was left
  const openFrom = async (cameFrom: string): Promise<void> => {
    const { hash } = browser.location;
    if ((await open()) || browser.location.hash !== hash) return;
    writeAddress(store.getState(), browser, 'replaceState', cameFrom);
    see();
  };
  const look = (): void => {
    const { hash } = browser.location;
    if (hash === seen) return;
    const cameFrom = seen;
    seen = hash;
    const { source } = store.getState();
    // A link that cannot be read leaves the page without a result.
    const hasLeft = hash === '' && (source === 'link' || (source === 'none' && holdsResult(cameFrom)));
    if (holdsResult(hash) || hasLeft) void openFrom(cameFrom);
  };
  // Where the query changes as well, browsers tell of a step in the history alone.
  browser.addEventListener('hashchange', look);
  browser.addEventListener('popstate', look);
}
