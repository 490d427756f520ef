import { describe, expect, it, vi } from 'vitest';
import { WorkerClosed, WorkerCrash } from '../../worker/client.ts';
import { idleDevice, knownEngine } from './study-store.ts';
import { engine, setUp, started } from './test-client.ts';

describe('the engine', () => {
  it('is shown with its notes', async () => {
    const { store, controller } = setUp();
    await controller.openEngine('wasm');
    expect(store.getState()).toMatchObject({
      device: { status: 'ready', engine, message: 'A note.' },
      backend: 'wasm',
    });
  });

  it('is looked for, but not in place of one that was chosen before', async () => {
    const { client, controller } = setUp();
    await controller.openEngine('webgpu');
    await controller.findEngine();
    expect(client.open.mock.calls).toEqual([['webgpu']]);
    const other = setUp();
    await other.controller.findEngine();
    expect(other.client.open.mock.calls).toEqual([['auto']]);
  });

  it('is shown as missing with the reason', async () => {
    const { store, client, controller } = setUp();
    client.open.mockRejectedValueOnce(new Error('No adapter.'));
    await controller.openEngine('tfjs-webgpu');
    expect(store.getState().device).toEqual({ status: 'failed', message: 'No adapter.' });
    expect(knownEngine(store.getState())).toBeNull();
  });

  it('stays known while another one is opened, also where that is given up', async () => {
    const { store, client, controller } = setUp();
    await controller.openEngine('wasm');
    const { backend } = engine;
    let giveUp: (error: Error) => void = () => undefined;
    client.open.mockImplementationOnce(() => new Promise((_, reject) => (giveUp = reject)));
    const opened = controller.openEngine('webgpu');
    expect(store.getState().device.status).toBe('opening');
    expect(knownEngine(store.getState())).toMatchObject({ backend });
    expect(idleDevice(store.getState())).toBeNull();
    giveUp(new WorkerClosed('closed'));
    await opened;
    expect(store.getState().device.status).toBe('unopened');
    expect(knownEngine(store.getState())).toMatchObject({ backend });
  });

  it('of a study is known from its start, where none was looked for before and where none could be opened', async () => {
    for (const fails of [false, true]) {
      const { store, client, send, fail, controller } = setUp();
      if (fails) {
        client.open.mockRejectedValueOnce(new WorkerCrash('out of memory'));
        await controller.openEngine('webgpu');
      }
      const running = controller.run(null);
      send(started);
      expect(knownEngine(store.getState())).toEqual(engine);
      fail(new Error('No memory.'));
      await running;
      expect(store.getState().device).toEqual({ status: 'ready', engine, message: null });
      expect(idleDevice(store.getState())).toBe(engine.device);
    }
  });

  it('is looked for after a study that failed before it had one', async () => {
    const { store, client, fail, controller } = setUp();
    const running = controller.run(null);
    fail(new Error('No such model.'));
    await running;
    expect(client.open.mock.calls).toEqual([['auto']]);
    await vi.waitFor(() => expect(idleDevice(store.getState())).toBe(engine.device));
    expect(store.getState().error?.()).toBe('No such model.');
  });

  it('that was chosen is opened again after a study that was stopped while it opened', async () => {
    const { store, client, fail, controller } = setUp();
    let giveUp: (error: Error) => void = () => undefined;
    client.open.mockImplementationOnce(() => new Promise((_, reject) => (giveUp = reject)));
    const opened = controller.openEngine('webgpu');
    const running = controller.run(null);
    client.terminate.mockImplementation(() => [giveUp, fail].forEach((drop) => drop(new WorkerClosed('closed'))));
    await controller.stop();
    await Promise.all([opened, running]);
    expect(client.open.mock.calls).toEqual([['webgpu'], ['webgpu']]);
    await vi.waitFor(() => expect(idleDevice(store.getState())).toBe(engine.device));
  });

  it('keeps its notes through a study', async () => {
    const { store, send, end, controller } = setUp();
    await controller.openEngine('wasm');
    const running = controller.run(null);
    send(started);
    end();
    await running;
    expect(store.getState().device).toEqual({ status: 'ready', engine, message: 'A note.' });
  });
});
