import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { transferMeter, type TransferProgress } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function metered() {
  const told: TransferProgress[] = [];
  const meter = transferMeter(
    (progress) => told.push(progress),
    () => Date.now() / 1000,
  );
  meter.phase('weights', 0, 100);
  return { meter, bytes: () => told.map(({ doneBytes }) => doneBytes), told };
}

it('bytes are told at most five times a second, and the latest even when nothing follows', () => {
  const { meter, bytes } = metered();
  for (let i = 0; i < 4; i++) meter.advance(10);
  expect(bytes()).toEqual([0, 10]);
  vi.advanceTimersByTime(200);
  expect(bytes()).toEqual([0, 10, 40]);
});

it('the end of a phase, a wait and what follows it are told at once', () => {
  const { meter, bytes, told } = metered();
  meter.advance(10);
  meter.advance(10);
  meter.wait('the server is busy');
  meter.advance(10);
  meter.advance(70);
  expect(bytes()).toEqual([0, 10, 20, 30, 100]);
  expect(told.map(({ waiting }) => waiting)).toEqual([null, null, 'the server is busy', null, null]);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(5);
});

it('nothing is told after the end', () => {
  const { meter, bytes } = metered();
  meter.advance(10);
  meter.advance(10);
  meter.end();
  vi.advanceTimersByTime(1000);
  expect(bytes()).toEqual([0, 10]);
});

it('the bytes of descriptions are counted as they come, without an end that is known, and those of weights when they are kept', () => {
  const { meter, told } = metered();
  meter.phase('describe', 0, 0);
  meter.received(1);
  vi.advanceTimersByTime(1000);
  meter.received(1);
  expect(told.at(-1)).toMatchObject({ phase: 'describe', doneBytes: 2, totalBytes: 0, remainingSeconds: null });
  meter.phase('weights', 0, 100);
  meter.received(10);
  vi.advanceTimersByTime(1000);
  expect(told.at(-1)).toMatchObject({ phase: 'weights', doneBytes: 0 });
});
