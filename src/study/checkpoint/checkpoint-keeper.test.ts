import { expect, it } from 'vitest';
import { tinyConfig } from '../../../tests/support/tiny-study.ts';
import { StudyClock } from '../run/clock.ts';
import type { StudyWork } from '../run/work.ts';
import type { PopulationState } from './checkpoint.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';

/** A study of one second a step. @returns the steps at which it is saved */
async function savedAt(bytes: number, steps: number, pausesAt?: number): Promise<number[]> {
  let now = 0;
  const kept: number[] = [];
  const keeper = new CheckpointKeeper({
    keep: ({ head }) => Promise.resolve(void kept.push(head.step)),
    config: tinyConfig(),
    task: { name: 'food' },
    engine: { info: { backend: 'wasm', device: 'test' } },
    computedBy: () => ({ backend: 'wasm', device: 'test', appVersion: '1' }),
    ...{ appVersion: '1', kernels: {}, precision: 'f32', started: '2026-01-01T00:00:00.000Z' },
    clock: new StudyClock({ train: { passes: 1, algebra: 0 } } as StudyWork, () => now),
    emit: () => undefined,
    hasClass: () => false,
    byClass: false,
  });
  const third = [new Float32Array(bytes / 12)];
  const trainer = { step: 0, adapters: third, firstMoments: third, secondMoments: third, counts: [] };
  const population: PopulationState = { trainer, runs: [], kept: [] };
  for (let step = 0; step < steps; step++, now++)
    if (keeper.isDue || (step === pausesAt && keeper.isDueAtPause)) await keeper.save(step, [population]);
  return kept;
}

it('a study is saved every few seconds, and one that writes much more rarely, but every minute', async () => {
  expect(await savedAt(12_000, 21)).toEqual([5, 10, 15, 20]);
  expect(await savedAt(3_600_000, 60)).toEqual([5, 23, 41, 59]);
  expect(await savedAt(60_000_000, 200)).toEqual([5, 65, 125, 185]);
});

it('a study that pauses is saved, however much it writes, unless it was a moment ago', async () => {
  expect(await savedAt(60_000_000, 60, 40)).toEqual([5, 40]);
  expect(await savedAt(60_000_000, 60, 8)).toEqual([5]);
});
