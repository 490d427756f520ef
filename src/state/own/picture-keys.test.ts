import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { readingKey, testKey } from './picture-keys.ts';

const result = studyResultFixture();
const { config, task } = result;

it('a test picture belongs to its task, with whatever arms and backbone it is studied', () => {
  const key = testKey(result);
  expect(testKey({ task: { ...task, train: 3 }, config: { ...config, arms: [], backbone: 'tiny-clip' } })).toBe(key);
  expect(testKey({ ...result, config: { ...config, task: 'food' } })).not.toBe(key);
  expect(testKey({ ...result, task: { ...task, classes: task.classes.toReversed() } })).not.toBe(key);
  expect(testKey({ ...result, task: { ...task, testDigest: 'a.b.c.d' } })).not.toBe(key);
});

it('a file is read for a backbone and its input size', () => {
  const key = readingKey(config);
  expect(readingKey({ ...config, imageSize: 96 })).not.toBe(key);
  expect(readingKey({ ...config, backbone: 'tiny-clip' })).not.toBe(key);
});
