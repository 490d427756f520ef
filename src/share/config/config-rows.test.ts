import { expect, it } from 'vitest';
import { quick } from '../../study/presets/quick.ts';
import { configRows } from './config-rows.ts';

it('an evaluation says what is not known of its adapters, and no settings of a training', () => {
  const [first, second] = quick.config.arms.map(({ id }) => id);
  const { study, arms } = configRows({ ...quick.config, evaluated: { untold: [first], beyond: [second] } });
  const whole = configRows(quick.config);
  const left = whole.study.filter(({ label }) => !study.some((row) => row.label === label)).map(({ label }) => label);
  expect(left).toEqual(expect.arrayContaining(['Steps', 'Seeds']));
  const valuesOf = (label: string) => arms.find((row) => row.label === label)?.values;
  expect(valuesOf('Learning rate')?.map((value) => value === 'unknown')).toEqual([true, false]);
  expect(valuesOf('Rank')?.map((value) => value === 'unknown')).toEqual([false, true]);
  expect(whole.arms.flatMap(({ values }) => values)).not.toContain('unknown');
});

it('backbones and methods go by their names; one of a hub by its id, with the beginning of its commit', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const rowsWith = (backbone: string) => configRows({ ...quick.config, backbone });
  const backboneOf = (backbone: string) => rowsWith(backbone).study.find(({ label }) => label === 'Backbone')?.value;
  expect(['emoji-clip-2', 'emoji-clip'].map(backboneOf)).toEqual(['Emoji-CLIP 2', 'Emoji-CLIP']);
  expect(backboneOf(`openai/clip@${commit}`)).toBe('openai/clip@0123456789ab');
  expect(rowsWith('emoji-clip').arms.find(({ label }) => label === 'Method')?.values).toEqual(['LoRA', 'CopRA']);
});
