import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BEGIN_MS, beWatched, SILENCE_MESSAGE, SILENCE_MS, WatchedWorker } from './watched-worker.ts';

const started: WatchedWorker[] = [];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const worker of started.splice(0)) worker.terminate();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A watched worker; what its owner hears; the workers behind it, each of which says what the test says. */
function setUp() {
  const behind: { say: (data: unknown) => void; terminate: () => void; postMessage: ReturnType<typeof vi.fn> }[] = [];
  const worker = new WatchedWorker(() => {
    const target = new EventTarget();
    const say = (data: unknown) => void target.dispatchEvent(new MessageEvent('message', { data }));
    const one = Object.assign(target, { say, terminate: vi.fn(), postMessage: vi.fn() });
    behind.push(one);
    return one as unknown as Worker;
  });
  started.push(worker);
  const heard: unknown[] = [];
  worker.addEventListener('message', ({ data }) => heard.push(data));
  worker.addEventListener('error', ({ message }) => heard.push(message));
  return { worker, heard, behind, say: (data: unknown) => behind.at(-1)?.say(data) };
}

/** The beat as workers send it, at once. */
function beat(): unknown {
  const post = vi.fn();
  vi.stubGlobal('self', Object.assign(new EventTarget(), { postMessage: post }));
  beWatched({ de: () => Promise.resolve({}) });
  return post.mock.calls[0]?.[0] as unknown;
}

it('a worker that beats lives, and its owner hears nothing of it', () => {
  const sent = beat();
  const { behind, heard, say } = setUp();
  for (let second = 0; second < 600; second++) {
    say(sent);
    vi.advanceTimersByTime(1000);
  }
  say('a word');
  expect(behind[0].terminate).not.toHaveBeenCalled();
  expect(heard).toEqual(['a word']);
});

it('a silent worker is ended once and reported as a crash', () => {
  const { behind, heard, say } = setUp();
  say('first word');
  vi.advanceTimersByTime(SILENCE_MS - 6000);
  say('still here');
  vi.advanceTimersByTime(SILENCE_MS - 6000);
  expect(behind[0].terminate).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * SILENCE_MS);
  expect(behind[0].terminate).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['first word', 'still here', SILENCE_MESSAGE]);
  expect(behind).toHaveLength(1);
});

it('a worker that was ended is not watched any more', () => {
  const { worker, heard } = setUp();
  worker.terminate();
  vi.advanceTimersByTime(10 * SILENCE_MS);
  expect(heard).toEqual([]);
});

it('a page that slept for hours with its worker finds no silence', () => {
  const { behind } = setUp();
  const asleep = vi.spyOn(performance, 'now').mockReturnValue(8 * 3_600_000);
  vi.advanceTimersByTime(5000);
  asleep.mockRestore();
  expect(behind[0].terminate).not.toHaveBeenCalled();
});

it('what is posted waits until the worker has begun', () => {
  const sent = beat();
  const { worker, behind, say } = setUp();
  const port = new ArrayBuffer(1);
  worker.postMessage('early', [port]);
  expect(behind[0].postMessage).not.toHaveBeenCalled();
  say(sent);
  say(sent);
  worker.postMessage('late');
  expect(behind[0].postMessage.mock.calls).toEqual([
    ['early', [port]],
    ['late', []],
  ]);
});

it('a worker that does not begin is started again, and the next one hears all', () => {
  const sent = beat();
  const { worker, heard, behind, say } = setUp();
  worker.postMessage('early');
  vi.advanceTimersByTime(BEGIN_MS - 6000);
  expect(behind).toHaveLength(1);
  vi.advanceTimersByTime(12_000);
  expect(behind).toHaveLength(2);
  expect(behind[0].terminate).toHaveBeenCalledTimes(1);
  behind[0].say(sent); // too late
  expect(behind[0].postMessage).not.toHaveBeenCalled();
  expect(behind[1].postMessage).not.toHaveBeenCalled();
  say(sent);
  say('a word');
  expect(behind[1].postMessage.mock.calls).toEqual([['early', []]]);
  expect(heard).toEqual(['a word']);
});

it('a worker that never begins, however often, is a crash in the end', () => {
  const { behind, heard } = setUp();
  vi.advanceTimersByTime(10 * SILENCE_MS);
  expect(behind).toHaveLength(3);
  for (const { terminate } of behind) expect(terminate).toHaveBeenCalledTimes(1);
  expect(heard).toEqual([SILENCE_MESSAGE]);
});

it('a worker that fails at once is not started again', () => {
  const { behind, heard } = setUp();
  (behind[0] as unknown as EventTarget).dispatchEvent(Object.assign(new Event('error'), { message: 'no such file' }));
  expect(heard).toEqual(['no such file']);
  expect(behind).toHaveLength(1);
});
