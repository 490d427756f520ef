/** Commands of "Measure this device". */
import { errorText } from '../../core/error-text.ts';
import { MEASURING_SECONDS } from '../../engine/measure/plan.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import { decodeMeasurement, encodeMeasurement } from '../../share/measurement/link.ts';
import { MeasurementError, readMeasurement } from '../../share/measurement/schema.ts';
import type { Asks, StudyWorkerClient } from '../../worker/client.ts';
import { remember, remembered, type Keeper } from '../page/keeper.ts';
import type { MeasureStore } from './measure-store.ts';

/** In which the page's own measurement outlives a visit, as the fragment of a link. */
const KEY = 'copra-measurement';
/** Longer files are none of ours. */
const MAX_BYTES = 1_000_000;

export type Measurer = Asks<'measure'> & Pick<StudyWorkerClient, 'order'>;

/** Seconds that the protocol may take. */
export const budgetOf = (seconds: number | null): number =>
  Math.min(MEASURING_SECONDS.most, Math.max(MEASURING_SECONDS.least, seconds ?? MEASURING_SECONDS.usual));

/** Measures this device. The panel shows what comes of it. */
export async function startMeasuring(store: MeasureStore, measurer: Measurer, keeper: Keeper): Promise<void> {
  if (store.getState().status !== 'idle') return;
  store.setState({ status: 'running', progress: null, problem: null, isInterrupted: false });
  try {
    const budget = budgetOf(store.getState().seconds);
    const measured = await measurer.ask('measure', { budget }, { onNews: (progress) => store.setState({ progress }) });
    if (measured) {
      store.setState({ own: measured });
      remember(keeper, KEY, encodeMeasurement(measured));
    } else if (store.getState().status === 'running') store.setState({ isInterrupted: true });
  } catch (error) {
    store.setState({ problem: () => errorText(error) });
  }
  store.setState({ status: 'idle', progress: null });
}

export function stopMeasuring(store: MeasureStore, measurer: Measurer): void {
  if (store.getState().status !== 'running') return;
  store.setState({ status: 'stopping' });
  void measurer.order('stop-measuring');
}

/** What an earlier visit measured; null where that is nothing, or of a version that is not read any more. */
function earlier(keeper: Keeper): Measurement | null {
  const text = remembered(keeper, KEY);
  try {
    return text === null ? null : decodeMeasurement(text);
  } catch {
    return null;
  }
}

export function recallMeasurement(store: MeasureStore, keeper: Keeper): void {
  if (!store.getState().own) store.setState({ own: earlier(keeper) });
}

/** Shows what `read` gives beside one's own measurement, or says why it gives nothing. */
function showOther(store: MeasureStore, read: () => Measurement): void {
  try {
    store.setState({ other: read(), problem: null });
  } catch (error) {
    if (!(error instanceof MeasurementError)) throw error;
    store.setState({ problem: () => errorText(error) });
  }
}

export const openMeasurementLink = (store: MeasureStore, hash: string): void =>
  showOther(store, () => decodeMeasurement(hash));

export async function openMeasurementFile(store: MeasureStore, file: Blob): Promise<void> {
  const text = file.size > MAX_BYTES ? '' : await file.text();
  showOther(store, () => readMeasurement(text));
}
