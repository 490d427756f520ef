import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { randomAdapter, smallLayout } from '../../copra/test-layouts.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { createAdaptersStore, reduceAdapterEvent } from './adapters-store.ts';

const result = studyResultFixture();
const engine = { backend: 'wasm', device: 'test', threads: 1, software: false } as const;
const started: StudyEvent = { type: 'started', engine, result };
const layout = smallLayout();

const trained = (arm: string, seed: number): StudyEvent => ({
  type: 'adapter',
  adapter: {
    arm,
    seed,
    layout,
    scale: 1,
    values: Float32Array.from(randomAdapter(layout, seed)),
    base: { family: 'clip', shapes: {}, layerScales: null, rowNorms: null },
    gates: { steps: 3, activeSteps: layout.players.map(() => 3) },
  },
});

it('keeps the adapter of every run with the name of its arm, once, until the next study starts', () => {
  const initial = createAdaptersStore().getState();
  const events = [started, trained('lora', 0), trained('copra', 0), trained('lora', 0)];
  const state = events.reduce(reduceAdapterEvent, initial);
  expect(state.adapters.map(({ id, armName }) => [id, armName])).toEqual([
    ['copra/0', 'CopRA'],
    ['lora/0', 'LoRA'],
  ]);
  expect(state.adapters[0]).toMatchObject({ armId: 'copra', seed: 0, layout, scale: 1, study: result.config });
  expect(reduceAdapterEvent(state, started).adapters).toEqual([]);
});

it('ignores other events, and adapters of a study it has not seen start', () => {
  const initial = createAdaptersStore().getState();
  expect(reduceAdapterEvent(initial, trained('lora', 0))).toBe(initial);
  expect(reduceAdapterEvent(initial, { type: 'finished', result })).toBe(initial);
});
