/**
 * What the page knows: the study being configured, the result being shown, and the state of the run. One vanilla store, so that worker
 * events update it from outside React; React reads it through selectors.
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
import { extendTape, type Tape } from '../summary/tape.ts';

/** Where the numbers on screen come from; 'none' while there are none. */
export type ResultSource = 'none' | 'saved' | 'live' | 'link' | 'file' | 'united';
export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'stopping';
export type EngineStatus = 'unopened' | 'opening' | 'ready' | 'failed';
export type Progress = Omit<Extract<StudyEvent, { type: 'progress' }>, 'type'>;

export interface StudyState {
  readonly config: StudyConfig;
  readonly result: StudyResult | null;
  readonly source: ResultSource;
  /** Somebody else's study is shown, and its settings with it, until the reader runs it or starts from it. */
  readonly readOnly: boolean;
  readonly status: RunStatus;
  /** The settings of the page when the study under way began: its own, whatever is changed meanwhile. Null while none runs. */
  readonly underWay: StudyConfig | null;
  /** Where the study under way is; once it ended, how far it came, while its result is shown. */
  readonly progress: Progress | null;
  /** Live tapes by runKey; saved results carry theirs in RunResult.gates. */
  readonly tapes: Readonly<Record<string, Tape>>;
  /** What every coalition of layers is worth, by runKey; of runs measured here, where all coalitions were. */
  readonly coalitions: Readonly<Record<string, CoalitionValues>>;
  readonly backend: BackendId | 'auto';
  readonly engine: EngineInfo | null;
  readonly engineStatus: EngineStatus;
  /** Why this engine, or why none: in sentences. */
  readonly engineMessage: string | null;
  /** What the GPU did in the last step that was looked at. */
  readonly gpuStep: GpuStep | null;
  /** The value of a sweep whose arms are shown one by one; null until somebody chooses. */
  readonly sweepValue: SweepValue | null;
  readonly error: string | null;
  readonly notices: readonly string[];
}

export type StudyStore = StoreApi<StudyState>;

export const runKey = (arm: string, seed: number): string => `${arm}/${seed}`;

export function createStudyStore(config: StudyConfig = PRESETS[0].config): StudyStore {
  return createStore<StudyState>(() => ({
    config,
    result: null,
    source: 'none',
    readOnly: false,
    status: 'idle',
    underWay: null,
    progress: null,
    tapes: {},
    coalitions: {},
    backend: 'auto',
    engine: null,
    engineStatus: 'unopened',
    engineMessage: null,
    gpuStep: null,
    sweepValue: null,
    error: null,
    notices: [],
  }));
}

/** A study that is complete has reached the end of its last phase, also where that was not reported; one that was stopped stays where it was. */
function lastProgress(progress: Progress | null, { status }: StudyResult): Progress | null {
  if (status !== 'complete') return progress;
  const { phase = 'prepare', total = 1 } = progress ?? {};
  return { phase, done: total, total, imagesPerSecond: null, remainingSeconds: 0 };
}

/** The state after a worker event. Pure. */
export function reduceEvent(state: StudyState, event: StudyEvent): StudyState {
  switch (event.type) {
    case 'started':
      return {
        ...state,
        status: 'running',
        source: event.adds && state.source === 'united' ? 'united' : 'live',
        readOnly: false,
        result: event.result,
        engine: event.engine,
        tapes: event.adds ? state.tapes : {},
        coalitions: event.adds ? state.coalitions : {},
        progress: null,
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
    case 'notice':
      return { ...state, notices: [...state.notices, event.message] };
    case 'gpu-step':
      return { ...state, gpuStep: event.gpuStep };
    case 'finished':
      return { ...state, result: event.result, progress: lastProgress(state.progress, event.result) };
    default:
      return state.result ? { ...state, result: applyEvent(state.result, event) } : state;
  }
}

/** Shows a finished result with its own configuration. */
export function showResult(store: StudyStore, result: StudyResult, source: 'saved' | 'link' | 'file'): void {
  const readOnly = source !== 'saved';
  store.setState({
    result,
    source,
    readOnly,
    config: result.config,
    tapes: {},
    coalitions: {},
    progress: null,
    error: null,
  });
}

/** The shown study's settings become the reader's own to change; its result stays on screen until they run. */
export const startFromResult = (store: StudyStore): void => store.setState({ readOnly: false });

export const dismissNotice = (store: StudyStore, index: number): void =>
  store.setState((state) => ({ notices: state.notices.filter((_, i) => i !== index) }));
