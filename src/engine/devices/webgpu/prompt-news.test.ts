import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isNewsLate, News } from './prompt-news.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A queue whose empty waits take so long, one after the other. */
const queueOf = (...milliseconds: number[]) => ({
  submit: vi.fn(),
  onSubmittedWorkDone: () =>
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds.shift() ?? 0)),
});

async function foundLate(...milliseconds: number[]): Promise<boolean> {
  const found = isNewsLate(queueOf(...milliseconds));
  await vi.advanceTimersByTimeAsync(1000);
  return found;
}

it('knows a browser that looks only now and then, and no other', async () => {
  expect(await foundLate(30, 101, 100), 'Firefox, which has just looked when the first one begins').toBe(true);
  expect(await foundLate(300, 15, 15), 'a busy start').toBe(false);
  expect(await foundLate(0, 90, 1), 'a thread that was held up').toBe(false);
});

it('asks for as long as anybody waits, and no longer', async () => {
  const queue = queueOf();
  const news = new News(queue, true);
  const lasting = (milliseconds: number) =>
    news.of(new Promise<number>((resolve) => setTimeout(() => resolve(milliseconds), milliseconds)));
  const both = Promise.all([lasting(10), lasting(30)]);
  await vi.advanceTimersByTimeAsync(100);
  expect(await both).toEqual([10, 30]);
  expect(queue.submit.mock.calls).toEqual(Array.from({ length: 7 }, () => [[]]));
  const failing = expect(news.of(Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  await vi.advanceTimersByTimeAsync(100);
  await failing;
  expect(queue.submit).toHaveBeenCalledTimes(7);
});

it('asks nothing where news comes by itself', async () => {
  const queue = queueOf();
  const done = new News(queue, false).of(new Promise((resolve) => setTimeout(resolve, 100)));
  await vi.advanceTimersByTimeAsync(100);
  await done;
  expect(queue.submit).not.toHaveBeenCalled();
});
