/** How long the page's study, and the study of "Try it", will take on this device. Measured once per device and corrected by every whole study that ends here. */
import { sameJson } from '../../core/same-json.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { withoutPixels } from '../../data/dataset/dropped.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { TRY_IT_STUDIES, tryItStudy } from '../../study/presets/try-it.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { Asks } from '../../worker/client.ts';
import { splitModelId } from '../../model/hub/model-id.ts';
import type { DatasetStore } from '../dataset/dataset-store.ts';
import { remember, remembered, type Keeper } from '../page/keeper.ts';
import { knownEngine, type StudyState, type StudyStore } from './study-store.ts';

export interface Estimates {
  /** Settings that `seconds` is about. */
  readonly config: StudyConfig | null;
  /** Null where it is unknown: own images that are not read yet, own backbones, a device that was not measured yet. */
  readonly seconds: number | null;
  /** Settings beside the page's whose seconds are wanted, as of a lesson's run, with them; null where they are unknown. */
  readonly wanted: ReadonlyMap<StudyConfig, number | null>;
  /** Seconds of every study of "Try it", in their order; null until the device was measured. */
  readonly tries: readonly number[] | null;
}

export type EstimatesStore = StoreApi<Estimates>;

const KEY = 'copra-pace';
const DELAY_MS = 400;

/** A correction by one study: what the estimate misses is no more than that, and anything beyond is a device that slept. */
const MOST_CORRECTION = 3;

interface Pace {
  readonly device: string;
  /** Seconds per image pass. */
  readonly pace: number;
}

function isPace(value: unknown): value is Pace {
  return (
    typeof value === 'object' &&
    value !== null &&
    'device' in value &&
    typeof value.device === 'string' &&
    'pace' in value &&
    typeof value.pace === 'number' &&
    value.pace > 0
  );
}

function keptPace(keeper: Keeper): Pace | null {
  try {
    const value: unknown = JSON.parse(remembered(keeper, KEY) ?? 'null');
    return isPace(value) ? value : null;
  } catch {
    return null;
  }
}

/** Devices of a class trained parts of it. */
const hasDevices = ({ federated }: StudyResult): boolean =>
  federated?.runs.some(({ attendance }) => attendance !== undefined) ?? false;

/**
 * Follows the study's settings while nothing runs, once there is an engine.
 * @param images the reader's own
 */
export function createEstimates(
  study: StudyStore,
  images: Pick<DatasetStore, 'getState' | 'subscribe'>,
  client: Asks<'estimate'>,
  keeper: Keeper,
): EstimatesStore {
  const store = createStore<Estimates>(() => ({
    config: null,
    seconds: null,
    wanted: new Map(),
    tries: null,
  }));
  let known = keptPace(keeper);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keep = (pace: Pace): void => {
    known = pace;
    remember(keeper, KEY, JSON.stringify(pace));
  };

  const ask = async (): Promise<void> => {
    const state = study.getState();
    const { status, config } = state;
    const engine = knownEngine(state);
    if (!engine || status !== 'idle') return;
    const { wanted } = store.getState();
    const { dataset } = images.getState();
    // Only bundled backbones: others would have to be loaded.
    const canEstimate = ({ task, backbone }: StudyConfig): boolean =>
      (task !== 'dropped' || dataset !== null) && splitModelId(backbone) === null;
    const own = canEstimate(config) ? [config] : [];
    const others = [...wanted.keys()].filter(canEstimate);
    try {
      const pace = known?.device === engine.device ? known.pace : null;
      const configs = [...TRY_IT_STUDIES, ...own, ...others];
      const estimate = await client.ask('estimate', { configs, dataset: dataset && withoutPixels(dataset), pace });
      if (!estimate) return;
      keep({ device: engine.device, pace: estimate.pace });
      const secondsOf = new Map(configs.map((one, i) => [one, estimate.seconds[i]]));
      const secondsOfWanted = ({ wanted }: Estimates) =>
        new Map([...wanted.keys()].map((one) => [one, secondsOf.get(one) ?? null]));
      store.setState((now) => ({
        config,
        seconds: secondsOf.get(config) ?? null,
        wanted: secondsOfWanted(now),
        tries: estimate.seconds.slice(0, TRY_IT_STUDIES.length),
      }));
    } catch {
      // Settings that no study can have, or a device that failed: both are reported where they are used.
      store.setState({ config, seconds: null });
    }
  };

  /** A whole study of known estimate tells the true pace. */
  const learn = (state: StudyState, before: StudyResult | null, { config, seconds }: Estimates): void => {
    const { result, isNew } = state;
    if (!result || result === before || !isNew || result.status !== 'complete' || hasDevices(result)) return;
    const engine = knownEngine(state);
    if (!engine || known?.device !== engine.device || result.provenance.device !== engine.device) return;
    // A result comes from the worker as a copy.
    if (seconds === null || !sameJson(config, result.config)) return;
    const factor = result.provenance.seconds / seconds;
    if (factor > 0)
      keep({ ...known, pace: known.pace * Math.min(MOST_CORRECTION, Math.max(1 / MOST_CORRECTION, factor)) });
  };

  const askSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), DELAY_MS);
  };

  let before: StudyResult | null = null;
  study.subscribe((state, previous) => {
    if (state.status !== 'idle' && previous.status === 'idle') before = previous.result;
    const ended = state.status === 'idle' && previous.status !== 'idle';
    if (ended) learn(state, before, store.getState());
    const isSame = state.config === previous.config && knownEngine(state) === knownEngine(previous);
    if (!ended && isSame) return;
    askSoon();
  });
  images.subscribe(({ dataset }, previous) => {
    if (dataset !== previous.dataset) askSoon();
  });
  store.subscribe(({ wanted }, previous) => {
    if ([...wanted.keys()].some((config) => !previous.wanted.has(config))) askSoon();
  });
  return store;
}

/** Seconds of these settings; null while they are unknown. */
export const secondsOf = ({ config, seconds }: Estimates, wanted: StudyConfig): number | null =>
  config === wanted ? seconds : null;

/** A device that was not measured by then gets a study that any device can do. */
const PATIENCE_MS = 15_000;

/** The study of "Try it", once the device is measured. */
export function tryItOf(store: EstimatesStore): Promise<StudyConfig> {
  const { tries } = store.getState();
  if (tries) return Promise.resolve(tryItStudy(tries));
  return new Promise((resolve) => {
    const answer = (config: StudyConfig): void => {
      clearTimeout(timer);
      stop();
      resolve(config);
    };
    const stop = store.subscribe((now) => {
      if (now.tries) answer(tryItStudy(now.tries));
    });
    const timer = setTimeout(() => answer(TRY_IT_STUDIES[0]), PATIENCE_MS);
  });
}
