/** Commands of a search on the page: reads the one that comes with the page, a file of the reader's, and the result of its test. */
import { errorText } from '../../core/error-text.ts';
import { neededPageJson, pageJson } from '../../platform/page-file.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { SCHEDULE_CHECKS } from '../../study/schedules/messages.ts';
import { savedSearchFile, testResultFile, type Regime } from '../../study/schedules/regimes.ts';
import { readSearch } from '../../study/schedules/read-search.ts';
import type { ScheduleSearch } from '../../study/schedules/schedule-search.ts';
import type { AddressBar } from '../page/address-part.ts';
import { MAX_JSON_BYTES, readInWorker, showAlone, type OpenInto, type ReadStudy } from '../study/open-study-file.ts';
import { isUntouched, keepNewError, showNextStudy } from '../study/replace-shown.ts';
import { SEARCH_STATE_WORDS } from './messages.ts';
import { openSearch, showNextSearch, type SearchStore } from './search-store.ts';

/** The search that comes with the page; null where it comes with none. @param page its address @throws Error for one that cannot be read */
export async function savedSearch(regime: Regime, page: string): Promise<ScheduleSearch | null> {
  const json = await pageJson(savedSearchFile(regime), page);
  return json === null ? null : readSearch(json);
}

/** Reads the search on the page, unless another was opened meanwhile. */
export async function readShownSearch(store: SearchStore, page: string): Promise<void> {
  const { regime, search } = store.getState();
  if (!regime || search) return;
  const isShown = (): boolean => store.getState().regime === regime && !store.getState().search;
  try {
    const found = await savedSearch(regime, page);
    if (isShown()) store.setState({ search: found, isMissing: found === null });
  } catch (error) {
    if (isShown()) store.setState({ problem: () => SEARCH_STATE_WORDS.notRead(errorText(error)) });
  }
}

/**
 * Shows a search from a file, which is read in a worker: anyone may have made it. One that is none is refused in words, and what is shown stays.
 * @param read in tests, in the same thread
 */
export async function openSearchFile(
  store: SearchStore,
  browser: AddressBar,
  file: File,
  read: ReadStudy = readInWorker,
): Promise<void> {
  const isNewest = showNextSearch();
  try {
    const found = file.size > MAX_JSON_BYTES ? null : await read('json', file);
    if (found?.kind !== 'search') throw new Error(SCHEDULE_CHECKS.noSearch);
    if (isNewest()) openSearch(store, browser, file.name, found.search);
  } catch (error) {
    if (!isNewest()) return;
    store.setState({ problem: () => SEARCH_STATE_WORDS.notOpened(file.name, errorText(error)) });
  }
}

const testResult = (regime: Regime, page: string): Promise<StudyResult> =>
  neededPageJson(StudyResultSchema, testResultFile(savedSearchFile(regime)), page);

/** Shows the study that tested the winner, with all its figures, in place of the one on the page. */
export async function openTestResult(
  store: SearchStore,
  into: Pick<OpenInto, 'study' | 'adapters' | 'classroom'>,
  page: string,
): Promise<void> {
  const { regime } = store.getState();
  if (!regime) return;
  const before = into.study.getState();
  const reading = testResult(regime, page);
  const isNewest = showNextStudy(reading);
  try {
    const result = await reading;
    if (!(await isNewest())) return;
    const now = into.study.getState();
    if (now.status !== 'idle') throw new Error(SEARCH_STATE_WORDS.running);
    if (!isUntouched(before, now)) throw new Error(SEARCH_STATE_WORDS.meanwhile);
    showAlone({ result, adapters: [] }, into);
    keepNewError(into.study, before, now);
    store.setState({ problem: null });
  } catch (error) {
    store.setState({ problem: () => SEARCH_STATE_WORDS.noTest(errorText(error)) });
  }
}
