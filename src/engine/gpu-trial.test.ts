import { beforeEach, expect, it, vi } from 'vitest';
import { DeviceLostError, SilentDeviceError } from './errors.ts';
import { browserTrials, type Trials } from './gpu-trial.ts';
import { storeInMemory } from './test-store.ts';

const BROWSER = 'Chrome/151';
const DAY = 24 * 3_600_000;
const { kept, use } = storeInMemory();

let trials: Trials;
beforeEach(() => {
  kept.clear();
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, _options: object, work: () => Promise<unknown>) => {
    last = last.then(work, work);
    return last;
  };
  trials = browserTrials(use, { request } as unknown as LockManager, BROWSER);
});

const never = () => new Promise<never>(() => {});
const crash = (card: string, browser = BROWSER, now = Date.now()) => {
  void browserTrials(use, undefined, browser, () => now).of(card, never);
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

it('a card is forgiven by another version of the browser a month later, and two months after a second time', async () => {
  const at = (browser: string, day: number) =>
    browserTrials(use, undefined, browser, () => day * DAY).ifItCameBack('mali', () => Promise.resolve('tried'));
  await crash('mali', 'Chrome/151', 0);
  expect(await at('Chrome/151', 400), 'the same browser').toBeNull();
  expect(await at('Chrome/152', 29), 'too soon').toBeNull();
  expect(kept.get('mali'), 'a card that is left alone stays as it was').toMatchObject({ browser: 'Chrome/151' });
  // It takes the page down again.
  void browserTrials(use, undefined, 'Chrome/152', () => 31 * DAY).ifItCameBack('mali', never);
  await vi.waitUntil(() => (kept.get('mali') as { times: number }).times === 2);
  expect(await at('Chrome/153', 31 + 59)).toBeNull();
  expect(await at('Chrome/153', 31 + 61)).toEqual({ result: 'tried' });
  expect(kept.size, 'it has come back').toBe(0);
});

it('a mark whose date is still to come, from a clock that was wrong, is held against the same browser alone', async () => {
  await crash('mali', 'Chrome/151', 400 * DAY);
  const at = (browser: string) =>
    browserTrials(use, undefined, browser, () => 0).ifItCameBack('mali', () => Promise.resolve('tried'));
  expect(await at('Chrome/151')).toBeNull();
  expect(await at('Chrome/152')).toEqual({ result: 'tried' });
});

it('a mark of an earlier release, which had no date, is held against no card', async () => {
  kept.set('mali', { key: 'mali' });
  expect(await trials.ifItCameBack('mali', () => Promise.resolve(1))).toEqual({ result: 1 });
});

it('a card that fails in a way that can be told has come back', async () => {
  await expect(trials.ifItCameBack('mali', () => Promise.reject(new Error('Wrong.')))).rejects.toThrow('Wrong.');
  expect(kept.size).toBe(0);
});

it.each([
  ['is lost', DeviceLostError],
  ['answers no more', SilentDeviceError],
])('a card that %s while it is tried has not come back, also where the work goes on without it', async (_, Loss) => {
  const lost = new Loss('The connection to the GPU was lost.');
  await expect(trials.of('mali', () => Promise.reject(lost))).rejects.toThrow(lost);
  expect(await trials.ifItCameBack('mali', () => Promise.resolve(1))).toBeNull();
  const onWithoutIt = (note: (error: unknown) => void) => Promise.resolve(note(lost));
  expect(await trials.ifItCameBack('adreno', onWithoutIt)).not.toBeNull();
  expect(await trials.ifItCameBack('adreno', onWithoutIt), 'at the next visit').toBeNull();
  await trials.of('adreno', (note) => Promise.resolve(note(new Error('Wrong.'))));
  expect(await trials.ifItCameBack('adreno', () => Promise.resolve(1)), 'by hand, it came back').toEqual({ result: 1 });
});

it('a card that another tab is trying is waited for', async () => {
  const tries = [0, 1, 2].map((tab) => trials.ifItCameBack('mali', () => Promise.resolve(tab)));
  expect(await Promise.all(tries)).toEqual([{ result: 0 }, { result: 1 }, { result: 2 }]);
});

it('is not kept from a card by a browser that refuses locks', async () => {
  const request = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  const refused = browserTrials(use, { request }, BROWSER);
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
  const waiting = browserTrials(use, { request } as unknown as LockManager, BROWSER);
  expect(await waiting.ifItCameBack('mali', () => Promise.resolve(1))).toBeNull();
  expect(await waiting.ifItCameBack('adreno', () => Promise.resolve(1))).toEqual({ result: 1 });
  expect(timeout).toHaveBeenCalledWith(60_000);
  timeout.mockRestore();
});
