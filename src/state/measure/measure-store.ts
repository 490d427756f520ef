/** "Measure this device" on the page: whether its panel is open, what runs, and what was measured. measure-commands.ts does the work. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Said } from '../../core/language/catalogue.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import type { MeasureProgress } from '../../engine/measure/run-protocol.ts';
import { holdsMeasurement } from '../page/url.ts';

export interface MeasureState {
  readonly isOpen: boolean;
  /** Seconds, from the address (`measure=20`); null: the usual ones. */
  readonly seconds: number | null;
  readonly status: 'idle' | 'running' | 'stopping';
  readonly progress: MeasureProgress | null;
  /** Measured here, now or at an earlier visit. */
  readonly own: Measurement | null;
  /** From a link or a file. */
  readonly other: Measurement | null;
  /** Something else that the page was asked to do ended the measurement. */
  readonly isInterrupted: boolean;
  /** What went wrong, for people. */
  readonly problem: Said | null;
}

export type MeasureStore = StoreApi<MeasureState>;

export const MEASURE_KEY = 'measure';

/** `?measure` opens the panel, `?measure=20` also says the seconds; so does a link to a measurement. @param search query @param hash fragment */
export function createMeasureStore(search: string, hash: string): MeasureStore {
  const asked = new URLSearchParams(search).get(MEASURE_KEY);
  const seconds = Number(asked);
  return createStore<MeasureState>(() => ({
    isOpen: asked !== null || holdsMeasurement(hash),
    seconds: seconds > 0 && Number.isFinite(seconds) ? seconds : null,
    status: 'idle',
    progress: null,
    own: null,
    other: null,
    isInterrupted: false,
    problem: null,
  }));
}

export const openMeasuring = (store: MeasureStore): void => store.setState({ isOpen: true });
export const closeMeasuring = (store: MeasureStore): void => store.setState({ isOpen: false });
