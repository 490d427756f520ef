/**
 * Whether the study's settings are unfolded. The page opens with its story; a reader who once unfolded the settings finds them so again, and an
 * address that is about settings unfolds them without being remembered.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { readTeachingLink } from '../../lessons/teaching-link.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import { remember, remembered, type Keeper } from './keeper.ts';

interface StudyFold {
  readonly isOpen: boolean;
  /** Over the page instead of beside it: on a phone. */
  readonly isSheet: boolean;
  /** The reader's own choice; null before one is made. */
  readonly chosen: boolean | null;
}

export type StudyFoldStore = StoreApi<StudyFold>;

const KEY = 'copra-study';
const OPEN = 'open';

/** Settings, a map or a search of settings, or a teacher's link that hides or locks parts of the page. */
function isAboutSettings(search: string): boolean {
  const { config, problems } = queryToConfig(search);
  if (config !== null || problems.length > 0) return true;
  const query = new URLSearchParams(search);
  if (['map', 'search'].some((key) => query.has(key))) return true;
  const { link } = readTeachingLink(search, []);
  return link.hidden.length > 0 || link.locked.length > 0;
}

/** @param search query of the address */
export function createStudyFold(search: string, keeper: Keeper): StudyFoldStore {
  const store = createStore<StudyFold>(() => ({
    isOpen: remembered(keeper, KEY) === OPEN || isAboutSettings(search),
    isSheet: false,
    chosen: null,
  }));
  store.subscribe(({ chosen }, previous) => {
    if (chosen !== previous.chosen) remember(keeper, KEY, chosen ? OPEN : 'folded');
  });
  return store;
}

/** The reader's choice, which is remembered. */
export const chooseStudyOpen = (store: StudyFoldStore, isOpen: boolean): void =>
  store.setState({ isOpen, chosen: isOpen });

/** On a phone. It is not remembered. */
export const openSheet = (store: StudyFoldStore): void => store.setState({ isSheet: true });

/** Folds, too, what had to be unfolded meanwhile, such as images that were chosen in the sheet. */
export const closeSheet = (store: StudyFoldStore): void => store.setState({ isSheet: false, isOpen: false });

/** Something happened that only the settings show, such as images that were dropped. */
export const needStudyOpen = (store: StudyFoldStore): void => store.setState({ isOpen: true });
