/** Keeps the address bar in step with the page, so that reloading or copying the address never loses what was set. */
import { DEFAULT_SAVED, savedPresetOf } from './saved-results.ts';
import type { StudyState, StudyStore } from '../study/study-store.ts';
import { BASE_NAME, holdsResult, queryFor } from './url.ts';

/** What is used of `window`. */
export interface Browser {
  readonly location: { readonly search: string; readonly hash: string; readonly pathname: string };
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
}

/** Browsers refuse more than a hundred changes in half a minute, and nobody reads an address while a slider moves. */
const DELAY_MS = 400;

const sameConfig = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The settings of the result that the page opens with need no words; beside a link's own result the base of all settings needs none either. */
function wantedQuery({ config, result, source }: StudyState, search: string): string {
  const own = result && sameConfig(result.config, config);
  if (own && source === 'saved' && savedPresetOf(config) === DEFAULT_SAVED) return queryFor(search, null);
  return queryFor(search, config, own && source === 'link' ? '' : BASE_NAME);
}

/**
 * Settings are written into the query while they are edited (the history keeps one entry). When a link's result gives way to another, its
 * fragment goes, in a new entry: the browser's Back button shows the link again.
 * @returns ends it
 */
export function followAddress(store: StudyStore, browser: Browser): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (change: 'pushState' | 'replaceState', hash: string): void => {
    const { location, history } = browser;
    const query = wantedQuery(store.getState(), location.search);
    if (query === location.search && hash === location.hash) return;
    history[change](null, '', `${location.pathname}${query}${hash}`);
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (previous.source === 'link' && state.source !== 'link' && holdsResult(browser.location.hash)) {
      write('pushState', '');
      return;
    }
    if (state.config === previous.config) return;
    clearTimeout(timer);
    timer = setTimeout(() => write('replaceState', browser.location.hash), DELAY_MS);
  });
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
