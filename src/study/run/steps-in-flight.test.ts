import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { mostInFlight, StepsInFlight } from './steps-in-flight.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function finished<R>(work: Promise<R>): Promise<R> {
  const state = { done: false };
  const end = () => void (state.done = true);
  work.then(end, end);
  while (!state.done) await vi.advanceTimersByTimeAsync(1);
  return work;
}

const later = async (log: number[], value: number, milliseconds: number) => {
  await wait(milliseconds);
  log.push(value);
};

test('at most so many steps are under way', async () => {
  const log: number[] = [];
  const steps = new StepsInFlight(2);
  await finished(steps.add(later(log, 0, 20)));
  await finished(steps.add(later(log, 1, 10)));
  expect(log).toEqual([]);
  await finished(steps.add(later(log, 2, 30))); // waits for the first only
  expect(log).toEqual([1, 0]);
  await finished(steps.settle());
  expect(log).toEqual([1, 0, 2]);
});

test('a failure is reported once, to whoever waits', async () => {
  const steps = new StepsInFlight(1);
  await steps.add(Promise.reject(new Error('diverged')));
  await expect(steps.add(Promise.resolve())).rejects.toThrow('diverged');
  await steps.settle();
});

interface Scripted {
  /** Milliseconds that the card computes a step, */
  readonly computes: (step: number) => number;
  /** that the news of its end takes, */
  readonly news: number;
  /** and that the host prepares one. */
  readonly prepares: number;
  readonly steps: number;
  /** The step at which the card is lost, and those after it. */
  readonly lostAt?: number;
}

/** Trains on a card that computes one step after the other. Idle: milliseconds that it waited between steps from `since` on. */
async function train(
  { computes, news, prepares, steps, lostAt = Infinity }: Scripted,
  most: number,
  since = 0,
): Promise<{ idle: number; deepest: number; order: number[] }> {
  const flight = new StepsInFlight(most);
  const order: number[] = [];
  let free = 0;
  let idle = 0;
  let under = 0;
  let deepest = 0;
  const step = async (index: number): Promise<void> => {
    const from = Math.max(performance.now(), free);
    if (index > since) idle += from - free;
    free = from + computes(index);
    under++;
    await wait(free + news - performance.now());
    under--;
    if (index >= lostAt) throw new Error(`lost with step ${index}`);
    order.push(index);
  };
  const work = async () => {
    try {
      for (let index = 0; index < steps; index++) {
        await wait(prepares);
        const started = step(index);
        deepest = Math.max(deepest, under);
        await flight.add(started);
      }
      await flight.settle();
    } finally {
      await flight.settle().catch(() => undefined);
    }
  };
  await finished(work());
  return { idle, deepest, order };
}

describe('on a card whose news is slow', () => {
  const slow = { computes: () => 2, news: 10, prepares: 1, steps: 200 };

  it('the card never idles once the way of the news is known', async () => {
    const { idle, deepest, order } = await train(slow, 8, 30);
    expect(idle).toBe(0);
    expect(deepest).toBeLessThanOrEqual(9); // with the one in preparation
    expect(order).toEqual(Array.from({ length: 200 }, (_, step) => step));
  });

  it('three in flight would starve it', async () => {
    expect((await train(slow, 3, 30)).idle).toBeGreaterThan(100);
  });

  it('more steps are in flight where they become shorter, and none more than eight', async () => {
    const { idle, deepest } = await train({ ...slow, computes: (step) => (step < 100 ? 6 : 2) }, 8, 150);
    expect(idle).toBe(0);
    expect(deepest).toBeLessThanOrEqual(9);
    expect((await train({ ...slow, computes: () => 1, prepares: 0, news: 40 }, 8)).deepest).toBeLessThanOrEqual(9);
  });

  it('long steps stay few in flight, so that a pause is soon noticed', async () => {
    expect((await train({ ...slow, computes: () => 100 }, 8, 10)).deepest).toBe(4);
  });

  it('a card that is lost with steps in flight is reported by the first of them', async () => {
    await expect(train({ ...slow, lostAt: 120 }, 8)).rejects.toThrow('lost with step 120');
  });
});

it('a processor has three, a card up to eight', () => {
  expect(mostInFlight({ backend: 'wasm', software: false })).toBe(3);
  expect(mostInFlight({ backend: 'webgpu', software: true })).toBe(3);
  expect(mostInFlight({ backend: 'webgpu', software: false })).toBe(8);
});
