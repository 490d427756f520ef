import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { said } from '../../core/language/catalogue.ts';
import type { CheckpointHead } from '../../study/checkpoint/checkpoint.ts';
import { WorkerClosed, WorkerCrash } from '../../worker/client.ts';
import { setUp, started } from './test-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a worker that dies', () => {
  it('is replaced, and the study goes on from its checkpoint, which a notice tells', async () => {
    const { store, answers, send, fail, controller } = setUp([120]);
    const running = controller.run(null);
    send(started);
    fail(new WorkerCrash('nothing came from it for 3 minutes'));
    await running;
    expect(answers.continue.mock.calls.map(([{ study }]) => study)).toEqual([answers.run.mock.calls[0][0].study]);
    expect(store.getState()).toMatchObject({ status: 'idle', error: null });
    expect(said(store.getState().notices).join()).toMatch(/nothing came from it for 3 minutes.*goes on at step 120/);
  });

  it('before anything was kept lets the study begin again', async () => {
    const { store, answers, fail, end, controller } = setUp([null]);
    const running = controller.run(null);
    fail(new WorkerCrash('out of memory'));
    await vi.waitFor(() => expect(answers.run).toHaveBeenCalledTimes(2));
    end();
    await running;
    expect(said(store.getState().notices).join()).toMatch(/out of memory.*begins again/);
    expect(store.getState()).toMatchObject({ status: 'idle', error: null });
  });

  it('lets an evaluation begin again with its own settings, whatever is set for the next study', async () => {
    const { store, answers, controller } = setUp();
    const { config } = store.getState();
    answers.evaluate.mockImplementationOnce(() => {
      store.setState({ config: { ...config, task: 'food' } });
      return Promise.reject(new WorkerCrash('out of memory'));
    });
    await controller.evaluate(null, []);
    const settings = answers.evaluate.mock.calls.map(([{ config: own }]) => own);
    expect(settings).toHaveLength(2);
    expect(settings[1]).toEqual(settings[0]);
    expect(store.getState()).toMatchObject({ status: 'idle', error: null });
  });

  it('goes on with the same clients, where the reader wants those of a class simulated', async () => {
    const { store, answers, end, controller } = setUp([120]);
    answers.continue.mockRejectedValueOnce(new WorkerCrash('first'));
    const { config } = store.getState();
    const running = controller.continueStudy(
      { id: 'a', head: { config } as CheckpointHead },
      Promise.resolve(null),
      true,
    );
    await vi.waitFor(() => expect(answers.continue).toHaveBeenCalledTimes(2));
    expect(answers.continue.mock.calls.map(([{ simulates }]) => simulates)).toEqual([true, true]);
    end();
    await running;
  });

  it('again without having come further is given up; further it goes on', async () => {
    const { store, answers, fail, controller } = setUp([120, 240, 240]);
    answers.continue.mockRejectedValue(new WorkerCrash('again'));
    const running = controller.run(null);
    fail(new WorkerCrash('first'));
    await running;
    expect(answers.continue).toHaveBeenCalledTimes(2);
    expect(store.getState()).toMatchObject({ status: 'idle' });
    expect(store.getState().error?.()).toMatch(/stopped unexpectedly \(again\)/);
  });

  it('while the study is paused is replaced by one that pauses, also if it takes two', async () => {
    const { store, client, answers, send, fail, controller } = setUp([120, 240]);
    let end = (): void => undefined;
    answers.continue.mockRejectedValueOnce(new WorkerCrash('again'));
    answers.continue.mockImplementationOnce((_, { onNews }) => {
      onNews?.(started);
      return new Promise<void>((resolve) => (end = resolve));
    });
    const running = controller.run(null);
    send(started);
    await controller.pause();
    fail(new WorkerCrash('out of memory'));
    await vi.waitFor(() => expect(client.order.mock.calls).toEqual([['pause'], ['pause']]));
    await vi.waitFor(() => expect(store.getState().status).toBe('paused'));
    await controller.resume();
    expect(store.getState().status).toBe('running');
    end();
    await running;
    expect(client.order.mock.calls).toEqual([['pause'], ['pause'], ['resume']]);
  });

  it('while the study stops has stopped it, and what was saved of it stays', async () => {
    const { store, answers, send, fail, controller, discard } = setUp([120]);
    const running = controller.run(null);
    send(started);
    await controller.stop();
    fail(new WorkerCrash('silent'));
    await running;
    expect(answers.continue).not.toHaveBeenCalled();
    expect(discard).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ status: 'idle', error: null, result: { status: 'stopped' } });
  });

  it('of a cell of a map leaves what its map goes on with when the reader ends it', async () => {
    const { client, send, fail, controller, discard } = setUp([120]);
    client.terminate.mockImplementation(() => fail(new WorkerClosed('closed')));
    client.order.mockImplementation(() => new Promise(() => undefined)); // it does not answer
    const running = controller.run(null, undefined, { map: 'regime-map', saved: null });
    send(started);
    void controller.stop();
    await controller.stop();
    await running;
    expect(discard).not.toHaveBeenCalled();
  });

  it.each(['starting', 'stopping'] as const)('%s can always be left', async (status) => {
    const { store, client, send, fail, controller } = setUp([null]);
    client.terminate.mockImplementation(() => fail(new WorkerClosed('closed')));
    client.order.mockImplementation(() => new Promise(() => undefined)); // it does not answer
    const running = controller.run(null);
    if (status === 'stopping') {
      send(started);
      void controller.stop();
    }
    expect(store.getState().status).toBe(status);
    await controller.stop();
    await running;
    expect(client.terminate).toHaveBeenCalledTimes(1);
    expect(store.getState()).toMatchObject({ status: 'idle', error: null });
  });
});

describe('an interrupted study', () => {
  const saved = (steps: readonly (number | null)[]) => {
    const page = setUp(steps);
    const { client, answers } = page;
    let fail: (error: Error) => void = () => undefined;
    answers.continue.mockImplementation(() => new Promise<void>((_, reject) => (fail = reject)));
    client.terminate.mockImplementation(() => fail(new WorkerClosed('closed')));
    return { ...page, head: { step: 1900, config: page.store.getState().config } as CheckpointHead };
  };

  it('that is left while it starts again keeps its checkpoint', async () => {
    const { store, controller, discard, head } = saved([1900]);
    const done = controller.continueStudy({ id: 'long', head }, Promise.resolve(null));
    expect(store.getState().status).toBe('starting');
    await controller.stop();
    await done;
    expect(discard).not.toHaveBeenCalled();
    expect(store.getState()).toMatchObject({ status: 'idle', error: null });
  });

  it('that a new worker took up, and that is left while it starts, keeps its checkpoint', async () => {
    const { store, answers, send, fail, controller, discard } = saved([120, 120]);
    const running = controller.run(null);
    send(started);
    fail(new WorkerCrash('silent'));
    await vi.waitFor(() => expect(answers.continue).toHaveBeenCalledOnce());
    expect(store.getState().status).toBe('starting');
    await controller.stop();
    await running;
    expect(discard).not.toHaveBeenCalled();
  });
});
