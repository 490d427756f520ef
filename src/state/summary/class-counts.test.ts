import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readBytes } from '../../../tests/support/files.ts';
import { taskFromDropped, type DroppedDataset } from '../../data/dataset/dropped.ts';
import { shownClass } from '../../data/bundled/shown-classes.ts';
import { outlineTask } from '../../data/bundled/bundled.ts';
import { imageDigests } from '../../study/result/image-digests.ts';
import { classCounts } from './class-counts.ts';
import { ALL_SHOTS } from '../../data/shots.ts';

const dataset: DroppedDataset = {
  name: 'Pets',
  imageSize: 1,
  classes: ['cat', 'dog'],
  prompts: ['a cat', 'a dog'],
  pixels: Uint8Array.from({ length: 36 }, (_, i) => i),
  labels: Int32Array.from({ length: 12 }, (_, i) => Number(i % 3 === 0)),
  split: Uint8Array.from({ length: 12 }, (_, i) => (i < 8 ? 0 : i < 10 ? 1 : 2)),
};
const read = (file: string) => Promise.resolve(Uint8Array.from(readBytes(`public/atlas/${file}`)).buffer);

const fixture = studyResultFixture();
const own = (digests: ReturnType<typeof imageDigests>) => ({
  ...fixture,
  config: { ...fixture.config, task: 'dropped', shots: null },
  task: { ...fixture.task, ...digests, train: 8, validation: 2, test: 2 },
});

it('counts own images that a result knows as its own, and no others', async () => {
  const task = taskFromDropped(dataset, ALL_SHOTS);
  const digests = imageDigests(task, task.test);
  expect(await classCounts(own(digests), dataset, read)).toEqual([
    { name: 'cat', train: 5, validation: 1, test: 2 },
    { name: 'dog', train: 3, validation: 1, test: 0 },
  ]);
  expect(await classCounts(own({ ...digests, testDigest: 'another' }), dataset, read)).toBeNull();
  expect(await classCounts(own(digests), null, read)).toBeNull();
});

it('counts those of a bundled task, where it has as many as the result says', async () => {
  const outline = await outlineTask('food', ALL_SHOTS, read);
  const sides = { train: outline.train.count, validation: outline.validation.count, test: outline.test.count };
  const result = {
    ...fixture,
    config: { ...fixture.config, task: 'food', shots: null },
    task: { ...fixture.task, ...sides },
  };
  const counts = await classCounts(result, null, read);
  expect(counts?.map(({ name }) => name)).toEqual(outline.classes.map((name) => shownClass('food', name)));
  expect(counts?.reduce((sum, { test }) => sum + test, 0)).toBe(sides.test);
  const fewer = { ...result, task: { ...result.task, test: 10 } };
  expect((await classCounts(fewer, null, read))?.reduce((sum, { test }) => sum + test, 0)).toBe(10);
  const other = { ...result, task: { ...result.task, train: sides.train + 1 } };
  expect(await classCounts(other, null, read)).toBeNull();
});
