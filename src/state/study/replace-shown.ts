/** Shows another study in place of the one on the page. One that was computed here is put aside, because it is nowhere else, and comes back from there. */
import { newestThatComes } from '../../platform/newest-only.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { adaptersOf, studyOnPage, withStudy, type AdaptersStore } from '../adapters/adapters-store.ts';
import { testSetsOf } from '../pictures/own-test-set.ts';
import { isSameStudy } from './config-changes.ts';
import { isComputedHere, NOTHING_SHOWN, shownOf, type Shown } from './shown.ts';
import type { Aside, StudyState, StudyStore } from './study-store.ts';

/** The study on the page and its adapters. */
export interface StudyStores {
  readonly study: StudyStore;
  readonly adapters: AdaptersStore;
}

/** Begins to show another study, from a file, a link or the test of a search. One that was asked for before is left, whichever is read first. */
export const showNextStudy = newestThatComes();

/**
 * Whether nothing was opened, set or run on the page meanwhile, which what takes time would take away. The saved result that comes when the page is loaded is
 * no choice of the reader's, as that of a preset with other settings is.
 */
export const isUntouched = (before: StudyState, now: StudyState): boolean =>
  (now.config === before.config && now.source === before.source) ||
  (before.source === 'none' && now.source === 'saved' && isSameStudy(now.config, before.config));

/** After what took time was shown: an error that was told meanwhile stays, because it is of something else, as of a file that was not opened. */
export function keepNewError(study: StudyStore, before: StudyState, { error }: StudyState): void {
  if (error !== before.error) study.setState({ error });
}

/** The study on the page, to be put aside; empty where it is elsewhere too. */
export function ownOnPage({ study, adapters }: StudyStores): Aside[] {
  const stored = adapters.getState();
  const shown = studyOnPage(study.getState(), stored);
  const { result, source } = shown;
  return result && isComputedHere(source) ? [{ ...shownOf(shown), result, adapters: adaptersOf(stored, result) }] : [];
}

/** Runs a new study in place of the one on the page, which is put aside; where the new one does not begin, it is still there. */
export async function runInPlace(stores: StudyStores, run: () => Promise<void>): Promise<void> {
  const { study, adapters } = stores;
  const own = ownOnPage(stores);
  study.setState(({ aside }) => ({ aside: [...aside, ...own] }));
  await run();
  const { result } = studyOnPage(study.getState(), adapters.getState());
  if (own.some((one) => one.result === result))
    study.setState(({ aside }) => ({ aside: aside.filter((one) => !own.includes(one)) }));
}

interface Replacing {
  /** Absent: those on the page stay. */
  readonly config?: StudyConfig;
  /** Studies that are put aside then; absent: the one on the page as well, if it was computed here. */
  readonly aside?: readonly Aside[];
}

/** Of what was shown before, also as an evaluation of adapters, nothing stays on the page. */
export function replaceShown(
  stores: StudyStores,
  next: Partial<Shown>,
  { config, aside = [...stores.study.getState().aside, ...ownOnPage(stores)] }: Replacing = {},
): void {
  const { study, adapters } = stores;
  study.setState({ ...NOTHING_SHOWN, ...next, ...(config && { config }), aside, before: null, error: null });
  adapters.setState({ shelved: null });
}

/** Shows a finished result with its configuration. */
export function showResult(
  stores: StudyStores,
  result: StudyResult,
  source: 'saved' | 'link' | 'file',
  { lacks = [], leftOut = [] }: Partial<Pick<Shown, 'lacks' | 'leftOut'>> = {},
): void {
  const { config } = result;
  const testSets = testSetsOf(stores.study.getState().testSets, result);
  replaceShown(stores, { result, source, lacks, leftOut, testSets, readOnly: source !== 'saved' }, { config });
}

/** Shows a study again. Settings that were edited in between stay, open to edits. */
function showAgain(stores: StudyStores, next: Shown, aside: readonly Aside[]): void {
  const { study, adapters } = stores;
  const { config } = study.getState();
  const { result } = studyOnPage(study.getState(), adapters.getState());
  const isEdited = !result || !isSameStudy(result.config, config);
  replaceShown(stores, isEdited ? { ...next, readOnly: false } : next, {
    config: isEdited ? undefined : next.result?.config,
    aside,
  });
}

/** Shows the study again in whose place an evaluation of its adapters is shown. */
export function leaveEvaluation(stores: StudyStores): void {
  const { status, aside } = stores.study.getState();
  const { shelved } = stores.adapters.getState();
  if (shelved && status === 'idle') showAgain(stores, shelved, aside);
}

/**
 * Shows the study again that was put aside last, with its adapters. One that is on the page meanwhile and was computed here takes its turn behind the others,
 * also where an evaluation of adapters is shown in its place.
 */
export function takeBack(stores: StudyStores): void {
  const { status, aside } = stores.study.getState();
  const next = aside.at(-1);
  if (!next || status !== 'idle') return;
  showAgain(stores, shownOf(next), [...ownOnPage(stores), ...aside.slice(0, -1)]);
  stores.adapters.setState((state) => withStudy(state, next.result, next.adapters));
}
