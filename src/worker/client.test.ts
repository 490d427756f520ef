import { describe, expect, it } from 'vitest';
import { PRESETS } from '../study/presets/presets.ts';
import { createWorkerClient } from './client.ts';
import { fakeOpenings, fakeWorkers } from './test-worker.ts';

const config = PRESETS[0].config;

function setUp() {
  const { workers, spawn } = fakeWorkers();
  return { client: createWorkerClient(spawn, fakeOpenings().visit().left), workers };
}

describe('worker client', () => {
  it('tells how far a measurement is, and gives null for one that was stopped', async () => {
    const { client, workers } = setUp();
    const told: number[] = [];
    const measured = client.ask('measure', { budget: 20 }, { onNews: ({ share }) => told.push(share) });
    const id = workers[0].idOf('measure');
    workers[0].answer({ type: 'event', id, event: { share: 0.25, task: 'copy', contender: 'wasm' } });
    const stopped = client.order('stop-measuring');
    workers[0].answer({ type: 'done', id: workers[0].idOf('stop-measuring'), answer: undefined });
    await stopped;
    workers[0].answer({ type: 'done', id, answer: null });
    expect(await measured).toBeNull();
    expect(told).toEqual([0.25]);
  });

  it('sends orders while a run is under way', async () => {
    const { client, workers } = setUp();
    const run = client.ask('run', { config, dataset: null, known: null, study: null });
    const pause = client.order('pause');
    const [worker] = workers;
    expect(worker.received.map(({ type }) => type)).toEqual(['open', 'run', 'pause']);
    expect(new Set(worker.received.map(({ id }) => id)).size).toBe(3);
    worker.answer({ type: 'done', id: worker.idOf('pause'), answer: undefined });
    await pause;
    worker.answer({ type: 'done', id: worker.idOf('run'), answer: undefined });
    await run;
  });

  it('gives orders to nobody when no worker runs', async () => {
    const { client, workers } = setUp();
    await client.order('stop');
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
