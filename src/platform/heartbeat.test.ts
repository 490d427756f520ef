import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beWatched, isUnloaded, SILENCE_MESSAGE, SILENCE_MS, watched } from './heartbeat.ts';

const started: Worker[] = [];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const worker of started.splice(0)) worker.terminate();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A worker that says what the test says, watched; what its owner hears. */
function setUp() {
  const target = new EventTarget();
  const terminate = vi.fn();
  const worker = watched(Object.assign(target, { terminate, postMessage: vi.fn() }) as unknown as Worker);
  started.push(worker);
  const heard: unknown[] = [];
  worker.addEventListener('message', ({ data }) => heard.push(data));
  worker.addEventListener('error', (event) => heard.push(isUnloaded(event) ? 'unloaded' : event.message));
  const say = (data: unknown) => target.dispatchEvent(new MessageEvent('message', { data }));
  return { worker, terminate, heard, say };
}

/** The beat as workers send it. */
function beat(): unknown {
  const post = vi.fn();
  vi.stubGlobal('self', Object.assign(new EventTarget(), { postMessage: post }));
  beWatched({ de: () => Promise.resolve({}) });
  vi.advanceTimersByTime(1000);
  return post.mock.calls[0]?.[0] as unknown;
}

it('a worker that beats lives, and its owner hears nothing of it', () => {
  const sent = beat();
  const { terminate, heard, say } = setUp();
  for (let second = 0; second < 600; second++) {
    say(sent);
    vi.advanceTimersByTime(1000);
  }
  say('a word');
  expect(terminate).not.toHaveBeenCalled();
  expect(heard).toEqual(['a word']);
});

it('a silent worker is ended once and reported as a crash', () => {
  const { terminate, heard, say } = setUp();
  vi.advanceTimersByTime(SILENCE_MS - 6000);
  say('still here');
  vi.advanceTimersByTime(SILENCE_MS - 6000);
  expect(terminate).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * SILENCE_MS);
  expect(terminate).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['still here', SILENCE_MESSAGE]);
});

it('a worker that never spoke is one whose program does not come', () => {
  const { terminate, heard } = setUp();
  vi.advanceTimersByTime(2 * SILENCE_MS);
  expect(terminate).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['unloaded']);
});

it('a worker that was ended is not watched any more', () => {
  const { worker, heard } = setUp();
  worker.terminate();
  vi.advanceTimersByTime(10 * SILENCE_MS);
  expect(heard).toEqual([]);
});

it('a page that slept for hours with its worker finds no silence', () => {
  const { terminate } = setUp();
  const asleep = vi.spyOn(performance, 'now').mockReturnValue(8 * 3_600_000);
  vi.advanceTimersByTime(5000);
  asleep.mockRestore();
  expect(terminate).not.toHaveBeenCalled();
});
