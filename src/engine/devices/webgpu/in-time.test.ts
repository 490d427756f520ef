import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NoDeviceError } from '../../errors.ts';
import { inTime } from './in-time.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('gives what answers in time, and passes on a refusal', async () => {
  const drop = vi.fn();
  const answer = new Promise((resolve) => setTimeout(() => resolve('device'), 20_000));
  const given = inTime(answer, drop);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(await given).toBe('device');
  await expect(inTime(Promise.reject(new Error('refused')), drop)).rejects.toThrow('refused');
  expect(drop).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

it('gives up what does not, and drops what comes after all', async () => {
  const drop = vi.fn();
  const given = inTime(new Promise((resolve) => setTimeout(() => resolve('late'), 45_000)), drop);
  const failed = expect(given).rejects.toThrow(NoDeviceError);
  await vi.advanceTimersByTimeAsync(31_000);
  await failed;
  expect(drop).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(drop.mock.calls).toEqual([['late']]);
  expect(vi.getTimerCount()).toBe(0);
});
