/** Shows the study's progress in the browser tab, and asks for confirmation before closing it during a run, or with a result or own images that are nowhere else. */
import type { StoreApi } from 'zustand/vanilla';
import type { CollectState } from '../dataset/collect-store.ts';
import type { DatasetState } from '../dataset/dataset-state.ts';
import { areImagesHereAlone } from '../dataset/images-here-alone.ts';
import type { StudyStores } from '../study/replace-shown.ts';
import type { StudyProgress } from '../study/shown.ts';
import { asksBeforeLeaving, failureAt, type StudyState } from '../study/study-store.ts';
import { PAGE_STATE_WORDS } from './messages.ts';
import { phaseName } from './phase-name.ts';

const NAME = 'CopRA Playground';

/** The part of `window` in use. */
export interface Tab {
  readonly document: { title: string; readonly hidden: boolean };
  addEventListener(type: 'beforeunload', listener: (event: Pick<Event, 'preventDefault'>) => void): void;
  removeEventListener(type: 'beforeunload', listener: (event: Pick<Event, 'preventDefault'>) => void): void;
}

const shareOf = ({ done, total }: StudyProgress): string => `${Math.floor((100 * done) / Math.max(total, 1e-9))} %`;

/** How a study ended that nobody saw end. */
type Unseen = 'done' | 'failed' | null;

/** "42 % · Train · CopRA Playground"; the numbers first, because tabs are narrow. */
export function titleOf({ status, progress }: Pick<StudyState, 'status' | 'progress'>, unseen: Unseen): string {
  const words = PAGE_STATE_WORDS.tab;
  const ended = { done: `✓ ${words.done}`, failed: `✗ ${words.stopped}` };
  if (status === 'idle') return unseen ? `${ended[unseen]} · ${NAME}` : NAME;
  const parts = progress ? [shareOf(progress), phaseName(progress.phase)] : [words.starting];
  if (status === 'paused') parts.splice(1, 1, words.paused);
  return [...parts, NAME].join(' · ');
}

/** The reader's own images. */
export interface ImageStores {
  readonly collect: Pick<StoreApi<CollectState>, 'getState' | 'subscribe'>;
  readonly dataset: Pick<StoreApi<DatasetState>, 'getState' | 'subscribe'>;
}

/**
 * @param seen registers a callback for when the tab becomes visible again
 * @returns a function that stops it
 */
export function followInTab(
  { study, adapters, collect, dataset }: StudyStores & ImageStores,
  tab: Tab,
  seen: (listener: () => void) => void,
): () => void {
  let unseen: Unseen = null;
  let asks = false;
  // The browser words the question itself. The listener is attached only while needed, because it keeps pages out of the back/forward cache.
  const ask = (event: Pick<Event, 'preventDefault'>): void => event.preventDefault();
  const update = (): void => {
    const state = study.getState();
    const title = titleOf(state, unseen);
    if (tab.document.title !== title) tab.document.title = title;
    const wants =
      asksBeforeLeaving(state, adapters.getState().shelved) ||
      areImagesHereAlone(collect.getState(), dataset.getState());
    if (wants === asks) return;
    asks = wants;
    if (wants) tab.addEventListener('beforeunload', ask);
    else tab.removeEventListener('beforeunload', ask);
  };
  const unsubscribeStudy = study.subscribe((state, before) => {
    if (state.status !== before.status) {
      const isUnseen = state.status === 'idle' && tab.document.hidden;
      unseen = isUnseen ? (failureAt(state, before) ? 'failed' : 'done') : null;
    }
    update();
  });
  const stops = [adapters, collect, dataset].map((store) => store.subscribe(update));
  seen(() => {
    unseen = null;
    update();
  });
  update();
  return () => {
    unsubscribeStudy();
    for (const stop of stops) stop();
    tab.removeEventListener('beforeunload', ask);
  };
}
