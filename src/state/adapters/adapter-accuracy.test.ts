import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { smallLayout } from '../../copra/test-layouts.ts';
import type { Provenance } from '../../share/adapter/provenance.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyImages } from '../study/images-diff.ts';
import { accuracyOn } from './adapter-accuracy.ts';
import { testedOn } from './tested-on.ts';

const { config } = studyResultFixture();
const run = (task: string): Provenance => ({
  kind: 'run',
  arm: config.arms[0],
  seed: 0,
  study: { ...config, task },
  taskName: null,
  gates: { steps: 1, activeSteps: [1] },
  players: smallLayout().players,
  classes: [],
  hasPrompts: false,
  testAccuracy: 0.5,
  testImages: 8,
  frozen: null,
});
const imagesOf = (digest: number): StudyImages => ({
  imageSize: 8,
  classes: ['a', 'b'],
  train: 4,
  validation: 2,
  test: 2,
  digest,
  domains: [],
});
const [first, second] = [imagesOf(1), imagesOf(2)];

it('is the measured one on the task that is chosen, else that of the study on its own task', () => {
  const adapter = { id: 'lora/0', provenance: run('food') };
  const on9 = testedOn({ ...config, task: 'groups9' }, null);
  const measured = { 'lora/0': { ...on9, accuracy: 0.25, count: 5 } };
  const on = (task: string) => accuracyOn(testedOn({ ...config, task }, null), adapter, measured, null);
  expect(on('groups9')).toMatchObject({ accuracy: 0.25, count: 5 });
  expect(on('food')).toEqual({ accuracy: 0.5, count: 8 });
  expect(on('noto')).toBeNull();
});

it('of own images is that of the images on the page, and of no others', () => {
  const adapter = { id: 'lora/0', provenance: run('dropped') };
  const dropped = { ...config, task: 'dropped' };
  const measured = { 'lora/0': { ...testedOn(dropped, first), accuracy: 0.25, count: 5 } };
  const on = (images: StudyImages | null, ofStudy: StudyImages | null) =>
    accuracyOn(testedOn(dropped, images), adapter, measured, ofStudy)?.accuracy ?? null;
  expect(on(first, second)).toBe(0.25);
  expect(on(second, second)).toBe(0.5);
  expect(on(second, first)).toBeNull();
  expect(on(second, null)).toBe(0.5);
  expect(on(null, second)).toBe(0.25);
  // Nothing tells what those of another size show.
  expect(on({ ...first, imageSize: 16 }, second)).toBeNull();
});

it('of other adapters is none until they are evaluated', () => {
  const provenance = { kind: 'file', file: 'a.zip', baseModel: null, copra: null } as const;
  expect(accuracyOn(testedOn(config, null), { id: 'extra-1', provenance }, {}, null)).toBeNull();
});

it.each<[string, Partial<StudyConfig>]>([
  ['input size', { imageSize: 48 }],
  ['number of test images', { analyses: { ...config.analyses, testImages: 7 } }],
  ['prompts', { prompts: { templates: ['a {}'], perClass: {} } }],
])('is none where the page would test with another %s', (_, edit) => {
  const adapter = { id: 'lora/0', provenance: run(config.task) };
  const measured = { 'extra-1': { ...testedOn(config, null), accuracy: 0.25, count: 5 } };
  const opened = { id: 'extra-1', provenance: { kind: 'file', file: 'a', baseModel: null, copra: null } as const };
  const on = (edited: StudyConfig) =>
    [adapter, opened].map((one) => accuracyOn(testedOn(edited, null), one, measured, null)?.accuracy ?? null);
  expect(on(config)).toEqual([0.5, 0.25]);
  expect(on({ ...config, ...edit })).toEqual([null, null]);
});
