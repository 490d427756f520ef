import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { measureInFlight, secondsAmong, untilSteady } from './in-flight.ts';

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

describe('a card that was idle', () => {
  /** Milliseconds that it is run, and pieces in flight at most, where a piece takes so many at a time. */
  async function run(piece: (at: number) => number): Promise<{ lasted: number; most: number }> {
    const from = performance.now();
    let most = 0;
    let lasted = Infinity;
    const steady = untilSteady({
      most: 12,
      run: (pieces) => {
        most = Math.max(most, pieces);
        return new Promise((resolve) => setTimeout(resolve, pieces * piece(performance.now() - from)));
      },
    }).then(() => (lasted = performance.now() - from));
    await vi.advanceTimersByTimeAsync(60_000);
    await steady;
    return { lasted, most };
  }

  it('is run until its clocks are up', async () => {
    const { lasted, most } = await run((at) => (at < 200 ? 6 : at < 400 ? 3 : 1));
    expect(lasted).toBeGreaterThan(500);
    expect(lasted).toBeLessThan(800);
    expect(most).toBe(12);
  });

  it('is run for two rounds where they are, for a second where they come and go, and for a piece that takes longer', async () => {
    expect((await run(() => 1)).lasted).toBeLessThan(300);
    let turn = 0;
    const restless = await run(() => (turn++ % 20 < 10 ? 1 : 3));
    expect(restless.lasted).toBeLessThan(1200);
    expect((await run(() => 3000)).lasted).toBe(3000);
  });
});
