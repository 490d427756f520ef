import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { measureInFlight, secondsAmong } from './in-flight.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What is measured of a device whose pieces take `work`, and whose news `way`, both in milliseconds. */
async function found(work: number, way: number, most = 12): Promise<{ milliseconds: number; runs: number[] }> {
  const runs: number[] = [];
  const measured = measureInFlight({
    enough: 0.1,
    most,
    run: (pieces) => {
      runs.push(pieces);
      return new Promise((resolve) => setTimeout(resolve, way + pieces * work));
    },
  });
  await vi.advanceTimersByTimeAsync(60_000);
  return { milliseconds: 1000 * (await measured), runs };
}

it.each([0, 1, 10, 100])('finds what pieces take, whatever the news takes: %i ms', async (way) => {
  expect((await found(5, way)).milliseconds).toBeCloseTo(5);
  expect((await found(40, way)).milliseconds).toBeCloseTo(40);
});

it('measures what lasts long alone, and has no more in flight than it may', async () => {
  expect(await found(3000, 10)).toEqual({ milliseconds: 3010, runs: [1] });
  expect((await found(1, 10)).runs).toEqual([1, 1, 1, 4, 12]);
});

it('gives a bound where no difference is seen', () => {
  expect(secondsAmong({ pieces: 4, lone: 0.1, all: 0.1 })).toBeCloseTo(0.025);
});
