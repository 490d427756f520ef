import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import { STUDY_KEYS } from '../../share/config/config-keys.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { ablations } from '../../study/presets/ablations.ts';
import { geometry } from '../../study/presets/geometry.ts';
import { completeArm, StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { ARM_ROWS } from '../../study/config/settings/arm.ts';
import { inSentence, valueText } from '../../study/config/settings/rows.ts';
import { anyValue } from '../../study/config/settings/test-values.ts';
import { TRAINING_ROWS } from '../../study/config/settings/training.ts';
import { configChanges, isSameStudy } from './config-changes.ts';

const [{ config }] = PRESETS;

/** Every number raised, every switch turned, every list cut short: one change at a time, as deep as the settings go. */
function* changed<T>(value: T): Generator<T> {
  if (typeof value === 'number') yield (value + 1) as T;
  else if (typeof value === 'boolean') yield !value as T;
  else if (typeof value === 'string') yield `${value}x` as T;
  else if (Array.isArray(value)) {
    if (value.length > 1) yield value.slice(1) as T;
    for (const [i, item] of value.entries())
      for (const other of changed(item as unknown)) yield value.with(i, other) as T;
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const other of changed(item as unknown)) yield { ...value, [key]: other };
  }
}

it('no setting that a configuration can have differs unnoticed', () => {
  const bases: StudyConfig[] = [
    config,
    { ...geometry.config, imageSize: 64, prompts: { templates: ['a {}', 'the {}'], perClass: { cat: 'a cat' } } },
    ablations.config,
  ];
  let count = 0;
  for (const base of bases)
    for (const other of changed(base))
      if (v.is(StudyConfigSchema, other)) {
        count++;
        expect(configChanges(base, other), JSON.stringify(other)).not.toEqual([]);
        expect(isSameStudy(base, other)).toBe(false);
      }
  expect(count).toBeGreaterThan(200);
});

it('of two studies that are the same, no setting is put into words', () => {
  const show = STUDY_KEYS.map((key) => vi.spyOn(key, 'show'));
  expect(isSameStudy(config, { ...config })).toBe(true);
  for (const shown of show) expect(shown).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

it('names every setting of an arm and of training by its label, with both values in words', () => {
  const [, second] = config.arms;
  const rows = [
    ...ARM_ROWS.map(([key, row]) => ({ key, row, name: `${second.name} ` })),
    ...TRAINING_ROWS.map(([key, row]) => ({ key, row, name: '' })),
  ];
  for (const { key, row, name } of rows)
    fc.assert(
      fc.property(anyValue(row), (value) => {
        const edited = name
          ? { ...config, arms: config.arms.with(1, { ...second, [key]: value }) }
          : { ...config, training: { ...config.training, [key]: value } };
        const [from, to] = [valueText(row, row.usual), valueText(row, value)];
        const change = { label: name + inSentence(row.label), from, to, affects: 'training' };
        expect(configChanges(config, edited)).toEqual(from === to ? [] : [change]);
      }),
      { numRuns: 30 },
    );
});

it('does not tell what an arm leaves out from its usual value', () => {
  const complete = { ...config, arms: config.arms.map(completeArm) };
  expect(configChanges(config, complete)).toEqual([]);
});

it('names input size and prompts', () => {
  const prompts = { templates: ['a sketch of {}'], perClass: { cat: 'a cat' } };
  expect(configChanges(config, { ...config, imageSize: 64, prompts })).toEqual([
    { label: 'input size', from: 'as the backbone', to: '64', affects: 'training' },
    { label: 'prompts', from: 'as the task', to: 'a sketch of {} | cat: a cat', affects: 'training' },
  ]);
});

it('counts the order of the arms, whose first is the baseline, also of arms of equal names', () => {
  const [lora, copra] = config.arms;
  const reversed = { ...config, arms: [copra, lora] };
  const order = { label: 'order of the arms', affects: 'training' };
  expect(configChanges(config, reversed)).toEqual([
    { ...order, from: `${lora.name}, ${copra.name}`, to: `${copra.name}, ${lora.name}` },
  ]);
  expect(isSameStudy(config, reversed)).toBe(false);
  const alike = [lora, copra].map((arm) => ({ ...arm, name: 'an arm' }));
  const changes = configChanges({ ...config, arms: alike }, { ...config, arms: alike.toReversed() });
  expect(changes).toEqual([{ ...order, from: '', to: 'changed' }]);
});

it('calls the order of the arms the same where one is added or removed', () => {
  const [lora, copra] = config.arms;
  const between = { ...lora, id: 'between', name: 'between' };
  const three = { ...config, arms: [lora, between, copra] };
  expect(configChanges(config, three).map(({ label }) => label)).toEqual(['arm']);
  expect(configChanges(three, config).map(({ label }) => label)).toEqual(['arm']);
});

it('says of long values only that they differ', () => {
  const prompts = { templates: ['a sketch of {}'.repeat(10)], perClass: {} };
  const [change] = configChanges(config, { ...config, prompts });
  expect(change).toEqual({ label: 'prompts', from: '', to: 'changed', affects: 'training' });
});

it('names what is trained on first, then arms, then how much is trained, then analyses', () => {
  const [lora, second] = config.arms;
  const edited: StudyConfig = {
    ...config,
    task: 'food',
    arms: [lora, { ...second, rank: 8 }],
    seeds: [7],
    training: { ...config.training, steps: 5 },
    analyses: { ...config.analyses, testImages: 7 },
  };
  const labels = configChanges(config, edited).map(({ label }) => label);
  expect(labels).toEqual(['task', 'CopRA rank', 'seeds', 'steps', 'test images']);
});
