import { expect, it } from 'vitest';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import { StudyClock } from '../run/clock.ts';
import type { StudyWork } from '../run/work.ts';
import type { PopulationState } from './checkpoint.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';

interface Odds {
  readonly pausesAt?: number;
  /** Steps at which saving fails. */
  readonly failsAt?: readonly number[];
}

/** A study of one second a step. @returns the steps at which saving is tried, and what is told */
async function tried(bytes: number, steps: number, { pausesAt, failsAt = [] }: Odds = {}) {
  let now = 0;
  const at: number[] = [];
  const told: string[] = [];
  const keeper = new CheckpointKeeper({
    keep({ head: { step } }) {
      at.push(step);
      return failsAt.includes(step) ? Promise.reject(new Error('EPERM')) : Promise.resolve();
    },
    config: tinyConfig(),
    task: { name: 'food' },
    engine: { info: { backend: 'wasm', device: 'test' } },
    computedBy: () => ({ backend: 'wasm', device: 'test', appVersion: '1' }),
    appVersion: '1',
    kernels: {},
    precision: 'f32',
    started: '2026-01-01T00:00:00.000Z',
    clock: new StudyClock({ train: { passes: 1, algebra: 0 } } as StudyWork, () => now),
    emit: (event) => event.type === 'notice' && told.push(event.message),
    hasClass: () => false,
    byClass: false,
    adds: false,
  });
  const third = [new Float32Array(bytes / 12)];
  const trainer = { step: 0, adapters: third, firstMoments: third, secondMoments: third, counts: [] };
  const population: PopulationState = { trainer, runs: [], kept: [] };
  for (let step = 0; step < steps; step++, now++)
    if (keeper.isDue || (step === pausesAt && keeper.isDueAtPause)) await keeper.save(step, [population]);
  return { at, told };
}

it('a study is saved every few seconds, and one that writes much more rarely, but every minute', async () => {
  expect((await tried(12_000, 21)).at).toEqual([5, 10, 15, 20]);
  expect((await tried(3_600_000, 60)).at).toEqual([5, 23, 41, 59]);
  expect((await tried(60_000_000, 200)).at).toEqual([5, 65, 125, 185]);
});

it('a study that pauses is saved, however much it writes, unless it was a moment ago', async () => {
  expect((await tried(60_000_000, 60, { pausesAt: 40 })).at).toEqual([5, 40]);
  expect((await tried(60_000_000, 60, { pausesAt: 8 })).at).toEqual([5]);
});

it('a study that cannot be saved now is saved when it is due again, and one that never can is told so, once', async () => {
  expect(await tried(12_000, 31, { failsAt: [5, 10, 20] })).toEqual({ at: [5, 10, 15, 20, 25, 30], told: [] });
  expect(await tried(12_000, 200, { failsAt: [5, 10, 15, 75, 135, 195] })).toEqual({
    at: [5, 10, 15, 75, 135, 195],
    told: [expect.stringContaining('(EPERM)')],
  });
});

it('a study that could not be saved is saved as before, which is told, once the device has room again', async () => {
  expect(await tried(12_000, 90, { failsAt: [5, 10, 15] })).toEqual({
    at: [5, 10, 15, 75, 80, 85],
    told: [expect.stringContaining('(EPERM)'), expect.stringContaining('can be saved again')],
  });
});
