import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { latestOnly } from './latest-only.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('passes the first value at once, and the last one however long nothing follows it', () => {
  const heard: number[] = [];
  const { pass } = latestOnly((value: number) => heard.push(value), 50);
  for (const value of [1, 2, 3]) pass(value);
  expect(heard).toEqual([1]);
  vi.advanceTimersByTime(50);
  expect(heard).toEqual([1, 3]);
  vi.advanceTimersByTime(1000);
  expect(heard).toEqual([1, 3]);
  pass(4);
  expect(heard).toEqual([1, 3, 4]);
});

it('never passes two values within the time', () => {
  const at: number[] = [];
  const { pass } = latestOnly(() => at.push(Date.now()), 50);
  for (let i = 0; i < 100; i++) {
    pass(i);
    vi.advanceTimersByTime(7);
  }
  vi.advanceTimersByTime(100);
  at.slice(1).forEach((time, i) => expect(time - at[i]).toBeGreaterThanOrEqual(50));
  expect(at.length).toBeGreaterThan(10);
});

it('forgets what waits when it ends', () => {
  const heard: number[] = [];
  const { pass, end } = latestOnly((value: number) => heard.push(value), 50);
  pass(1);
  pass(2);
  end();
  vi.advanceTimersByTime(100);
  expect(heard).toEqual([1]);
});
