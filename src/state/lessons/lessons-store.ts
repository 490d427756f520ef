/** Which lesson is open and how far the learner is, what of the page it points at, and what a teacher's link asked for. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StepAnswers } from '../../lessons/lesson.ts';
import { chooseLocale, en, messagesFor, type Locale, type Messages } from '../../lessons/messages/index.ts';
import type { PagePart } from '../../lessons/parts.ts';
import { atStep, readProgress, restarted, withAnswers, withDone, type Progress } from '../../lessons/progress.ts';
import { readTeachingLink, type TeachingLink } from '../../lessons/teaching-link.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { choosePreset } from '../page/saved-results.ts';
import type { StudyStore } from '../study/study-store.ts';
import { holdsResult } from '../page/url.ts';

export interface LessonsState {
  readonly isOpen: boolean;
  /** Id of the lesson; null while the list is shown. */
  readonly lesson: string | null;
  /** Where there is no room beside the page: only the title of the lesson is shown. */
  readonly isSmall: boolean;
  readonly isPresenting: boolean;
  readonly progress: Progress;
  readonly highlighted: PagePart | null;
  readonly concealed: readonly PagePart[];
  /** The learner's own settings, put aside when a lesson first ran its own. */
  readonly before: StudyConfig | null;
  readonly teaching: TeachingLink;
  readonly locale: Locale;
  /** In English until `speakLocale` has those of the locale. */
  readonly messages: Messages;
}

export type LessonsStore = StoreApi<LessonsState>;

/** What is used of `localStorage`; null where it is forbidden. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'> | null;

/** The browser's storage; null where it is forbidden (private windows, strict settings). */
export function rememberingStorage(): Keeper {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const KEY = 'copra-lessons';
export const PRESET_IDS = PRESETS.map(({ id }) => id);

const kept = (keeper: Keeper): Progress => {
  try {
    return readProgress(keeper?.getItem(KEY) ?? null);
  } catch {
    return readProgress(null);
  }
};

/** Fetches the words of the reader's language; English stays where they do not come. */
export async function speakLocale(store: LessonsStore): Promise<void> {
  const { locale } = store.getState();
  if (locale === 'en') return;
  const messages = await messagesFor(locale).catch(() => null);
  if (messages) store.setState({ messages });
}

/** @param search query of the address @param languages of the browser, first choice first */
export function createLessonsStore(search: string, languages: readonly string[], keeper: Keeper): LessonsStore {
  const { link } = readTeachingLink(search, PRESET_IDS);
  const progress = kept(keeper);
  const store = createStore<LessonsState>(() => ({
    // A lesson that there is not leaves the choice of those that there are.
    isOpen: new URLSearchParams(search).has('lesson') || link.present,
    lesson: link.lesson,
    isSmall: false,
    isPresenting: link.present && link.lesson !== null,
    progress: link.lesson && link.step ? atStep(progress, link.lesson, link.step) : progress,
    highlighted: null,
    concealed: [],
    before: null,
    teaching: link,
    locale: chooseLocale(link.locale, languages),
    messages: en,
  }));
  store.subscribe((state, previous) => {
    if (state.progress === previous.progress) return;
    try {
      keeper?.setItem(KEY, JSON.stringify(state.progress));
    } catch {
      // Storage is full or forbidden: the lesson goes on and is not remembered.
    }
  });
  return store;
}

const update = (store: LessonsStore, change: (progress: Progress) => Progress): void =>
  store.setState(({ progress }) => ({ progress: change(progress) }));

export const openLessons = (store: LessonsStore): void => store.setState({ isOpen: true, isSmall: false });
export const closeLessons = (store: LessonsStore): void =>
  store.setState({ isOpen: false, isPresenting: false, highlighted: null, concealed: [] });
export const openLesson = (store: LessonsStore, lesson: string | null): void =>
  store.setState({ lesson, highlighted: null, concealed: [] });
export const goToStep = (store: LessonsStore, lesson: string, step: string): void =>
  update(store, (progress) => atStep(progress, lesson, step));
export const markDone = (store: LessonsStore, lesson: string, step: string): void =>
  update(store, (progress) => withDone(progress, lesson, step));
export const answer = (store: LessonsStore, lesson: string, step: string, change: Partial<StepAnswers>): void =>
  update(store, (progress) => withAnswers(progress, lesson, step, change));
export const restartLesson = (store: LessonsStore, lesson: string): void =>
  update(store, (progress) => restarted(progress, lesson));

/** Gives a lesson's settings to the next run, and keeps the learner's own. */
export function takeSettings(lessons: LessonsStore, study: StudyStore, config: StudyConfig): void {
  const before = lessons.getState().before ?? study.getState().config;
  lessons.setState({ before });
  study.setState({ config, readOnly: false });
}

/** Puts the learner's own settings back; a running study keeps its own until it ends. */
export function restoreSettings(lessons: LessonsStore, study: StudyStore): void {
  const { before } = lessons.getState();
  if (!before || study.getState().status !== 'idle') return;
  study.setState({ config: before });
  lessons.setState({ before: null });
}

/** Once the page is open: the preset a teacher's link names, unless the address has settings or a result of its own, and what was wrong with the link. */
export async function applyTeaching(
  lessons: LessonsStore,
  study: StudyStore,
  page: string,
  search: string,
  hash: string,
): Promise<void> {
  const { problems } = readTeachingLink(search, PRESET_IDS);
  if (problems.length > 0) study.setState(({ notices }) => ({ notices: [...notices, problems.join(' ')] }));
  const preset = PRESETS.find(({ id }) => id === lessons.getState().teaching.preset);
  const isOwn = holdsResult(hash) || queryToConfig(search).config !== null;
  if (preset && !isOwn && study.getState().status === 'idle') await choosePreset(study, page, preset);
}
