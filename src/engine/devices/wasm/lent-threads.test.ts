import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { borrowThread } from './borrow-thread.ts';
import { lendThreads } from './lend-threads.ts';
import type { ThreadStart } from './threads.ts';

/** A thread that the page starts. */
class FakeThread {
  static readonly all: FakeThread[] = [];
  readonly terminate = vi.fn();
  readonly postMessage = vi.fn();
  onmessage: (() => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;

  constructor() {
    FakeThread.all.push(this);
  }
}

const START = { index: 1, threads: 2 } as ThreadStart;

/** A worker to which the page lends threads: what it posts is an event of it. Not structured: both ends are here. */
function setUp() {
  const target = new EventTarget();
  const terminate = vi.fn();
  const worker = lendThreads(Object.assign(target, { terminate }) as unknown as Worker);
  const heard = vi.fn();
  worker.addEventListener('message', ({ data }) => void heard(data));
  const post = (data: unknown, ports: MessagePort[] = []): void =>
    void target.dispatchEvent(new MessageEvent('message', { data, ports }));
  vi.stubGlobal('self', { postMessage: post });
  return { worker, terminate, heard, post };
}

beforeEach(() => vi.stubGlobal('Worker', FakeThread));
afterEach(() => {
  FakeThread.all.length = 0;
  vi.unstubAllGlobals();
});

it('the page starts the thread that its worker asks for, and says when it is ready', async () => {
  const { heard, post } = setUp();
  const borrowed = borrowThread(START);
  const [thread] = FakeThread.all;
  expect(thread.postMessage).toHaveBeenCalledWith(START);
  thread.onmessage?.();
  await borrowed.ready;
  expect(thread.terminate).not.toHaveBeenCalled();
  borrowed.terminate();
  await vi.waitFor(() => expect(thread.terminate).toHaveBeenCalledTimes(1));
  post('a word');
  expect(heard.mock.calls).toEqual([['a word']]);
});

it('a thread that fails says why', async () => {
  setUp();
  const borrowed = borrowThread(START);
  FakeThread.all[0].onerror?.({ message: 'no such file' });
  await expect(borrowed.ready).rejects.toThrow('Compute thread 1 could not start: no such file');
  borrowed.terminate();
});

it('a thread whose program never comes has failed after half a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  setUp();
  const borrowed = borrowThread(START);
  const failed = expect(borrowed.ready).rejects.toThrow('Compute thread 1 could not start: A part of this page');
  await vi.advanceTimersByTimeAsync(30_000);
  await failed;
  borrowed.terminate();
});

it('threads end with the worker', async () => {
  const { worker, terminate } = setUp();
  const [first, second] = [borrowThread(START), borrowThread({ ...START, index: 2 })];
  first.terminate();
  const [ended, lent] = FakeThread.all;
  await vi.waitFor(() => expect(ended.terminate).toHaveBeenCalledTimes(1));
  worker.terminate();
  expect(terminate).toHaveBeenCalledTimes(1);
  expect(lent.terminate).toHaveBeenCalledTimes(1);
  expect(ended.terminate).toHaveBeenCalledTimes(1);
  second.terminate(); // closes the port
});
