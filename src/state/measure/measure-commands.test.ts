import { describe, expect, it, vi } from 'vitest';
import { measurementFixture } from '../../../tests/fixtures/measurement.ts';
import type { Measurement } from '../../engine/measure/measurement.ts';
import type { MeasureProgress } from '../../engine/measure/run-protocol.ts';
import { encodeMeasurement } from '../../share/measurement/link.ts';
import { rounded, writeMeasurement } from '../../share/measurement/schema.ts';
import type { SendOptions } from '../../worker/connection.ts';
import type { Asked } from '../../worker/protocol.ts';
import { answering } from '../../worker/test-answers.ts';
import {
  budgetOf,
  openMeasurementFile,
  openMeasurementLink,
  recallMeasurement,
  startMeasuring,
  stopMeasuring,
} from './measure-commands.ts';
import { createMeasureStore } from './measure-store.ts';

const fixture = measurementFixture();

function keeper() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
}

/** A worker that ends its measurement when the test says. */
function measurer() {
  let end: (found: Measurement | null) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let tell: (progress: MeasureProgress) => void = () => undefined;
  const measure = vi.fn((_: Asked<'measure'>, { onNews = () => undefined }: SendOptions<'measure'>) => {
    tell = onNews;
    return new Promise<Measurement | null>((resolve, reject) => ([end, fail] = [resolve, reject]));
  });
  return {
    ...answering({ measure }),
    measure,
    order: vi.fn(() => Promise.resolve()),
    end: (found: Measurement | null) => end(found),
    fail: (error: Error) => fail(error),
    tell: (progress: MeasureProgress) => tell(progress),
  };
}

describe('the panel', () => {
  it('is opened by the address and by a link to a measurement, and by nothing else', () => {
    const opened = (search: string, hash = '') => createMeasureStore(search, hash).getState();
    expect(opened('?measure')).toMatchObject({ isOpen: true, seconds: null, status: 'idle' });
    expect(opened('?measure=20&steps=5')).toMatchObject({ isOpen: true, seconds: 20 });
    expect(opened('?measure=soon').seconds).toBeNull();
    expect(opened('', '#m1.AAAA').isOpen).toBe(true);
    expect(opened('?steps=5', '#r2.AAAA').isOpen).toBe(false);
  });

  it('keeps the time within reason', () => {
    expect([null, 20, 0.1, 1e9].map(budgetOf)).toEqual([40, 20, 2, 3600]);
  });
});

describe('measuring', () => {
  it('shows how far it is, then what it found, which the next visit still knows', async () => {
    const [store, worker, kept] = [createMeasureStore('?measure=20', ''), measurer(), keeper()];
    const done = startMeasuring(store, worker, kept);
    void startMeasuring(store, worker, kept);
    expect(worker.measure).toHaveBeenCalledTimes(1);
    expect(worker.measure.mock.calls[0][0]).toEqual({ budget: 20 });
    worker.tell({ share: 0.5, task: 'copy', contender: 'wasm' });
    expect(store.getState()).toMatchObject({ status: 'running', progress: { share: 0.5 } });
    worker.end(fixture);
    await done;
    expect(store.getState()).toMatchObject({ status: 'idle', progress: null, own: fixture, problem: null });
    const next = createMeasureStore('?measure', '');
    recallMeasurement(next, kept);
    expect(next.getState().own).toEqual(rounded(fixture));
  });

  it('tells a press on Stop from what else ended it', async () => {
    const [store, worker] = [createMeasureStore('', ''), measurer()];
    let done = startMeasuring(store, worker, null);
    stopMeasuring(store, worker);
    expect(worker.order.mock.calls).toEqual([['stop-measuring']]);
    expect(store.getState().status).toBe('stopping');
    worker.end(null);
    await done;
    expect(store.getState()).toMatchObject({ status: 'idle', own: null, isInterrupted: false });
    done = startMeasuring(store, worker, null);
    worker.end(null);
    await done;
    expect(store.getState().isInterrupted).toBe(true);
  });

  it('says why it failed', async () => {
    const [store, worker] = [createMeasureStore('', ''), measurer()];
    const done = startMeasuring(store, worker, null);
    worker.fail(new Error('The study worker stopped.'));
    await done;
    expect(store.getState().status).toBe('idle');
    expect(store.getState().problem?.()).toBe('The study worker stopped.');
  });

  it('forgets what an earlier version kept', () => {
    const [store, kept] = [createMeasureStore('', ''), keeper()];
    kept.setItem('copra-measurement', 'm0.AAAA');
    recallMeasurement(store, kept);
    expect(store.getState().own).toBeNull();
  });
});

describe('another’s measurement', () => {
  it('comes by link and by file, and what is none is refused and changes nothing', async () => {
    const store = createMeasureStore('', '');
    openMeasurementLink(store, `#${encodeMeasurement(fixture)}`);
    expect(store.getState().other).toEqual(rounded(fixture));
    openMeasurementLink(store, '#m1.AAAA');
    expect(store.getState().problem?.()).toContain('cut off or altered');
    expect(store.getState().other).toEqual(rounded(fixture));
    await openMeasurementFile(store, new Blob([writeMeasurement({ ...fixture, budget: 7 })]));
    expect(store.getState()).toMatchObject({ problem: null, other: { budget: 7 } });
    await openMeasurementFile(store, new Blob(['{}']));
    expect(store.getState().other).toMatchObject({ budget: 7 });
    expect(store.getState().problem?.()).toBe('This is no measurement of a device.');
    await openMeasurementFile(store, new Blob([' '.repeat(1_000_001)]));
    expect(store.getState().problem?.()).toContain('no measurement');
  });
});
