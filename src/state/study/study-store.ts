/**
 * The page's state: the study being configured, the result being shown, and the state of the run. A single vanilla store, so that worker events
 * update it from outside React; React reads it through selectors.
 */
import { errorText } from '../../core/error-text.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';
import type { BackendId } from '../../engine/backends.ts';
import type { EngineInfo } from '../../engine/engine.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { CHECKPOINT_WORDS } from '../../study/checkpoint/words.ts';
import { applyEvent, type StudyEvent } from '../../study/result/events.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { SweepValue } from '../../study/config/sweep.ts';
import type { StoredAdapter } from '../adapters/adapters-store.ts';
import { extendTape } from '../summary/tape.ts';
import { isComputedHere, isHereAlone, NOTHING_SHOWN, runKey, type StudyProgress, type Shown } from './shown.ts';

export type RunStatus = 'idle' | 'starting' | 'running' | 'paused' | 'stopping';

/** What studies run on. */
export type DeviceState =
  /** `last` is shown until another one is open; null: there was none. */
  | { readonly status: 'unopened' | 'opening'; readonly last: EngineInfo | null }
  /** `message`: sentences explaining why it was chosen. */
  | { readonly status: 'ready'; readonly engine: EngineInfo; readonly message: string | null }
  /** `message` says why there is none. */
  | { readonly status: 'failed'; readonly message: string };

/** A study computed here in whose place another is shown. */
export interface Aside extends Shown {
  readonly result: StudyResult;
  /** Those of its runs. */
  readonly adapters: readonly StoredAdapter[];
}

export interface StudyState extends Shown {
  readonly config: StudyConfig;
  /** The result shown before the running study began: figures show it until they have their own. Null while none runs. */
  readonly before: StudyResult | null;
  /** The one that comes back next is the last. */
  readonly aside: readonly Aside[];
  readonly status: RunStatus;
  /** Of the study that runs: it is saved, so that it can be resumed when the page is loaded anew. */
  readonly isSaved: boolean;
  /** Name of the checkpoints of the study that runs here or ran here last; null: there are none. */
  readonly checkpoint: string | null;
  /** The page's settings when the running study began, unaffected by later edits. Null while none runs. */
  readonly underWay: StudyConfig | null;
  readonly backend: BackendId | 'auto';
  readonly device: DeviceState;
  /** The value of a sweep shown by per-arm figures; null until the reader chooses one. */
  readonly sweepValue: SweepValue | null;
  /** Results that are being fetched or read to be shown. */
  readonly coming: number;
  readonly error: Said | null;
  readonly notices: readonly Said[];
  /** The fragment of the link that was opened last, whether it could be read or not; null: the address that was opened last has none. */
  readonly openedLink: string | null;
}

export type StudyStore = StoreApi<StudyState>;

export function createStudyStore(config: StudyConfig = PRESETS[0].config): StudyStore {
  return createStore<StudyState>(() => ({
    ...NOTHING_SHOWN,
    config,
    before: null,
    aside: [],
    status: 'idle',
    isSaved: false,
    checkpoint: null,
    underWay: null,
    backend: 'auto',
    device: { status: 'unopened', last: null },
    sweepValue: null,
    coming: 0,
    error: null,
    notices: [],
    openedLink: null,
  }));
}

/** Tells the page, until work is done, that it may bring a result. */
export async function whileComing<T>(store: StudyStore, work: () => Promise<T>): Promise<T> {
  store.setState(({ coming }) => ({ coming: coming + 1 }));
  try {
    return await work();
  } finally {
    store.setState(({ coming }) => ({ coming: coming - 1 }));
  }
}

/** Whether the page has no result because one is still to come. */
export const isComing = ({ coming, result }: Pick<StudyState, 'coming' | 'result'>): boolean =>
  coming > 0 && result === null;

/** The engine that is open, or was until another one is. */
export function knownEngine({ device }: Pick<StudyState, 'device'>): EngineInfo | null {
  if (device.status === 'failed') return null;
  return device.status === 'ready' ? device.engine : device.last;
}

/** Name of the device that is open and has no study to run; null: none is. */
export const idleDevice = ({ device, status }: Pick<StudyState, 'device' | 'status'>): string | null =>
  device.status === 'ready' && status === 'idle' ? device.engine.device : null;

