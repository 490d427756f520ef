/** Which search for a schedule the page shows, and what is known of it. Its commands (search-commands.ts) are loaded with the figure. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';
import { newestOnly } from '../../platform/newest-only.ts';
import { regimeOf, type Regime } from '../../study/schedules/regimes.ts';
import type { ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import { writeInAddress, type AddressBar } from '../page/address-part.ts';

export interface SearchState {
  /** The regime whose search is on the page; null: none is. */
  readonly regime: Regime | null;
  /** Null until it is read, or where there is none. */
  readonly search: ScheduleSearch | null;
  /** Name of the reader's file that it comes from; null: it comes with the page. */
  readonly file: string | null;
  /** Counts the files that were opened: two of one name are two searches. */
  readonly opened: number;
  /** Whether it is known that the page comes with none. */
  readonly isMissing: boolean;
  /** Why something cannot be opened, for people. */
  readonly problem: Said | null;
}

export type SearchStore = StoreApi<SearchState>;

const NONE: Omit<SearchState, 'opened'> = { regime: null, search: null, file: null, isMissing: false, problem: null };

/** The key of addresses that names the regime whose search is shown. */
export const SEARCH_KEY = 'search';

/** @param search query of the address */
export function createSearchStore(search: string): SearchStore {
  const id = new URLSearchParams(search).get(SEARCH_KEY);
  return createStore<SearchState>(() => ({ ...NONE, opened: 0, regime: id === null ? null : regimeOf(id) }));
}

/** What the address says of it: no address names a search of the reader's own. */
export const searchInAddress = ({ regime, file }: Pick<SearchState, 'regime' | 'file'>): string | null =>
  (file === null && regime?.id) || null;

/** Begins to show another search. A file that is asked for before and read later is left. */
export const showNextSearch = newestOnly();

/** Shows the search that comes with the page, or none (null). */
export function showSearch(store: SearchStore, browser: AddressBar, regime: Regime | null): void {
  showNextSearch();
  writeInAddress(browser, SEARCH_KEY, searchInAddress({ regime, file: null }));
  if (store.getState().regime !== regime || store.getState().file !== null) store.setState({ ...NONE, regime });
}

/** Shows a search of the reader's own. */
export function openSearch(store: SearchStore, browser: AddressBar, file: string, search: ScheduleSearch): void {
  showNextSearch();
  writeInAddress(browser, SEARCH_KEY, null);
  const { opened } = store.getState();
  store.setState({ ...NONE, regime: regimeOf(search.regime), search, file, opened: opened + 1 });
}
