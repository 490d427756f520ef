import { expect, test } from 'vitest';
import { errorText } from './error-text.ts';

test('where there is no memory it says what to do, whatever the browser throws', () => {
  const found = [
    new RangeError('Array buffer allocation failed'),
    new RangeError('WebAssembly.Memory(): could not allocate memory'),
    'out of memory',
  ].map(errorText);
  for (const text of found) expect(text).toMatch(/^There is not enough memory \(.+\)\. Close other tabs/);
  expect(errorText(new RangeError('Seed 9 is none of the study.'))).toBe('Seed 9 is none of the study.');
  expect(errorText('no locks')).toBe('no locks');
});
