import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStudyStore } from '../study/study-store.ts';
import { createOfflineStore } from './offline.ts';

/** A worker of the page, or what the page knows of it. */
const worker = () => Object.assign(new EventTarget(), { postMessage: vi.fn() });

function setUp() {
  const registration = Object.assign(new EventTarget(), {
    installing: null as EventTarget | null,
    waiting: null as EventTarget | null,
    active: worker(),
    update: () => Promise.resolve(),
  });
  const container = Object.assign(new EventTarget(), {
    register: () => Promise.resolve(registration),
    ready: Promise.resolve(registration),
  });
  const reload = vi.fn();
  const study = createStudyStore();
  const store = createOfflineStore(study, {
    container: container as unknown as ServiceWorkerContainer,
    script: new URL('https://example.org/service-worker.js'),
    pageScript: 'https://example.org/assets/index-1.js',
    savesData: false,
    reload,
  });
  /** A new version takes over, as some tab has asked it to. */
  const takeOver = (fresh: ReturnType<typeof worker>): void => {
    Object.assign(registration, { active: fresh, waiting: null });
    fresh.dispatchEvent(new Event('statechange'));
    container.dispatchEvent(new Event('controllerchange'));
  };
  return { registration, store, study, reload, takeOver };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says to the worker of which version the page is', async () => {
  const { registration, store } = setUp();
  await store.start();
  expect(registration.active.postMessage.mock.calls).toMatchObject([
    [{ type: 'fill', script: 'https://example.org/assets/index-1.js' }],
  ]);
});

it('offers a new version that comes while the page is open, and loads it on a press', async () => {
  const { registration, store, study, reload, takeOver } = setUp();
  await store.start();
  const fresh = worker();
  registration.installing = fresh;
  registration.dispatchEvent(new Event('updatefound'));
  expect(store.getState().updateReady).toBe(false);
  Object.assign(registration, { installing: null, waiting: fresh });
  fresh.dispatchEvent(new Event('statechange'));
  expect(store.getState().updateReady).toBe(true);
  study.setState({ status: 'running' });
  store.update();
  expect(fresh.postMessage).not.toHaveBeenCalled();
  study.setState({ status: 'idle' });
  store.update();
  expect(fresh.postMessage.mock.calls).toEqual([[{ type: 'take-over' }]]);
  expect(reload).not.toHaveBeenCalled();
  takeOver(fresh);
  expect(reload).toHaveBeenCalledOnce();
});

it('offers a new version that is being installed when the page looks', async () => {
  const { registration, store } = setUp();
  const fresh = worker();
  registration.installing = fresh;
  await store.start();
  expect(store.getState().updateReady).toBe(false);
  Object.assign(registration, { installing: null, waiting: fresh });
  fresh.dispatchEvent(new Event('statechange'));
  expect(store.getState().updateReady).toBe(true);
});

it.each(['before it came', 'while it waited'])(
  'loads a version that another tab has let take over, in a tab that was opened %s',
  async (opened) => {
    const { registration, store, reload, takeOver } = setUp();
    const fresh = worker();
    if (opened === 'while it waited') registration.waiting = fresh;
    await store.start();
    if (opened === 'before it came') {
      registration.installing = fresh;
      registration.dispatchEvent(new Event('updatefound'));
      Object.assign(registration, { installing: null, waiting: fresh });
      fresh.dispatchEvent(new Event('statechange'));
    }
    takeOver(fresh);
    expect(reload).not.toHaveBeenCalled();
    expect(store.getState().updateReady).toBe(true);
    store.update();
    expect(reload).toHaveBeenCalledOnce();
  },
);
