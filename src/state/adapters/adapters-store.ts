/** The available adapters: one per finished run of the study on the page, plus opened and merged ones. They are kept in memory only. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { sameJson } from '../../core/same-json.ts';
import type { AdapterBase } from '../../model/peft/base.ts';
import type { Provenance } from '../../share/adapter/provenance.ts';
import type { TrainedFor } from '../../share/adapter/trained-for.ts';
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { RunAdapter } from '../../study/result/run-adapter.ts';
import { runKey, type Shown } from '../study/shown.ts';
import type { TestedOn } from './tested-on.ts';

/** A trained run's adapter with the study and settings it was trained under. */
export interface StoredAdapter extends Omit<RunAdapter, 'arm'> {
  /** Unique in the store; the next study has adapters of the same ids. */
  readonly id: string;
  readonly armId: string;
  readonly armName: string;
  /** The study that trained it. */
  readonly study: StudyConfig;
  /** Those that this study tells apart. */
  readonly classes: readonly string[];
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
  /** The backbone that it was trained for, where that is another one. */
  readonly trainedFor: TrainedFor | null;
  readonly provenance: Provenance;
  /** Those that it tells apart; empty where nobody says. */
  readonly classes: readonly string[];
  /** Problems with the fit to the backbone. */
  readonly warnings: readonly string[];
}

/** An adapter that the store has not got yet. */
export type NewAdapter = Omit<ExtraAdapter, 'id'>;

/** A test accuracy and what it was measured on. */
export interface Measured extends TestedOn {
  readonly accuracy: number;
  /** Test images. */
  readonly count: number;
}

export interface AdaptersState {
  readonly adapters: readonly StoredAdapter[];
  readonly extras: readonly ExtraAdapter[];
  /** Test accuracies of the last evaluations, by adapter. */
  readonly measured: Readonly<Record<string, Measured>>;
  /** The study on the page while an evaluation of adapters is shown instead. */
  readonly shelved: Shown | null;
  /** Configuration of the study whose events arrive; null before the first one. */
  readonly study: StudyConfig | null;
  /** When that study began, as its result says: one of equal settings may be of other images. */
  readonly date: string | null;
  /** The classes of that study. */
  readonly classes: readonly string[];
}

export type AdaptersStore = StoreApi<AdaptersState>;

/** Converts the adapters of a study file, or of several united ones, to adapters of its runs. */
const storedAdapters = (
  adapters: readonly StudyFileAdapter[],
  { config, task }: Pick<StudyResult, 'config' | 'task'>,
): StoredAdapter[] =>
  adapters.map((adapter) => ({
    ...adapter,
    id: runKey(adapter.armId, adapter.seed),
    study: config,
    classes: task.classes,
  }));

/** Whether a result is of the study that the adapters of runs are from, also where its arms are called as people read them (study/presets/shown-arms.ts). */
export const isOfStudy = (
  { study, date }: AdaptersState,
  { config, provenance }: Pick<StudyResult, 'config' | 'provenance'>,
): boolean => date === provenance.date && inEnglish(() => sameJson(study, config));

/** The adapters of the runs of a result; none where it is another study's. */
export const adaptersOf = (
  state: AdaptersState,
  result: Pick<StudyResult, 'config' | 'provenance'>,
): readonly StoredAdapter[] => (isOfStudy(state, result) ? state.adapters : []);

/** The study on the page, also while an evaluation of adapters is shown in its place. */
export const studyOnPage = <S extends Partial<Shown>>(
  shown: S,
  { shelved }: Pick<AdaptersState, 'shelved'>,
): S | Shown => shelved ?? shown;

export function createAdaptersStore(): AdaptersStore {
  return createStore<AdaptersState>(() => ({
    adapters: [],
    extras: [],
    measured: {},
    shelved: null,
    study: null,
    date: null,
    classes: [],
  }));
}

type Lists = Pick<AdaptersState, 'adapters' | 'extras'>;

const valuesById = ({ adapters, extras }: Lists): Map<string, Float32Array> =>
  new Map([...adapters, ...extras].map(({ id, values }) => [id, values]));

/**
 * Other adapters instead of those that are there. An accuracy stays with the adapter that it was measured of: runs of the next study, and files of
 * the next class, have the same ids.
 */
export function withAdapters(state: AdaptersState, lists: Partial<Lists>): AdaptersState {
  const next = { ...state, ...lists };
  const [before, after] = [valuesById(state), valuesById(next)];
  const kept = Object.entries(state.measured).filter(([id]) => after.has(id) && after.get(id) === before.get(id));
  return { ...next, measured: Object.fromEntries(kept) };
}

/** A study takes the place of the one before it, with the adapters that there are of it. */
export const withStudy = (
  state: AdaptersState,
  result: Pick<StudyResult, 'config' | 'task' | 'provenance'>,
  adapters: readonly StudyFileAdapter[],
): AdaptersState => ({
  ...withAdapters(state, { adapters: storedAdapters(adapters, result) }),
  shelved: null,
  study: result.config,
  date: result.provenance.date,
  classes: result.task.classes,
});

/** The study that another state holds, with its adapters, in place of this one's. Adapters from elsewhere stay as they are. */
export const withAdaptersOf = (
  state: AdaptersState,
  { adapters, study, date, classes }: AdaptersState,
): AdaptersState => ({ ...withAdapters(state, { adapters }), study, date, classes });

/** Applies a study event: a new study replaces the previous study's adapters. Pure. */
export function reduceAdapterEvent(state: AdaptersState, event: StudyEvent): AdaptersState {
  switch (event.type) {
    case 'started':
      return withStudy(state, event.result, event.adds ? state.adapters : []);
    case 'adapter': {
      const { study, classes } = state;
      if (!study) return state;
      const { arm, ...run } = event.adapter;
      const armName = study.arms.find(({ id }) => id === arm)?.name ?? arm;
      const stored: StoredAdapter = { id: runKey(arm, run.seed), armId: arm, armName, study, classes, ...run };
      return withAdapters(state, { adapters: [...state.adapters.filter(({ id }) => id !== stored.id), stored] });
    }
    case 'finished':
      // With added seeds, it is that of the earlier study.
      return state.study ? { ...state, date: event.result.provenance.date } : state;
    default:
      return state;
  }
}
