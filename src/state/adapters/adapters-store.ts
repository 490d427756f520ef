/** The available adapters: one per finished run of the study on the page, plus opened and merged ones. They are kept in memory only. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { AdapterBase } from '../../model/peft/base.ts';
import type { Provenance } from '../../share/adapter/provenance.ts';
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import type { RunAdapter } from '../../study/run/run-adapter.ts';
import { runKey, type StudyState } from '../study/study-store.ts';

/** A trained run's adapter with the study and settings it was trained under. */
export interface StoredAdapter extends Omit<RunAdapter, 'arm'> {
  /** Unique in the store. */
  readonly id: string;
  readonly armId: string;
  readonly armName: string;
  /** The study that trained it. */
  readonly study: StudyConfig;
}

/** An adapter that was not trained by the study: opened from a file, or merged. */
export interface ExtraAdapter {
  /** Unique in the store. */
  readonly id: string;
  readonly kind: 'opened' | 'merged';
  readonly name: string;
  readonly layout: AdapterLayout;
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array<ArrayBuffer>;
  readonly base: AdapterBase;
  /** StudyConfig.backbone it was opened for or merged on. */
  readonly backbone: string;
  readonly provenance: Provenance;
  /** Problems with the fit to the backbone. */
  readonly warnings: readonly string[];
}

/** A test accuracy and the task it was measured on. */
export interface Measured {
  readonly task: string;
  readonly accuracy: number;
}

export interface AdaptersState {
  readonly adapters: readonly StoredAdapter[];
  readonly extras: readonly ExtraAdapter[];
  /** Test accuracies of the last evaluations, by adapter. */
  readonly measured: Readonly<Record<string, Measured>>;
  /** The study's result while an evaluation of adapters is shown instead. */
  readonly shelved: Pick<StudyState, 'result' | 'source' | 'tapes'> | null;
  /** Configuration of the study whose events arrive; null before the first one. */
  readonly study: StudyConfig | null;
}

export type AdaptersStore = StoreApi<AdaptersState>;

/** Converts the adapters of a study file, or of several united ones, to adapters of its runs. */
export const storedAdapters = (adapters: readonly StudyFileAdapter[], study: StudyConfig): StoredAdapter[] =>
  adapters.map((adapter) => ({ ...adapter, id: runKey(adapter.armId, adapter.seed), study }));

/** The adapters of the runs of a study. */
export const adaptersOf = ({ adapters }: AdaptersState, config: StudyConfig): StoredAdapter[] =>
  adapters.filter(({ study }) => JSON.stringify(study) === JSON.stringify(config));

export function createAdaptersStore(): AdaptersStore {
  return createStore<AdaptersState>(() => ({ adapters: [], extras: [], measured: {}, shelved: null, study: null }));
}

/** Applies a study event: a new study replaces the previous study's adapters. Pure. */
export function reduceAdapterEvent(state: AdaptersState, event: StudyEvent): AdaptersState {
  switch (event.type) {
    case 'started':
      return {
        ...state,
        adapters: event.adds ? state.adapters.map((adapter) => ({ ...adapter, study: event.result.config })) : [],
        shelved: null,
        study: event.result.config,
      };
    case 'adapter': {
      const { study } = state;
      if (!study) return state;
      const { arm, ...run } = event.adapter;
      const armName = study.arms.find(({ id }) => id === arm)?.name ?? arm;
      const stored: StoredAdapter = { id: runKey(arm, run.seed), armId: arm, armName, study, ...run };
      return { ...state, adapters: [...state.adapters.filter(({ id }) => id !== stored.id), stored] };
    }
    default:
      return state;
  }
}
