/** The adapters at hand: one per finished run of the study on the page. They live in memory only; results and links carry none. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudyConfig } from '../study/config.ts';
import type { StudyEvent } from '../study/events.ts';
import type { RunAdapter } from '../study/run-adapter.ts';

/** A trained run's adapter with the names and settings it was made under. */
export interface StoredAdapter extends Omit<RunAdapter, 'arm'> {
  /** Unique in the store. */
  readonly id: string;
  readonly armId: string;
  readonly armName: string;
  /** The study that trained it. */
  readonly study: StudyConfig;
}

export interface AdaptersState {
  readonly adapters: readonly StoredAdapter[];
  /** Configuration of the study whose events arrive; null before the first. */
  readonly study: StudyConfig | null;
}

export type AdaptersStore = StoreApi<AdaptersState>;

export function createAdaptersStore(): AdaptersStore {
  return createStore<AdaptersState>(() => ({ adapters: [], study: null }));
}

/** The state after a study event: a new study replaces the adapters of the last. Pure. */
export function reduceAdapterEvent(state: AdaptersState, event: StudyEvent): AdaptersState {
  switch (event.type) {
    case 'started':
      return { adapters: [], study: event.result.config };
    case 'adapter': {
      const { study } = state;
      if (!study) return state;
      const { arm, ...run } = event.adapter;
      const armName = study.arms.find(({ id }) => id === arm)?.name ?? arm;
      const stored: StoredAdapter = { id: `${arm}/${run.seed}`, armId: arm, armName, study, ...run };
      return { ...state, adapters: [...state.adapters.filter(({ id }) => id !== stored.id), stored] };
    }
    default:
      return state;
  }
}
