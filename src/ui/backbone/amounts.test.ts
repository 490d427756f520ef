import { expect, it } from 'vitest';
import { isAmbiguous, readBytes, typedBytes } from './amounts.ts';

it.each([
  ['2', 2e9],
  [' 1,5 ', 1.5e9],
  ['2 GB', 2e9],
  ['2gb', 2e9],
  ['.5 G', 5e8],
  ['1500 MB', 1.5e9],
  ['0.125', 1.25e8],
  ['1500.125 MB', 1.500125e9],
  ['1.5000 GB', 1.5e9],
  ['2 GiB', 2 * 2 ** 30],
])('“%s” is an amount of memory', (text, bytes) => expect(readBytes(text)).toBe(bytes));

it.each(['', 'two', '0', '-1', '2 apples', 'NaN', '1e', '2 GB or so'])('“%s” is none', (text) => {
  expect(readBytes(text)).toBeNull();
});

it.each(['1,500 MB', '1.500 MB', ' 12,345', '999.999 GB'])('“%s” may be one of two amounts', (text) => {
  expect([isAmbiguous(text), readBytes(text)]).toEqual([true, null]);
});

it.each(['2', '1.5', '0.125', '1500 MB', '1500.125 MB', '1,5000', '1.500 apples', ''])(
  '“%s” is not two amounts',
  (text) => {
    expect(isAmbiguous(text)).toBe(false);
  },
);

it.each([1e9, 1.5e9, 1.234e9, 12.345e9, 2 * 2 ** 30, 1.25e8])('%d bytes are written as they are read', (bytes) => {
  expect(readBytes(typedBytes(bytes))).toBe(bytes);
});
