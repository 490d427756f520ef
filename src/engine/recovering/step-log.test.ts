import { expect, it } from 'vitest';
import type { TrainBatch, TrainerState } from '../engine.ts';
import { StepLog } from './step-log.ts';

const batch = (values = 1): TrainBatch => ({ patches: new Float32Array(values) }) as unknown as TrainBatch;
const stateAt = (step: number): TrainerState => ({
  step,
  adapters: [],
  firstMoments: [],
  secondMoments: [],
  counts: [],
});

it('keeps the batches since the checkpoint, also those of steps that came while it was made', () => {
  const log = new StepLog();
  const batches = Array.from({ length: 5 }, () => batch());
  for (const one of batches) log.add(one);
  expect(log).toMatchObject({ checkpoint: null, base: 0, steps: 5 });
  const state = stateAt(3);
  log.save(state, 3);
  expect(log).toMatchObject({ checkpoint: state, base: 3, steps: 5 });
  expect(log.batches).toEqual(batches.slice(3));
  expect(log.batches[0]).toBe(batches[3]);
});

it('asks for a checkpoint every 50 steps, and sooner where images are large', () => {
  const log = new StepLog();
  const due = Array.from({ length: 120 }, () => log.add(batch())).flatMap((isDue, step) => (isDue ? [step] : []));
  expect(due).toEqual([49, 99]);
  const large = new StepLog();
  const halfOfMost = batch(2 ** 24);
  expect([halfOfMost, halfOfMost, halfOfMost, halfOfMost].map((one) => large.add(one))).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

it('begins from a state', () => {
  const log = new StepLog(stateAt(7));
  expect(log).toMatchObject({ checkpoint: { step: 7 }, base: 7, steps: 7, batches: [] });
  expect(log.add(batch())).toBe(false);
  expect(log.steps).toBe(8);
});
