import { expect, it } from 'vitest';
import { perClass, type UsedClass } from './used-classes.ts';

const used = (...counts: number[]): UsedClass[] =>
  counts.map((count, i) => ({ name: `class ${i}`, count, bytes: null, sides: null }));

it('names the smallest and the largest class, of several', () => {
  expect(perClass(used(12, 60, 25))).toEqual([12, 60]);
  expect(perClass(used(12))).toBeNull();
  expect(perClass([])).toBeNull();
});
