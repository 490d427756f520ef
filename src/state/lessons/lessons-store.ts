/** Which lesson is open, the learner's progress, the part of the page it points at, and the requests of a teacher's link. */
import * as v from 'valibot';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LessonStep, StepAnswers } from '../../lessons/lesson.ts';
import { parsedJson } from '../../platform/parsed-json.ts';
import type { PartName } from '../../lessons/parts.ts';
import {
  atStep,
  readProgress,
  restarted,
  withAnswers,
  withChanges,
  withDone,
  type CourseProgress,
} from '../../lessons/progress.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import { readTeachingLink, type TeachingLink } from '../../lessons/teaching-link.ts';
import { queryToConfig } from '../../share/config/config-query.ts';
import { StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { remember, remembered, type Keeper } from '../page/keeper.ts';
import { chooseSettings, DEFAULT_SAVED, fetchSavedResult, savedPresetOf } from '../page/saved-results.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { isSameStudy } from '../study/config-changes.ts';
import type { StudyStores } from '../study/replace-shown.ts';
import { tell, type StudyStore } from '../study/study-store.ts';
import { holdsResult } from '../page/url.ts';

export interface LessonsState {
  readonly isOpen: boolean;
  /** Id of the lesson; null while the list is shown. */
  readonly lesson: string | null;
  /** Collapsed to the lesson's title, where there is no room beside the page. */
  readonly isSmall: boolean;
  readonly isPresenting: boolean;
  readonly progress: CourseProgress;
  readonly highlighted: PartName | null;
  /** Parts that are covered until the prediction of the step is made. */
  readonly concealed: readonly PartName[];
  /** Parts that are covered until a later step. */
  readonly covered: readonly PartName[];
  /** The step on screen has a run of its own, which is what to press. */
  readonly offersRun: boolean;
  /** Settings that a lesson's run put in the place of others; null until one does, and once those are back. */
  readonly replaced: ReplacedSettings | null;
  readonly teaching: TeachingLink;
  /** The saved result that runs of lessons are compared with; null until it is needed. */
  readonly saved: StudyResult | null;
}

const ReplacedSchema = v.object({
  /** The learner's own, from before the first run of a lesson. */
  own: StudyConfigSchema,
  /** Those of the last run. */
  taken: StudyConfigSchema,
});
type ReplacedSettings = v.InferOutput<typeof ReplacedSchema>;

export type LessonsStore = StoreApi<LessonsState>;

/** The key of addresses that names the lesson shown. */
export const LESSON_KEY = 'lesson';

const KEY = 'copra-lessons';
/** The settings that a lesson's run replaced last. */
const REPLACED_KEY = 'copra-lesson-settings';
const PRESET_IDS = PRESETS.map(({ id }) => id);

/** @param search query of the address */
export function createLessonsStore(search: string, keeper: Keeper): LessonsStore {
  const { link } = readTeachingLink(search, PRESET_IDS);
  const progress = readProgress(remembered(keeper, KEY));
  const store = createStore<LessonsState>(() => ({
    // An unknown lesson opens the list of lessons.
    isOpen: new URLSearchParams(search).has(LESSON_KEY) || link.present,
    lesson: link.lesson,
    isSmall: false,
    isPresenting: link.present && link.lesson !== null,
    progress: link.lesson && link.step ? atStep(progress, link.lesson, link.step) : progress,
    highlighted: null,
    concealed: [],
    covered: [],
    offersRun: false,
    replaced: null,
    teaching: link,
    saved: null,
  }));
  store.subscribe(({ replaced }, previous) => {
    // Put back, they stay remembered: the address follows later than a reload may come.
    if (replaced && replaced !== previous.replaced) remember(keeper, REPLACED_KEY, JSON.stringify(replaced));
  });
  store.subscribe((state, previous) => {
    if (state.progress === previous.progress) return;
    // Other tabs write, too.
    const kept = readProgress(remembered(keeper, KEY));
    remember(keeper, KEY, JSON.stringify(withChanges(kept, previous.progress, state.progress)));
  });
  return store;
}

const update = (store: LessonsStore, change: (progress: CourseProgress) => CourseProgress): void =>
  store.setState(({ progress }) => ({ progress: change(progress) }));

export const openLessons = (store: LessonsStore): void => store.setState({ isOpen: true, isSmall: false });
export const closeLessons = (store: LessonsStore): void =>
  store.setState({ isOpen: false, isPresenting: false, highlighted: null, concealed: [], covered: [] });
export const openLesson = (store: LessonsStore, lesson: string | null): void =>
  store.setState({ lesson, highlighted: null, concealed: [], covered: [] });
export const goToStep = (store: LessonsStore, lesson: string, step: string): void =>
  update(store, (progress) => atStep(progress, lesson, step));
export const markDone = (store: LessonsStore, lesson: string, step: string): void =>
  update(store, (progress) => withDone(progress, lesson, step));
export const answer = (store: LessonsStore, lesson: string, step: string, change: Partial<StepAnswers>): void =>
  update(store, (progress) => withAnswers(progress, lesson, step, change));
export const restartLesson = (store: LessonsStore, lesson: string): void =>
  update(store, (progress) => restarted(progress, lesson));

/** Whether a teacher's link hides or locks a part of the page. */
const isFixed = ({ teaching: { hidden, locked } }: LessonsState, part: PartName): boolean =>
  hidden.includes(part) || locked.includes(part);

/** Whether the page may begin studies; a teacher's link that hides or locks the run panel leaves it to the teacher. */
export const mayRun = (state: LessonsState): boolean => !isFixed(state, 'run');

/** Whether a teacher's link refuses the run that the task of a step takes: its own, or that of a step before it. */
export const refusesTask = (state: LessonsState, { run, takesRun }: Pick<LessonStep, 'run' | 'takesRun'>): boolean =>
  !mayRun(state) && (run !== undefined || takesRun === true);

/** Whether the page may not take images, because a teacher's link fixes the task; the reader is then told. */
export function refusesImages(lessons: LessonsStore, study: StudyStore): boolean {
  const refuses = isFixed(lessons.getState(), 'task');
  if (refuses) tell(study, () => LESSON_WORDS.lockedDrop);
  return refuses;
}

/** Keeps the saved result beside the runs that replace it on the page, or fetches it where the page shows something else. */
export async function keepSaved(lessons: LessonsStore, study: StudyStore, page: string): Promise<void> {
  if (lessons.getState().saved) return;
  const { result, source } = study.getState();
  const isShown = source === 'saved' && result !== null && savedPresetOf(result.config) === DEFAULT_SAVED;
  lessons.setState({ saved: isShown ? result : await fetchSavedResult(page, DEFAULT_SAVED).catch(() => null) });
}

/** Applies a lesson's settings to the next run and keeps the learner's own, also for a page that is loaded anew. */
export function takeSettings(lessons: LessonsStore, study: StudyStore, config: StudyConfig): void {
  const own = lessons.getState().replaced?.own ?? study.getState().config;
  lessons.setState({ replaced: { own, taken: config } });
  study.setState({ config, readOnly: false });
}

/** Restores the learner's own settings; a running study keeps its own until it ends. */
export function restoreSettings(lessons: LessonsStore, study: StudyStore): void {
  const { replaced } = lessons.getState();
  if (!replaced || study.getState().status !== 'idle') return;
  study.setState({ config: replaced.own });
  lessons.setState({ replaced: null });
}

/**
 * Call once the page has its settings. The address of a page that is loaded anew has those of a lesson's run, so that the learner's own are nowhere
 * else, and locked settings could not be set back. On a page with other settings they are of another visit.
 */
export function recallReplaced(lessons: LessonsStore, study: StudyStore, keeper: Keeper): void {
  const replaced = parsedJson(ReplacedSchema, remembered(keeper, REPLACED_KEY));
  if (replaced && isSameStudy(replaced.taken, study.getState().config)) lessons.setState({ replaced });
}

/**
 * Call once the page is open. Applies the preset of a teacher's link, unless the address has settings or a result, and reports errors in the
 * link.
 */
export async function applyTeaching(
  lessons: LessonsStore,
  stores: StudyStores,
  page: string,
  search: string,
  hash: string,
): Promise<void> {
  const { study } = stores;
  const problems = (): string => readTeachingLink(search, PRESET_IDS).problems.join(' ');
  if (problems()) tell(study, problems);
  const preset = PRESETS.find(({ id }) => id === lessons.getState().teaching.preset);
  const isOwn = holdsResult(hash) || queryToConfig(search).config !== null;
  if (preset && !isOwn && study.getState().status === 'idle') await chooseSettings(stores, page, preset.config);
}
