/**
 * The page's state: the study being configured, the result being shown, and the state of the run. A single vanilla store, so that worker events
 * update it from outside React; React reads it through selectors.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendId, EngineInfo } from '../../engine/engine.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { CoalitionValues } from '../../study/analyses/shapley/coalition-values.ts';
import { applyEvent, type StudyEvent } from '../../study/result/events.ts';
import type { GpuStep } from '../../study/run/gpu-step.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { SweepValue } from '../../study/config/sweep.ts';
import type { Glimpse } from '../../study/run/glimpse-plan.ts';
import { testSetsOf, type TestSet } from '../pictures/own-test-set.ts';
import type { StudyImages } from './images-diff.ts';
import { extendTape, type Tape } from '../summary/tape.ts';

/** Source of the numbers on screen; 'none' while there are none. */
export type ResultSource = 'none' | 'saved' | 'live' | 'link' | 'file' | 'united';
export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'stopping';
export type EngineStatus = 'unopened' | 'opening' | 'ready' | 'failed';
export type Progress = Omit<Extract<StudyEvent, { type: 'progress' }>, 'type'>;

export interface StudyState {
  readonly config: StudyConfig;
  readonly result: StudyResult | null;
  /** The result shown before the running study began: figures show it until they have their own. Null while none runs. */
  readonly before: StudyResult | null;
  readonly source: ResultSource;
  /** Studies computed here in whose place others are shown; the one that comes back next is the last. */
  readonly aside: readonly Aside[];
  /** What the link of a result from one lacks that may be why a figure is empty, for people. */
  readonly lacks: readonly string[];
  /** The reader's own images that the study under way, or that of the result shown, has; null: it has none, or they are not known. */
  readonly images: StudyImages | null;
  /** Own test images of the result shown and of the study under way, as they were when their studies began. */
  readonly testSets: readonly TestSet[];
  /** A shared study and its settings are shown, until the reader runs it or starts from it. */
  readonly readOnly: boolean;
  readonly status: RunStatus;
  /** Of the study that runs or ran last: it trains. Others evaluate adapters that there are. */
  readonly trains: boolean;
  /** Of the same study: Run began it, so that all of it is computed here. */
  readonly isNew: boolean;
  /** Of the study that runs: it is saved, so that it can be resumed when the page is loaded anew. */
  readonly isSaved: boolean;
  /** The page's settings when the running study began, unaffected by later edits. Null while none runs. */
  readonly underWay: StudyConfig | null;
  /** Progress of the running study; after it ended, its final progress while its result is shown. */
  readonly progress: Progress | null;
  /** Live tapes by runKey; saved results contain theirs in RunResult.gates. */
  readonly tapes: Readonly<Record<string, Tape>>;
  /** Value of every coalition of layers, by runKey; only for runs measured here with all coalitions. */
  readonly coalitions: Readonly<Record<string, CoalitionValues>>;
  readonly backend: BackendId | 'auto';
  readonly engine: EngineInfo | null;
  readonly engineStatus: EngineStatus;
  /** Sentences explaining why this engine was chosen, or why there is none. */
  readonly engineMessage: string | null;
  /** The last look at runs in training, of the study that runs or that ran last. */
  readonly glimpse: Glimpse | null;
  /** GPU activity in the last inspected step. */
  readonly gpuStep: GpuStep | null;
  /** The value of a sweep shown by per-arm figures; null until the reader chooses one. */
  readonly sweepValue: SweepValue | null;
  readonly error: string | null;
  readonly notices: readonly string[];
}

/** What the page shows of a study, and an evaluation or a saved result replaces. */
export type Shelved = Pick<
  StudyState,
  'result' | 'source' | 'images' | 'testSets' | 'readOnly' | 'tapes' | 'coalitions'
>;

type Aside = Shelved & Pick<StudyState, 'config'>;

export const shelvedOf = ({ result, source, images, testSets, readOnly, tapes, coalitions }: Shelved): Shelved => ({
  ...{ result, source, images, testSets, readOnly, tapes, coalitions },
});

export type StudyStore = StoreApi<StudyState>;

export const runKey = (arm: string, seed: number): string => `${arm}/${seed}`;

