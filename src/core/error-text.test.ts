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

test('where code is missing that is loaded on demand it says what to do, whatever the browser says', () => {
  const found = [
    'Failed to fetch dynamically imported module: https://host/assets/a.js',
    'error loading dynamically imported module: https://host/assets/a.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/a.css',
  ].map((message) => errorText(new TypeError(message)));
  for (const text of found)
    expect(text).toMatch(/^A part of this page could not be loaded.* Try again, or load the page/);
});

test('an error without a message is told by its name', () => {
  expect(errorText(new DOMException('', 'AbortError'))).toBe('AbortError');
  expect(errorText(new DOMException('It was stopped.', 'AbortError'))).toBe('It was stopped.');
});
