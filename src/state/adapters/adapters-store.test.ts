import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { randomAdapter, smallLayout } from '../../copra/test-layouts.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { controls } from '../../study/presets/controls.ts';
import { presets } from '../../study/presets/messages.de.ts';
import { ofShownArms } from '../../study/presets/shown-arms.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import {
  adaptersOf,
  createAdaptersStore,
  reduceAdapterEvent,
  withAdapters,
  withStudy,
  type ExtraAdapter,
} from './adapters-store.ts';

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
    base,
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
  expect(state.adapters[0].classes).toBe(result.task.classes);
  expect(reduceAdapterEvent(state, started).adapters).toEqual([]);
});

it('knows the adapters of a study by its result also where the page calls its arms in its language', () => {
  const own = { ...result, config: { ...result.config, arms: controls.config.arms } };
  const initial = createAdaptersStore().getState();
  const state = [{ ...started, result: own }, trained('lora-sam', 0)].reduce(reduceAdapterEvent, initial);
  speak('de', (area) => (area === 'presets' ? presets : null));
  expect(ofShownArms(own).config.arms.map(({ name }) => name)).toContain('LoRA mit SAM');
  expect(adaptersOf(state, ofShownArms(own))).toBe(state.adapters);
  speakEnglish();
});

it('ignores other events, and adapters of a study it has not seen start', () => {
  const initial = createAdaptersStore().getState();
  expect(reduceAdapterEvent(initial, trained('lora', 0))).toBe(initial);
  expect(reduceAdapterEvent(initial, { type: 'finished', result })).toBe(initial);
});

describe('an accuracy that was measured', () => {
  const measured = { task: 'food', testImages: null, images: null, accuracy: 0.25, count: 5 };
  const opened: ExtraAdapter = {
    id: 'class/anna/copra/0',
    kind: 'opened',
    name: 'anna',
    layout,
    scale: 1,
    base,
    backbone: 'emoji-clip',
    values: Float32Array.from(randomAdapter(layout, 9)),
    provenance: { kind: 'file', file: 'anna.zip', baseModel: null, copra: null },
    classes: [],
    warnings: [],
    trainedFor: null,
  };
  const held = {
    ...[started, trained('lora', 0), trained('copra', 0)].reduce(reduceAdapterEvent, createAdaptersStore().getState()),
    extras: [opened],
    measured: { 'lora/0': measured, 'copra/0': measured, [opened.id]: measured },
  };

  it('is forgotten with the adapters of a study when the next one starts, which has the same ids', () => {
    const next = [started, trained('lora', 0)].reduce(reduceAdapterEvent, held);
    expect(next.measured).toEqual({ [opened.id]: measured });
    const file = held.adapters.map((adapter) => ({ ...adapter, values: adapter.values.slice() }));
    expect(withStudy(held, result, file).measured).toEqual({ [opened.id]: measured });
  });

  it('stays with runs that stay: seeds are added, or the study is united with another', () => {
    const more = reduceAdapterEvent(held, { ...started, adds: true });
    expect(more.measured).toEqual(held.measured);
    expect(withStudy(held, result, held.adapters.slice(1)).measured).toEqual({
      'copra/0': measured,
      [opened.id]: measured,
    });
  });

  it('is not that of another file of the same name', () => {
    const again = { ...opened, values: opened.values.slice() };
    expect(withAdapters(held, { extras: [again] }).measured).not.toHaveProperty(opened.id);
    const left = withAdapters(held, { extras: [] });
    expect(withAdapters({ ...left, measured: held.measured }, { extras: [again] }).measured).not.toHaveProperty(
      opened.id,
    );
  });
});