export function createStudyStore(config: StudyConfig = PRESETS[0].config): StudyStore {
  return createStore<StudyState>(() => ({
    config,
    result: null,
    before: null,
    source: 'none',
    aside: [],
    lacks: [],
    images: null,
    testSets: [],
    readOnly: false,
    status: 'idle',
    trains: false,
    isNew: false,
    isSaved: false,
    underWay: null,
    progress: null,
    tapes: {},
    coalitions: {},
    backend: 'auto',
    engine: null,
    engineStatus: 'unopened',
    engineMessage: null,
    glimpse: null,
    gpuStep: null,
    sweepValue: null,
    error: null,
    notices: [],
  }));
}

/** A complete study has reached the end of its last phase, even if that was not reported; a stopped one keeps its position. */
function lastProgress(progress: Progress | null, { status }: StudyResult): Progress | null {
  if (status !== 'complete') return progress;
  const { phase = 'prepare', total = 1 } = progress ?? {};
  return { phase, done: total, total, imagesPerSecond: null, remainingSeconds: 0 };
}

/** What stays on screen under a study that starts. A study that another worker begins again keeps what was there before it. */
function beforeStart({ result, before }: StudyState, adds: boolean): StudyResult | null {
  if (adds) return null; // the findings of the earlier result are in the new one
  return result?.status === 'running' ? before : result;
}

/** Whether a result is nowhere but on this page. */
export const isComputedHere = (source: ResultSource): boolean => source === 'live' || source === 'united';

/** What would become of what was computed on the page if it were loaded anew. */
export function lossByReload({
  status,
  isSaved,
  source,
  aside,
}: Pick<StudyState, 'status' | 'isSaved' | 'source' | 'aside'>): 'none' | 'resumable' | 'lost' {
  if (status !== 'idle') return isSaved ? 'resumable' : 'lost';
  return isComputedHere(source) || aside.length > 0 ? 'lost' : 'none';
}

/** Applies a worker event. Pure. */
export function reduceEvent(state: StudyState, event: StudyEvent): StudyState {
  switch (event.type) {
    case 'started':
      return {
        ...state,
        status: 'running',
        source: event.adds && state.source === 'united' ? 'united' : 'live',
        readOnly: false,
        result: event.result,
        before: beforeStart(state, event.adds ?? false),
        engine: event.engine,
        tapes: event.adds ? state.tapes : {},
        coalitions: event.adds ? state.coalitions : {},
        progress: null,
        glimpse: null,
        gpuStep: null,
      };
    case 'progress': {
      const { phase, done, total, imagesPerSecond, remainingSeconds } = event;
      return { ...state, progress: { phase, done, total, imagesPerSecond, remainingSeconds } };
    }
    case 'gates': {
      const key = runKey(event.arm, event.seed);
      const tape = extendTape(state.tapes[key] ?? null, event.fromStep, event.gates, event.players);
      return { ...state, tapes: { ...state.tapes, [key]: tape } };
    }
    case 'coalitions': {
      const { coalitions } = event;
      return {
        ...state,
        coalitions: { ...state.coalitions, [runKey(coalitions.arm, coalitions.seed)]: coalitions },
      };
    }
    case 'saved':
      return { ...state, isSaved: true };
    case 'notice':
      return { ...state, notices: [...state.notices, event.message] };
    case 'glimpse':
      return { ...state, glimpse: event.glimpse };
    case 'gpu-step':
      return { ...state, gpuStep: event.gpuStep };
    case 'finished':
      return { ...state, result: event.result, before: null, progress: lastProgress(state.progress, event.result) };
    default:
      return state.result ? { ...state, result: applyEvent(state.result, event) } : state;
  }
}

/** Shows a finished result with its configuration. */
export function showResult(
  store: StudyStore,
  result: StudyResult,
  source: 'saved' | 'link' | 'file',
  lacks: readonly string[] = [],
): void {
  const readOnly = source !== 'saved';
  store.setState({
    result,
    before: null,
    source,
    lacks,
    images: null,
    testSets: testSetsOf(store.getState().testSets, result),
    readOnly,
    config: result.config,
    tapes: {},
    coalitions: {},
    progress: null,
    glimpse: null,
    error: null,
  });
}

/** What is put aside of a study until it is shown again: the study, if it was computed here. */
export const asideOf = (study: Shelved): Aside[] =>
  study.result && isComputedHere(study.source) ? [{ ...shelvedOf(study), config: study.result.config }] : [];

/** Makes the shown study's settings editable; its result stays on screen until the reader runs them. */
export const startFromResult = (store: StudyStore): void => store.setState({ readOnly: false });

export const dismissNotice = (store: StudyStore, index: number): void =>
  store.setState((state) => ({ notices: state.notices.filter((_, i) => i !== index) }));
