import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { READY_MS, spawnBrowserThread } from './spawn-browser.ts';
import type { ThreadStart } from './threads.ts';

class FakeWorker {
  static readonly all: FakeWorker[] = [];
  readonly terminate = vi.fn();
  readonly postMessage = vi.fn();
  onmessage: (() => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  constructor() {
    FakeWorker.all.push(this);
  }
}

const START = { index: 1, threads: 2 } as ThreadStart;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  FakeWorker.all.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a thread that is not ready in time is started again', async () => {
  const thread = spawnBrowserThread(START);
  vi.advanceTimersByTime(READY_MS);
  const [first, second] = FakeWorker.all;
  expect(first.terminate).toHaveBeenCalledTimes(1);
  expect(second.postMessage).toHaveBeenCalledWith(START);
  second.onmessage?.();
  await thread.ready;
  vi.advanceTimersByTime(10 * READY_MS);
  expect(FakeWorker.all).toHaveLength(2);
  expect(second.terminate).not.toHaveBeenCalled();
  thread.terminate();
  expect(second.terminate).toHaveBeenCalledTimes(1);
});

it('a thread that never is ready, or fails, cannot be started', async () => {
  const silent = spawnBrowserThread(START).ready;
  const failed = spawnBrowserThread(START).ready;
  FakeWorker.all[1].onerror?.({ message: 'no such file' });
  await expect(failed).rejects.toThrow('no such file');
  vi.advanceTimersByTime(10 * READY_MS);
  await expect(silent).rejects.toThrow('it did not begin');
  expect(FakeWorker.all).toHaveLength(4);
});

it('a thread that is ended is not started again', () => {
  spawnBrowserThread(START).terminate();
  vi.advanceTimersByTime(10 * READY_MS);
  expect(FakeWorker.all).toHaveLength(1);
});
