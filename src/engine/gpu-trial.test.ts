import { beforeEach, expect, it, vi } from 'vitest';
import type { UseStore } from '../platform/indexed-db.ts';
import { browserTrials, type Trials } from './gpu-trial.ts';

const kept = new Map<string, unknown>();
const use = ((_mode: string, work: (store: unknown) => unknown) =>
  Promise.resolve(
    work({
      get: (card: string) => kept.get(card),
      put: (value: { key: string }) => kept.set(value.key, value),
      delete: (card: string) => kept.delete(card),
    }),
  )) as unknown as UseStore;

let trials: Trials;
beforeEach(() => {
  kept.clear();
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, _options: object, work: () => Promise<unknown>) => {
    last = last.then(work, work);
    return last;
  };
  trials = browserTrials(use, { request } as unknown as LockManager);
});

const never = () => new Promise<never>(() => {});
const crash = (card: string) => {
  void browserTrials(use, undefined).of(card, never);
  return vi.waitUntil(() => kept.has(card));
};

it('a card whose last try has not come back is not tried again, unless it is asked for', async () => {
  await crash('mali');
  const work = vi.fn(() => Promise.resolve(1));
  expect(await trials.ifItCameBack('mali', work)).toBeNull();
  expect(await trials.ifItCameBack('mali', work), 'nor at the visit after').toBeNull();
  expect(work).not.toHaveBeenCalled();
  expect(await trials.ifItCameBack('another card', work)).toEqual({ result: 1 });
  expect(await trials.of('mali', work)).toBe(1);
  expect(await trials.ifItCameBack('mali', work), 'it has come back').toEqual({ result: 1 });
});

it('a card that fails in a way that can be told has come back', async () => {
  await expect(trials.ifItCameBack('mali', () => Promise.reject(new Error('Wrong.')))).rejects.toThrow('Wrong.');
  expect(kept.size).toBe(0);
});

it('a card that another tab is trying is waited for', async () => {
  const tries = [0, 1, 2].map((tab) => trials.ifItCameBack('mali', () => Promise.resolve(tab)));
  expect(await Promise.all(tries)).toEqual([{ result: 0 }, { result: 1 }, { result: 2 }]);
});

it('is not kept from a card by a browser that refuses locks', async () => {
  const request = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  const refused = browserTrials(use, { request });
  expect(await refused.ifItCameBack('a card', () => Promise.resolve(1))).toEqual({ result: 1 });
  await expect(refused.ifItCameBack('a card', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('does not wait for good for a tab that has fallen asleep in its try', async () => {
  // A lock that is never granted: a request ends with its signal alone.
  const request = (_name: string, { signal }: LockOptions) =>
    new Promise<never>((_resolve, reject) => {
      const end = (): void => reject(signal!.reason as Error);
      if (signal!.aborted) end();
      else signal!.addEventListener('abort', end);
    });
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  await crash('mali');
  const waiting = browserTrials(use, { request } as unknown as LockManager);
  expect(await waiting.ifItCameBack('mali', () => Promise.resolve(1))).toBeNull();
  expect(await waiting.ifItCameBack('adreno', () => Promise.resolve(1))).toEqual({ result: 1 });
  expect(timeout).toHaveBeenCalledWith(60_000);
  timeout.mockRestore();
});
