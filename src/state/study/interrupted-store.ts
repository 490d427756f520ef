/** Studies that were interrupted (the tab was closed or the worker died) or stopped, and can be resumed. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import { inTurn } from '../../platform/in-turn.ts';
import { NO_NEWS, type TabNews } from '../../platform/tab-news.ts';
import { runsElsewhere, untell, type StudyStore } from './study-store.ts';

export interface InterruptedState {
  readonly studies: readonly SavedStudy[];
  /** Ids of those that another version of the page saved. */
  readonly foreign: readonly string[];
  /** A study has ended here before it was whole, and it is not known yet whether it can be resumed. */
  readonly isLooking: boolean;
}

const NONE: InterruptedState = { studies: [], foreign: [], isLooking: false };

/**
 * The study that ended here last, where it can be resumed by itself and asks nothing of its reader before. It is offered where it was stopped, the others above
 * the page.
 */
export const resumableHere = (
  { studies }: Pick<InterruptedState, 'studies'>,
  checkpoint: string | null,
): SavedStudy | null =>
  studies.find(({ id, head }) => id === checkpoint && !(head.byClass ?? false) && head.map === undefined) ?? null;

export interface InterruptedStudies extends StoreApi<InterruptedState> {
  /** Reloads the list, unless a study runs. Never rejects: damaged studies are not resumable. */
  refresh(): Promise<void>;
  /** Removes a study that nobody is computing. */
  discard(id: string): Promise<void>;
  /** The reader's own images of a study; null if there are none or they are unreadable. */
  images(id: string): Promise<DroppedDataset | null>;
}

/**
 * @param checkpoints null where the page stores none
 * @param news of the checkpoints, between the tabs
 */
export function createInterruptedStudies(
  checkpoints: CheckpointStore | null,
  study: StudyStore,
  news: TabNews = NO_NEWS,
): InterruptedStudies {
  const store = createStore<InterruptedState>(() => NONE);
  const watched = new Set<string>();
  /** Ends what is offered where it was stopped. */
  let withdraw = (): void => undefined;

  /** A study in another tab may be interrupted later, and one from a tab just reloaded keeps running for a moment. */
  const watch = (id: string): void => {
    if (!checkpoints || watched.has(id)) return;
    watched.add(id);
    const again = () => {
      watched.delete(id);
      if (study.getState().checkpoint === id) untell(study, runsElsewhere);
      return refresh();
    };
    void checkpoints.ended(id).then(again, again);
  };
  // The list is unknown while a study runs that may be one of them; it is read when that ends.
  const isIdle = (): boolean => study.getState().status === 'idle';
  const refresh = inTurn(async () => {
    if (!checkpoints) return;
    news.follow(() => void refresh());
    if (!isIdle()) return;
    try {
      const { interrupted, foreign, running } = await checkpoints.list();
      running.forEach(watch);
      if (!isIdle()) return;
      store.setState({ studies: interrupted, foreign, isLooking: false });
      withdraw();
      const here = resumableHere(store.getState(), study.getState().checkpoint);
      if (here) withdraw = checkpoints.offer(here.id);
    } catch {
      store.setState(NONE); // no storage here (private window)
    }
  });
  study.subscribe((state, before) => {
    if (state.status !== 'idle' && before.status === 'idle') {
      store.setState(NONE);
      withdraw();
    }
    if (state.status !== 'idle' || before.status === 'idle') return;
    store.setState({ isLooking: checkpoints !== null && state.result?.status !== 'complete' });
    void refresh();
  });
  return {
    ...store,
    refresh,
    images: async (id) => (await checkpoints?.images(id).catch(() => null)) ?? null,
    async discard(id) {
      store.setState(({ studies, foreign }) => ({
        studies: studies.filter((saved) => saved.id !== id),
        foreign: foreign.filter((other) => other !== id),
      }));
      await checkpoints?.forget(id).catch(() => undefined); // the list shows what could not be removed
      await refresh();
    },
  };
}
