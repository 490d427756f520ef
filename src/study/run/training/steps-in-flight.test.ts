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
  await finished(steps.add(() => later(log, 0, 20)));
  await finished(steps.add(() => later(log, 1, 10)));
  expect(log).toEqual([]);
  await finished(steps.add(() => later(log, 2, 30))); // waits for the first only
  expect(log).toEqual([1, 0]);
  await finished(steps.settle());
  expect(log).toEqual([1, 0, 2]);
});

test('a failure is reported once, to whoever waits', async () => {
  const steps = new StepsInFlight(1);
  await steps.add(() => Promise.reject(new Error('diverged')));
  await expect(steps.add(() => Promise.resolve())).rejects.toThrow('diverged');
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

/**
 * Trains on a card that computes one step after the other.
 * Idle: milliseconds that it waited between steps from `since` on. Told: of how many steps every news was; latest: steps that were begun before the news of one came.
 */
async function train({ computes, news, prepares, steps, lostAt = Infinity }: Scripted, most: number, since = 0) {
  const order: number[] = [];
  const told: number[] = [];
  let waiting: (() => void)[] = [];
  const bring = (): void => {
    told.push(waiting.length);
    waiting.forEach((read) => read());
    waiting = [];
  };
  const flight = new StepsInFlight(most, bring);
  let free = 0;
  let idle = 0;
  let begun = 0;
  let latest = 0;
  const step = async (index: number, readsLater: boolean): Promise<void> => {
    const from = Math.max(performance.now(), free);
    if (index > since) idle += from - free;
    free = from + computes(index);
    begun = index;
    const asked = new Promise<void>((resolve) => waiting.push(resolve));
    if (!readsLater) bring();
    await asked;
    await wait(free + news - performance.now());
    if (index >= lostAt) throw new Error(`lost with step ${index}`);
    latest = Math.max(latest, begun - index);
    order.push(index);
  };
  const work = async () => {
    try {
      for (let index = 0; index < steps; index++) {
        await wait(prepares);
        await flight.add((readsLater) => step(index, readsLater));
      }
      await flight.settle();
    } finally {
      await flight.settle().catch(() => undefined);
    }
  };
  await finished(work());
  return { idle, latest, order, told };
}

describe('on a card whose news is slow', () => {
  const slow = { computes: () => 2, news: 10, prepares: 1, steps: 200 };
  const inOrder = Array.from({ length: 200 }, (_, step) => step);

  it('the card never idles once the way of the news is known', async () => {
    const { idle, latest, order } = await train(slow, 12, 30);
    expect(idle).toBe(0);
    expect(latest).toBeLessThanOrEqual(12);
    expect(order).toEqual(inOrder);
  });

  it('the news of several steps comes at once, and that of every step in its order', async () => {
    const { told, order } = await train(slow, 12);
    expect(told.slice(0, 5)).toEqual([1, 1, 1, 1, 1]); // by itself until the way is known
    expect(Math.max(...told)).toBe(3); // half of the way, which is six steps
    expect(told.length).toBeLessThan(80);
    expect(order).toEqual(inOrder);
    expect(Math.max(...(await train({ ...slow, news: 40 }, 12)).told)).toBe(4);
  });

  it('three in flight would starve it', async () => {
    expect((await train(slow, 3, 30)).idle).toBeGreaterThan(100);
  });

  it('more steps are in flight where they become shorter, and none more than twelve', async () => {
    const { idle, latest } = await train({ ...slow, computes: (step) => (step < 100 ? 6 : 2) }, 12, 150);
    expect(idle).toBe(0);
    expect(latest).toBeLessThanOrEqual(12);
    expect((await train({ ...slow, computes: () => 1, prepares: 0, news: 40 }, 12)).latest).toBeLessThanOrEqual(12);
  });

  it('long steps stay few in flight and come one by one, so that a pause is soon noticed', async () => {
    const { latest, told } = await train({ ...slow, computes: () => 100 }, 12, 10);
    expect(latest).toBe(3);
    expect(Math.max(...told)).toBe(1);
  });

  it('a card that is lost with steps in flight is reported by the first of them', async () => {
    await expect(train({ ...slow, lostAt: 120 }, 12)).rejects.toThrow('lost with step 120');
  });

  it('nobody waits for news that was not asked for, however the steps change', async () => {
    const swings = (step: number) => (Math.floor(step / 7) % 2 === 0 ? 1 : 90);
    for (const most of [4, 5, 8, 12])
      expect((await train({ ...slow, computes: swings, news: 25 }, most)).order).toEqual(inOrder);
  });
});

it('a processor has three and is read step by step, a card has up to twelve', async () => {
  expect(mostInFlight({ backend: 'wasm', software: false })).toBe(3);
  expect(mostInFlight({ backend: 'webgpu', software: true })).toBe(3);
  expect(mostInFlight({ backend: 'webgpu', software: false })).toBe(12);
  const { told } = await train({ computes: () => 1, news: 50, prepares: 0, steps: 30 }, 3);
  expect(told).toEqual(new Array(30).fill(1));
});
