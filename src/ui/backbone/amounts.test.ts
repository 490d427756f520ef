import { expect, it } from 'vitest';
import { readBytes } from './amounts.ts';

it.each([
  ['2', 2e9],
  [' 1,5 ', 1.5e9],
  ['2 GB', 2e9],
  ['2gb', 2e9],
  ['.5 G', 5e8],
  ['1500 MB', 1.5e9],
  ['2 GiB', 2 * 2 ** 30],
])('“%s” is an amount of memory', (text, bytes) => expect(readBytes(text)).toBe(bytes));

it.each(['', 'two', '0', '-1', '2 apples', 'NaN', '1e', '2 GB or so'])('“%s” is none', (text) => {
  expect(readBytes(text)).toBeNull();
});
