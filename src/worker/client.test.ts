import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PRESETS } from '../study/presets/presets.ts';
import type { StudyEvent } from '../study/result/events.ts';
import { createWorkerClient, WorkerCrash } from './client.ts';
import type { WorkerLike } from './connection.ts';
import type { WorkerRequest, WorkerResponse } from './protocol.ts';

/** A worker whose answers the test writes. */
class FakeWorker implements WorkerLike {
  readonly received: WorkerRequest[] = [];
  terminated = false;
  private message: (event: MessageEvent<WorkerResponse>) => void = () => undefined;
  private error: (event: { message?: string }) => void = () => undefined;

  transferred: Transferable[] = [];

  postMessage(message: WorkerRequest, transfer: Transferable[] = []): void {
    this.transferred = transfer;
    this.received.push(structuredClone(message));
  }
  addEventListener(type: 'message' | 'error', listener: (event: never) => void): void {
    if (type === 'message') this.message = listener as typeof this.message;
    else this.error = listener as typeof this.error;
  }
  terminate(): void {
    this.terminated = true;
  }
  answer(response: WorkerResponse): void {
    this.message({ data: response } as MessageEvent<WorkerResponse>);
  }
  /** Id of the latest request of a type. */
  idOf(type: WorkerRequest['type']): number {
    return this.received.findLast((request) => request.type === type)?.id ?? -1;
  }
  crash(message: string): void {
    this.error({ message });
  }
}

const engine = { backend: 'wasm', device: 'WebAssembly SIMD, 2 threads', threads: 2, software: false } as const;
const config = PRESETS[0].config;

function setUp() {
  const workers: FakeWorker[] = [];
  const client = createWorkerClient(() => {
    workers.push(new FakeWorker());
    return workers[workers.length - 1];
  });
  return { client, workers };
}

