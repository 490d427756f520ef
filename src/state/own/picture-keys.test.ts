import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { AskedPicture } from './own-store.ts';
import { isUnread, pictureFor, readingKey, testKey } from './picture-keys.ts';

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

it('a picture stays for another result where it is a file, to be read anew for another backbone, or a test picture of the same task', () => {
  const input = { kind: 'square', pixels: new Uint8Array(3), size: 1 } as const;
  const picture: AskedPicture = { input, name: () => '', file: null, truth: null, key: testKey(result) };
  const own: AskedPicture = { ...picture, file: new Blob(), key: readingKey(config) };
  const other = { ...result, config: { ...config, task: 'food', backbone: 'tiny-clip' } };
  expect(pictureFor(null, result)).toBeNull();
  expect([pictureFor(picture, result), pictureFor(picture, other)]).toEqual([picture, null]);
  expect([isUnread(picture, config), isUnread(picture, other.config)]).toEqual([false, false]);
  expect([pictureFor(own, result), pictureFor(own, other)]).toEqual([own, own]);
  expect([isUnread(own, config), isUnread(own, other.config)]).toEqual([false, true]);
});