/** A complete study has reached the end of its last phase, even if that was not reported; a stopped one keeps its position. */
function lastProgress(progress: StudyProgress | null, { status }: StudyResult): StudyProgress | null {
  if (status !== 'complete') return progress;
  const { phase = 'prepare', total = 1 } = progress ?? {};
  return { phase, done: total, total, imagesPerSecond: null, remainingSeconds: 0 };
}

/** What stays on screen under a study that starts. A study that another worker begins again keeps what was there before it. */
function beforeStart({ result, before }: StudyState, adds: boolean): StudyResult | null {
  if (adds) return null; // the findings of the earlier result are in the new one
  return result?.status === 'running' ? before : result;
}

/**
 * Why the study failed that has just ended; null: it did not. What else went wrong while it ran, as a file that was not opened, is on the page too.
 * @param before the page's state before it ended
 */
export const failureAt = ({ error }: Pick<StudyState, 'error'>, before: Pick<StudyState, 'error'>): Said | null =>
  error === before.error ? null : error;

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

/**
 * Whether the page asks before it is left: a study runs, or a result is nowhere but here.
 * @param shelved the study in whose place an evaluation of adapters is shown; null: none is
 */
export const asksBeforeLeaving = (state: StudyState, shelved: Shown | null): boolean =>
  state.status !== 'idle' || [state, ...(shelved ? [shelved] : []), ...state.aside].some(isHereAlone);

/** The page's state once the study that starts has begun or given up; at once where none starts. */
export const onceBegun = (study: StudyStore): Promise<StudyState> =>
  new Promise((resolve) => {
    const look = (): void => {
      const state = study.getState();
      if (state.status === 'starting') return;
      stop();
      resolve(state);
    };
    const stop = study.subscribe(look);
    look();
  });

/** Remembers that a result went into a file or a copied link. */
export function markKept(store: StudyStore, result: StudyResult): void {
  if (store.getState().result === result) store.setState({ kept: result });
}

/** Applies a worker event. Pure. */
export function reduceEvent(state: StudyState, event: StudyEvent): StudyState {
  switch (event.type) {
    case 'started': {
      const { images, testSets, tapes, coalitions, trains, isNew, device } = state;
      return {
        ...state,
        ...NOTHING_SHOWN,
        images,
        testSets,
        trains,
        isNew,
        ...(event.adds && { tapes, coalitions }),
        status: 'running',
        source: event.adds && state.source === 'united' ? 'united' : 'live',
        result: event.result,
        before: beforeStart(state, event.adds ?? false),
        device: { status: 'ready', engine: event.engine, message: device.status === 'ready' ? device.message : null },
      };
    }
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
      // Worded by the worker, in the language that it was told.
      return { ...state, notices: [...state.notices, () => event.message] };
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

/** Makes the shown study's settings editable; its result stays on screen until the reader runs them. */
export const startFromResult = (store: StudyStore): void => store.setState({ readOnly: false });

/** Adds to the sentences on the page that block nothing. */
export const tell = (store: StudyStore, ...said: readonly Said[]): void =>
  store.setState(({ notices }) => ({ notices: [...notices, ...said] }));

/** Says on the page what failed. */
export const tellError = (store: StudyStore, error: unknown): void => store.setState({ error: () => errorText(error) });

/** Said for as long as another tab runs the study that was to go on here. */
export const runsElsewhere: Said = () => CHECKPOINT_WORDS.otherTab;

/** Takes back a sentence that was told. */
export const untell = (store: StudyStore, sentence: Said): void =>
  store.setState(({ notices }) => ({ notices: notices.filter((one) => one !== sentence) }));

/** Says what the page waits for, in place of what it said before. @returns what takes that sentence, or null: it no longer waits */
export function tellingWait(store: StudyStore): (message: string | null) => void {
  let said: Said | null = null;
  return (message) => {
    if (said) untell(store, said);
    said = message === null ? null : () => message;
    if (said) tell(store, said);
  };
}

export const dismissNotice = (store: StudyStore, index: number): void =>
  store.setState((state) => ({ notices: state.notices.filter((_, i) => i !== index) }));
