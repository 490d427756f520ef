import { RunsElsewhere } from '../study/checkpoint/runs-elsewhere.ts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PRESETS } from '../study/presets/presets.ts';
import type { StudyEvent } from '../study/result/events.ts';
import { connectWorker } from './connection.ts';
import { WorkerCrash, WorkerNotLoaded } from './worker-errors.ts';
import { fakeOpenings, fakeWorkers, type FakeWorker } from './test-worker.ts';

const engine = { backend: 'wasm', device: 'WebAssembly SIMD, 2 threads', threads: 2, software: false } as const;
const config = PRESETS[0].config;
const STUDY = { config, dataset: null, known: null, study: null };

function setUp({ left, leave } = fakeOpenings().visit()) {
  const { workers, spawn } = fakeWorkers();
  /** What the reader is told while a worker waits for its device. */
  const waits: (string | null)[] = [];
  const onWait = (message: string | null): void => void waits.push(message);
  return { connection: connectWorker(spawn, () => undefined, left, onWait), workers, leave, waits };
}

describe('the line to the worker', () => {
  it('passes on what the worker waits for, whatever it was asked, until it says otherwise or ends', () => {
    const { connection, workers, waits } = setUp();
    const asked = connection.send('probe', {});
    asked.catch(() => {});
    workers[0].answer({ type: 'device-wait', message: 'It is being opened again.' });
    workers[0].answer({ type: 'device-wait', message: null });
    workers[0].answer({ type: 'device-wait', message: 'No graphics adapter answers.' });
    connection.terminate();
    workers[0].answer({ type: 'device-wait', message: 'too late' });
    expect(waits).toEqual(['It is being opened again.', null, 'No graphics adapter answers.', null]);
  });

  it('starts a worker only on the first request and resolves by id', async () => {
    const { connection, workers } = setUp();
    expect(workers).toHaveLength(0);
    const opened = connection.open('auto');
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

  it('forwards the events of a run in order, and none after it ended', async () => {
    const { connection, workers } = setUp();
    const events: StudyEvent[] = [];
    const run = connection.send('run', STUDY, { onNews: (event) => events.push(event) });
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

  it('fails a study that another tab runs by the kind of error that it is, whatever language its message is in', async () => {
    const { connection, workers } = setUp();
    const continued = connection.send('continue', { study: 'a', simulates: false });
    const id = workers[0].idOf('continue');
    workers[0].answer({ type: 'failed', id, message: 'Diese Studie läuft schon.', why: 'runs-elsewhere' });
    await expect(continued).rejects.toThrow(RunsElsewhere);
  });

  it('fails a first run with the reason why no engine opens', async () => {
    const { connection, workers } = setUp();
    const run = connection.send('run', STUDY);
    const [worker] = workers;
    expect(worker.received[0]).toMatchObject({ type: 'open', backend: 'auto' });
    worker.answer({ type: 'failed', id: worker.idOf('open'), message: 'No backend works here.' });
    worker.answer({ type: 'failed', id: worker.idOf('run'), message: 'The engine is not open.' });
    await expect(run).rejects.toThrow('No backend works here.');
  });

  it('rejects with the reason the worker gives', async () => {
    const { connection, workers } = setUp();
    const opened = connection.open('tfjs-webgpu');
    workers[0].answer({ type: 'failed', id: workers[0].received[0].id, message: 'No WebGPU adapter.' });
    await expect(opened).rejects.toThrow('No WebGPU adapter.');
  });

  describe('tells an opening that the reader ended', () => {
    const wasLeft = ({ received }: FakeWorker) =>
      received.map((request) => request.type === 'open' && request.page.wasLeft);

    it('by stopping it, from one whose worker crashed', async () => {
      const { connection, workers } = setUp();
      const opened = connection.open('auto');
      connection.terminate();
      await expect(opened).rejects.toThrow();
      const again = connection.open('auto');
      workers[1].crash('out of memory');
      await expect(again).rejects.toThrow(WorkerCrash);
      void connection.open('auto');
      expect(workers.map(wasLeft)).toEqual([[false], [true], [false]]);
    });

    it.each<[string, (visit: ReturnType<typeof setUp>) => unknown]>([
      ['by leaving the page', ({ connection, leave }) => [connection.open('auto'), leave()]],
      [
        'by leaving the page that opens one for a study',
        ({ connection, leave }) => [connection.send('run', STUDY), leave()],
      ],
      [
        'by stopping it before the page is left',
        async ({ connection, leave }) => {
          const opened = connection.open('auto');
          connection.terminate();
          leave();
          await expect(opened).rejects.toThrow();
        },
      ],
    ])('%s, at the next visit, once', async (_, end) => {
      const { visit } = fakeOpenings();
      await end(setUp(visit()));
      const next = setUp(visit());
      void next.connection.open('wasm'); // looks at no card
      void next.connection.open('auto');
      void next.connection.open('auto');
      expect(next.workers.map(wasLeft)).toEqual([[false, true, false]]);
    });

    it('by leaving the page while a study looks again at its shapes, until that begins', async () => {
      const started = { type: 'started' } as StudyEvent;
      for (const [looksAgain, hasBegun, expected] of [
        [true, false, true],
        [true, true, false],
        [undefined, false, false],
      ] as const) {
        const { visit } = fakeOpenings();
        const { connection, workers, leave } = setUp(visit());
        const opened = connection.open('auto');
        const [worker] = workers;
        const answer = { engine, notices: [], ...(looksAgain && { looksAgain }) };
        worker.answer({ type: 'done', id: worker.idOf('open'), answer });
        await opened;
        void connection.send('run', STUDY);
        if (hasBegun) worker.answer({ type: 'event', id: worker.idOf('run'), event: started });
        leave();
        const next = setUp(visit());
        void next.connection.open('auto');
        expect(next.workers.map(wasLeft)).toEqual([[expected]]);
      }
    });

    it('which are heard of only while there is a worker, so that a page that joins many classes hears no more', async () => {
      const heard = new Set<() => void>();
      const onLeave = (listener: () => void) => {
        heard.add(listener);
        return () => void heard.delete(listener);
      };
      const { connection } = setUp({ left: { ...fakeOpenings().visit().left, onLeave }, leave: () => undefined });
      for (let i = 0; i < 3; i++) {
        expect(heard.size).toBe(0);
        const opened = connection.open('auto');
        expect(heard.size).toBe(1);
        connection.terminate();
        await expect(opened).rejects.toThrow();
      }
      expect(heard.size).toBe(0);
    });

    it('from a page that is left while none is opened', async () => {
      const { visit } = fakeOpenings();
      const first = setUp(visit());
      const opened = first.connection.open('auto');
      first.workers[0].answer({ type: 'done', id: first.workers[0].idOf('open'), answer: { engine, notices: [] } });
      await opened;
      first.leave();
      const next = setUp(visit());
      void next.connection.open('auto');
      expect(next.workers.map(wasLeft)).toEqual([[false]]);
    });
  });

  it('rejects everything pending when the worker crashes, then respawns with the same backend', async () => {
    const { connection, workers } = setUp();
    const opened = connection.open('wasm');
    workers[0].answer({ type: 'done', id: workers[0].received[0].id, answer: { engine, notices: [] } });
    await opened;
    const run = connection.send('run', STUDY);
    const pause = connection.send('pause', {});
    workers[0].crash('out of memory');
    await expect(run).rejects.toBeInstanceOf(WorkerCrash);
    await expect(pause).rejects.toThrow('out of memory');
    expect(workers[0].terminated).toBe(true);

    const again = connection.send('run', STUDY);
    expect(workers).toHaveLength(2);
    expect(workers[1].received.map((request) => request.type)).toEqual(['open', 'run']);
    expect(workers[1].received[0]).toMatchObject({ backend: 'wasm' });
    workers[1].answer({ type: 'done', id: workers[1].idOf('run'), answer: undefined });
    await again;
  });

  it('says what to do where the program of a worker cannot be had, which is no crash, and tries again when it is asked again', async () => {
    const { connection, workers } = setUp();
    const run = connection.send('run', STUDY);
    workers[0].failToLoad();
    await expect(run).rejects.toThrow(WorkerNotLoaded);
    await expect(run).rejects.toThrow(/could not be loaded.* load the page anew/);
    const again = connection.send('run', STUDY);
    workers[1].answer({ type: 'done', id: workers[1].idOf('run'), answer: undefined });
    await expect(again).resolves.toBeUndefined();
  });

  it('ignores a late error of a worker it has already replaced', async () => {
    const { connection, workers } = setUp();
    const lost = connection.send('run', STUDY);
    workers[0].crash('first');
    await expect(lost).rejects.toThrow('first');
    const run = connection.send('run', STUDY);
    workers[0].crash('again');
    workers[1].answer({ type: 'done', id: workers[1].idOf('run'), answer: undefined });
    await expect(run).resolves.toBeUndefined();
  });

  it('opens another device without the worker that hangs in a question about the last one', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { connection, workers } = setUp();
    const first = connection.open('tfjs-webgpu');
    workers[0].answer({ type: 'done', id: workers[0].idOf('open'), answer: { engine, notices: [] } });
    await first;
    const estimate = connection.send('estimate', { configs: [config], dataset: null, pace: null });
    const measured = connection.send('measure', { budget: 20 });
    const opened = connection.open('auto');
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
    const { connection, workers } = setUp();
    const estimate = connection.send('estimate', { configs: [config], dataset: null, pace: null });
    const opened = [connection.open('tfjs-cpu'), connection.open('wasm')];
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
    const { connection, workers } = setUp();
    const ended = vi.fn();
    const estimate = connection.send('estimate', { configs: [config], dataset: null, pace: null });
    const led = connection.leadClass({ connect: () => ({}) as MessagePort, ended });
    const opened = connection.open('wasm');
    const events: StudyEvent[] = [];
    const run = connection.send('run', { ...STUDY, study: 'a study' }, { onNews: (event) => events.push(event) });
    const plan = connection.send('plan-memory', { config, facts: [] });
    await vi.advanceTimersByTimeAsync(4000);
    expect(await estimate).toBeNull();
    await led;
    expect(ended).toHaveBeenCalledOnce();
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
    const { connection, workers } = setUp();
    const rate = connection.send('probe', {});
    const opened = [connection.open('tfjs-cpu')];
    await vi.advanceTimersByTimeAsync(1000);
    opened.push(connection.open('wasm'));
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
    const { connection, workers } = setUp();
    const estimate = connection.send('estimate', { configs: [config], dataset: null, pace: null });
    const opened = connection.open('auto');
    workers[0].answer({ type: 'done', id: workers[0].idOf('estimate'), answer: null });
    expect(await estimate).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([workers.length, workers[0].terminated]).toEqual([1, false]);
    workers[0].answer({ type: 'done', id: workers[0].idOf('open'), answer: { engine, notices: [] } });
    expect(await opened).toEqual({ engine, notices: [] });
  });
});
