import { expect, it } from 'vitest';
import { PRESETS } from '../study/presets.ts';
import { ablations } from '../study/presets/ablations.ts';
import { geometry } from '../study/presets/geometry.ts';
import { configToQuery } from '../share/config-query.ts';
import type { StudyConfig } from '../study/config.ts';
import { configChanges } from './config-diff.ts';

const [{ config }] = PRESETS;

/** Every number raised, every switch turned, every list cut short: one change at a time, as deep as the settings go. */
function* changed<T>(value: T): Generator<T> {
  if (typeof value === 'number') yield (value + 1) as T;
  else if (typeof value === 'boolean') yield !value as T;
  else if (Array.isArray(value)) {
    if (value.length > 1) yield value.slice(1) as T;
    for (const [i, item] of value.entries())
      for (const other of changed(item as unknown)) yield value.with(i, other) as T;
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const other of changed(item as unknown)) yield { ...value, [key]: other };
  }
}

it('no setting that an address would tell differs unnoticed', () => {
  const bases: StudyConfig[] = [
    config,
    { ...geometry.config, imageSize: 64, prompts: { templates: ['a {}', 'the {}'], perClass: {} } },
    ablations.config,
  ];
  let count = 0;
  for (const base of bases)
    for (const other of changed({ ...base, version: undefined }))
      if (configToQuery(other as unknown as StudyConfig) !== configToQuery(base)) {
        count++;
        expect(
          configChanges(base, other as unknown as StudyConfig),
          configToQuery(other as unknown as StudyConfig),
        ).not.toEqual([]);
      }
  expect(count).toBeGreaterThan(100);
});

it('names input size and prompts', () => {
  const prompts = { templates: ['a sketch of {}'], perClass: {} };
  expect(configChanges(config, { ...config, imageSize: 64, prompts })).toEqual([
    { label: 'input size', from: 'its own', to: '64', affects: 'training' },
    { label: 'prompts', from: '', to: 'changed', affects: 'training' },
  ]);
});
