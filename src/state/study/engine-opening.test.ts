import { describe, expect, it } from 'vitest';
import { engine, setUp } from './test-client.ts';

describe('the engine', () => {
  it('is shown with its notes', async () => {
    const { store, controller } = setUp();
    await controller.openEngine('wasm');
    expect(store.getState()).toMatchObject({
      engine,
      engineStatus: 'ready',
      backend: 'wasm',
      engineMessage: 'A note.',
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
    expect(store.getState()).toMatchObject({ engine: null, engineStatus: 'failed', engineMessage: 'No adapter.' });
  });
});