describe('worker client', () => {
  it('starts a worker only on the first request and resolves by id', async () => {
    const { client, workers } = setUp();
    expect(workers).toHaveLength(0);
    const opened = client.open('auto');
    const [request] = workers[0].received;
    expect(request).toMatchObject({ type: 'open', backend: 'auto' });
    workers[0].answer({
      type: 'done',
      id: request.id + 99,
      answer: { engine: { ...engine, device: 'wrong' }, notices: [] },
    });
    workers[0].answer({ type: 'done', id: request.id, answer: { engine, notices: ['hello'] } });
    expect(await opened).toEqual({ engine, notices: ['hello'] });
  });

  it('tells how far a measurement is, and gives null for one that was stopped', async () => {
    const { client, workers } = setUp();
    const told: number[] = [];
    const measured = client.measure(20, ({ share }) => told.push(share));
    const id = workers[0].idOf('measure');
    workers[0].answer({ type: 'event', id, event: { share: 0.25, task: 'copy', contender: 'wasm' } });
    const stopped = client.stopMeasuring();
    workers[0].answer({ type: 'done', id: workers[0].idOf('stop-measuring'), answer: undefined });
    await stopped;
    workers[0].answer({ type: 'done', id, answer: null });
    expect(await measured).toBeNull();
    expect(told).toEqual([0.25]);
  });

  it('forwards the events of a run in order, and none after it ended', async () => {
    const { client, workers } = setUp();
    const events: StudyEvent[] = [];
    const run = client.run(config, null, (event) => events.push(event));
    const id = workers[0].idOf('run');
    const progress = (done: number): StudyEvent => ({
      type: 'progress',
      phase: 'train',
      done,
      total: 2,
      imagesPerSecond: null,
      remainingSeconds: null,
    });
    workers[0].answer({ type: 'event', id, event: progress(1) });
    workers[0].answer({ type: 'event', id, event: progress(2) });
    workers[0].answer({ type: 'done', id, answer: undefined });
    workers[0].answer({ type: 'event', id, event: progress(3) });
    await run;
    expect(events.map((event) => event.type === 'progress' && event.done)).toEqual([1, 2]);
  });

  it('sends orders while a run is under way', async () => {
    const { client, workers } = setUp();
    const run = client.run(config, null, () => undefined);
    const pause = client.pause();
    const [worker] = workers;
    expect(worker.received.map(({ type }) => type)).toEqual(['open', 'run', 'pause']);
    expect(new Set(worker.received.map(({ id }) => id)).size).toBe(3);
    worker.answer({ type: 'done', id: worker.idOf('pause'), answer: undefined });
    await pause;
    worker.answer({ type: 'done', id: worker.idOf('run'), answer: undefined });
    await run;
  });

  it('fails a first run with the reason why no engine opens', async () => {
    const { client, workers } = setUp();
    const run = client.run(config, null, () => undefined);
    const [worker] = workers;
    expect(worker.received[0]).toMatchObject({ type: 'open', backend: 'auto' });
    worker.answer({ type: 'failed', id: worker.idOf('open'), message: 'No backend works here.' });
    worker.answer({ type: 'failed', id: worker.idOf('run'), message: 'The engine is not open.' });
    await expect(run).rejects.toThrow('No backend works here.');
  });

  it('rejects with the reason the worker gives', async () => {
    const { client, workers } = setUp();
    const opened = client.open('tfjs-webgpu');
    workers[0].answer({ type: 'failed', id: workers[0].received[0].id, message: 'No WebGPU adapter.' });
    await expect(opened).rejects.toThrow('No WebGPU adapter.');
  });

  it('rejects everything pending when the worker crashes, then respawns with the same backend', async () => {
    const { client, workers } = setUp();
    const opened = client.open('wasm');
    workers[0].answer({ type: 'done', id: workers[0].received[0].id, answer: { engine, notices: [] } });
    await opened;
    const run = client.run(config, null, () => undefined);
    const pause = client.pause();
    workers[0].crash('out of memory');
    await expect(run).rejects.toBeInstanceOf(WorkerCrash);
    await expect(pause).rejects.toThrow('out of memory');
    expect(workers[0].terminated).toBe(true);

    const again = client.run(config, null, () => undefined);
    expect(workers).toHaveLength(2);
    expect(workers[1].received.map((request) => request.type)).toEqual(['open', 'run']);
    expect(workers[1].received[0]).toMatchObject({ backend: 'wasm' });
    workers[1].answer({ type: 'done', id: workers[1].idOf('run'), answer: undefined });
    await again;
  });

  it('ignores a late error of a worker it has already replaced', async () => {
    const { client, workers } = setUp();
    const lost = client.run(config, null, () => undefined);
    workers[0].crash('first');
    await expect(lost).rejects.toThrow('first');
    const run = client.run(config, null, () => undefined);
    workers[0].crash('again');
    workers[1].answer({ type: 'done', id: workers[1].idOf('run'), answer: undefined });
    await expect(run).resolves.toBeUndefined();
  });

  it('opens another device without the worker that hangs in a question about the last one', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, workers } = setUp();
    const first = client.open('tfjs-webgpu');
    workers[0].answer({ type: 'done', id: workers[0].idOf('open'), answer: { engine, notices: [] } });
    await first;
    const estimate = client.estimate([config], null);
    const measured = client.measure(20, () => undefined);
    const opened = client.open('auto');
    await vi.advanceTimersByTimeAsync(2000);
    expect([workers.length, workers[0].terminated]).toEqual([1, false]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(workers[0].terminated).toBe(true);
    expect([await estimate, await measured]).toEqual([null, null]);
    expect(workers[1].received).toMatchObject([{ type: 'open', backend: 'auto' }]);
    workers[1].answer({ type: 'done', id: workers[1].idOf('open'), answer: { engine, notices: [] } });
    expect(await opened).toEqual({ engine, notices: [] });
  });

  it('opens the device that was chosen last where the worker hangs and several were', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, workers } = setUp();
    const estimate = client.estimate([config], null);
    const opened = [client.open('tfjs-cpu'), client.open('wasm')];
    await vi.advanceTimersByTimeAsync(4000);
    expect(await estimate).toBeNull();
    expect(workers[1].received).toMatchObject([{ type: 'open', backend: 'wasm' }]);
    workers[1].answer({ type: 'done', id: workers[1].idOf('open'), answer: { engine, notices: [] } });
    const wasm = { engine, notices: [] };
    expect(await Promise.all(opened)).toEqual([wasm, wasm]);
    expect(workers).toHaveLength(2);
  });

  it('runs on the device that was chosen while the worker hung what was asked for meanwhile', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, workers } = setUp();
    const connect = () => ({}) as MessagePort;
    const estimate = client.estimate([config], null);
    const led = client.leadClass(connect);
    const opened = client.open('wasm');
    const events: StudyEvent[] = [];
    const run = client.run(config, null, (event) => events.push(event), null, 'a study');
    const plan = client.planMemory(config, []);
    await vi.advanceTimersByTimeAsync(4000);
    expect(await estimate).toBeNull();
    await led;
    const [, fresh] = workers;
    expect(fresh.received).toMatchObject([
      { type: 'lead-class' },
      { type: 'open', backend: 'wasm' },
      { type: 'run', config: { task: config.task }, study: 'a study' },
      { type: 'plan-memory' },
    ]);
    fresh.answer({ type: 'done', id: fresh.idOf('open'), answer: { engine, notices: [] } });
    expect(await opened).toEqual({ engine, notices: [] });
    const started = { type: 'progress', phase: 'train', done: 0, total: 2 } as const;
    fresh.answer({
      type: 'event',
      id: fresh.idOf('run'),
      event: { ...started, imagesPerSecond: null, remainingSeconds: null },
    });
    fresh.answer({ type: 'done', id: fresh.idOf('run'), answer: undefined });
    fresh.answer({ type: 'done', id: fresh.idOf('plan-memory'), answer: [] });
    await run;
    expect(events).toHaveLength(1);
    expect(await plan).toEqual([]);
    expect(workers).toHaveLength(2);
  });

  it('measures the speed of the device that was chosen while the worker hung in the speed of the last one', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, workers } = setUp();
    const rate = client.probe();
    const opened = [client.open('tfjs-cpu')];
    await vi.advanceTimersByTimeAsync(1000);
    opened.push(client.open('wasm'));
    await vi.advanceTimersByTimeAsync(4000);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    const [, fresh] = workers;
    expect(fresh.received.map(({ type }) => type)).toEqual(['open', 'probe']);
    fresh.answer({ type: 'done', id: fresh.idOf('open'), answer: { engine, notices: [] } });
    fresh.answer({ type: 'done', id: fresh.idOf('probe'), answer: 7 });
    expect(await Promise.all(opened)).toHaveLength(2);
    expect(await rate).toBe(7);
  });

  it('waits for a device that opens slowly once the questions about the last one have ended', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, workers } = setUp();
    const estimate = client.estimate([config], null);
    const opened = client.open('auto');
    workers[0].answer({ type: 'done', id: workers[0].idOf('estimate'), answer: null });
    expect(await estimate).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([workers.length, workers[0].terminated]).toEqual([1, false]);
    workers[0].answer({ type: 'done', id: workers[0].idOf('open'), answer: { engine, notices: [] } });
    expect(await opened).toEqual({ engine, notices: [] });
  });

  it('gives orders to nobody when no worker runs', async () => {
    const { client, workers } = setUp();
    await client.stop();
    expect(workers).toHaveLength(0);
  });

  it('sends whose predictions are wanted once to every worker, transfers frames, and tells it what is not wanted any more', async () => {
    const { client, workers } = setUp();
    const setting = { config, classes: ['a', 'b'], adapters: [], head: null };
    const frame = { kind: 'frame', pixels: new Uint8ClampedArray(4), width: 1, height: 1 } as const;
    const question = { pictures: [frame], variants: [], words: [] };
    const first = client.predict(setting, question);
    const [worker] = workers;
    expect(worker.received.at(-1)).toMatchObject({ type: 'predict', setting: { classes: ['a', 'b'] } });
    expect(worker.transferred).toEqual([frame.pixels.buffer]);
    const answers = { classes: ['a', 'b'], probabilities: [], unknown: [] };
    worker.answer({ type: 'done', id: worker.idOf('predict'), answer: answers });
    expect(await first).toEqual(answers);

    const stop = new AbortController();
    const second = client.predict(setting, question, stop.signal);
    const asked = worker.idOf('predict');
    expect(worker.received.at(-1)).toMatchObject({ type: 'predict', setting: null });
    stop.abort();
    expect(worker.received.at(-1)).toMatchObject({ type: 'stop-predicting', question: asked });
    worker.answer({ type: 'done', id: asked, answer: null });
    expect(await second).toBeNull();
    expect(await client.predict(setting, question, stop.signal)).toBeNull();
    expect(worker.idOf('predict')).toBe(asked);

    const look = client.lookInside(setting, { picture: frame, variants: [] });
    expect(worker.received.at(-1)).toMatchObject({ type: 'look-inside', line: 'inside', setting: null });
    const answer = { side: 1, looks: [] };
    worker.answer({ type: 'done', id: worker.idOf('look-inside'), answer });
    expect(await look).toEqual(answer);

    worker.crash('gone');
    void client.predict(setting, question).catch(() => undefined);
    expect(workers[1].received.at(-1)).toMatchObject({ type: 'predict', setting: { classes: ['a', 'b'] } });
  });

  it('sends whose predictions are wanted again after a question that failed: the worker may not have kept it', async () => {
    const { client, workers } = setUp();
    const setting = { config, classes: ['a', 'b'], adapters: [], head: null };
    const ask = () => client.predict(setting, { pictures: [], variants: [], words: [] });
    const first = ask();
    const [worker] = workers;
    worker.answer({ type: 'failed', id: worker.idOf('predict'), message: 'The engine is not open.' });
    await expect(first).rejects.toThrow('not open');
    void ask();
    expect(worker.received.at(-1)).toMatchObject({ type: 'predict', setting: { classes: ['a', 'b'] } });
    void ask();
    expect(worker.received.at(-1)).toMatchObject({ type: 'predict', setting: null });
  });
});
