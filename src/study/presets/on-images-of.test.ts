import { expect, it } from 'vitest';
import { federated } from './federated.ts';
import { full } from './full.ts';
import { manyTasks } from './many-tasks.ts';
import { withPreset } from './on-images-of.ts';
import { quick } from './quick.ts';

const prompts = { templates: ['a photo of {}'], perClass: {} };
const own = { ...quick.config, task: 'dropped', backbone: 'owner/name@1', imageSize: 48, prompts, seeds: [7] };
const seen = { task: 'dropped', backbone: 'owner/name@1', imageSize: 48, prompts };

it('own images stay the task of a preset, with the backbone and the prompts by which they are seen', () => {
  expect(withPreset(own, full.config)).toEqual({ ...full.config, ...seen });
  expect(withPreset(own, federated.config)).toEqual({ ...federated.config, ...seen });
});

it('a preset about tasks that it names has those, and one beside a bundled task has its own', () => {
  expect(withPreset(own, manyTasks.config)).toBe(manyTasks.config);
  expect(withPreset({ ...own, task: 'food' }, full.config)).toBe(full.config);
});
