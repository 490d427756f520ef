/** First paint: a result from the link if there is one, else a saved result, else a prompt to run. */
import { said } from '../../core/language/catalogue.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { isSameStudy } from '../study/config-changes.ts';
import {
  isUntouched,
  keepNewError,
  replaceShown,
  showNextStudy,
  showResult,
  type StudyStores,
} from '../study/replace-shown.ts';
import { NOTHING_SHOWN } from '../study/shown.ts';
import { startFromResult, tell, whileComing } from '../study/study-store.ts';
import { PAGE_STATE_WORDS } from './messages.ts';
import type { OpenedLink } from './result-address.ts';
import { DEFAULT_SAVED, savedPresetOf, showSaved } from './saved-results.ts';
import { unknownParts } from './unknown-parts.ts';
import { holdsResult } from './url.ts';

/** What else an address holds that is skipped is counted. */
const MOST_TOLD = 5;

/** What of the query of an address is skipped, in sentences; empty where nothing is. */
function skippedText(search: string): string {
  const { problems } = queryToConfig(search);
  const skipped = [...unknownParts(search), ...problems];
  const told = skipped.slice(0, MOST_TOLD);
  if (skipped.length > MOST_TOLD) told.push(PAGE_STATE_WORDS.address.more(skipped.length - MOST_TOLD));
  if (problems.length > 0) told.push(PAGE_STATE_WORDS.address.usual);
  return told.join(' ');
}

/**
 * Opens the address: a result in the fragment, settings in the query. A damaged link is reported and never silently replaced by the saved result;
 * invalid settings are named and skipped.
 * @returns false where a study runs, or another study was asked for meanwhile, so that the result in the address is not opened
 * @param rendered resolves once the page is rendered; a store change during React's time-sliced render would force one synchronous re-render
 */
export const openPage = (stores: StudyStores, ...address: Address): Promise<boolean> =>
  whileComing(stores.study, () => opened(stores, ...address));

type Address = [page: string, search: string, hash: string, rendered?: Promise<void>];

async function opened(stores: StudyStores, ...[page, search, hash, rendered]: Address): Promise<boolean> {
  const { study: store } = stores;
  const before = store.getState();
  const reading = holdsResult(hash) ? import('./result-address.ts').then(({ readLink }) => readLink(hash)) : null;
  const isNewest = reading && showNextStudy(reading);
  const link: OpenedLink = reading ? await reading : { kind: 'none' };
  const { config } = queryToConfig(search);
  const isSkipped = skippedText(search) !== '';
  if (link.kind !== 'none' || config || isSkipped) await rendered;
  if (isNewest && !(await isNewest())) return false;
  const now = store.getState();
  if (now.status !== 'idle') {
    if (link.kind !== 'none') tell(store, () => PAGE_STATE_WORDS.address.running);
    return link.kind === 'none';
  }
  store.setState({ notices: [], openedLink: link.kind === 'none' ? null : hash });
  if (isSkipped) tell(store, () => skippedText(search));
  switch (link.kind) {
    case 'result':
    case 'damaged': {
      showResult(stores, link.result, 'link', link);
      keepNewError(store, before, now);
      if (link.kind === 'damaged') store.setState({ error: link.message });
      const { notes } = link;
      if (notes.length > 0) tell(store, () => said(notes).join(' '));
      const own = link.result.config;
      // Per-class prompts are in the link only, and so are what this version does not know and what an evaluation is of.
      const edited = config && {
        ...config,
        ...(own.prompts && { prompts: own.prompts }),
        ...(own.incomplete && { incomplete: own.incomplete }),
        ...(own.evaluated && { evaluated: own.evaluated }),
      };
      if (edited && !isSameStudy(own, edited)) {
        startFromResult(store);
        store.setState({ config: edited });
        tell(store, () => PAGE_STATE_WORDS.address.otherSettings);
      }
      return true;
    }
    case 'broken':
      replaceShown(stores, NOTHING_SHOWN, { config: config ?? undefined });
      store.setState({ error: link.message });
      return true;
    case 'none': {
      // A press on Run runs these settings, also while the saved result is on its way.
      if (config) store.setState({ config });
      const preset = (config && savedPresetOf(config)) ?? DEFAULT_SAVED;
      const set = store.getState();
      await showSaved(stores, page, preset, { rendered, settings: config });
      const shown = store.getState();
      // No result to show: offers the quickest study instead.
      if (shown.status === 'idle' && !config && !shown.result && isUntouched(set, shown))
        store.setState({ config: PRESETS[0].config });
      return true;
    }
    default:
      return link satisfies never;
  }
}
