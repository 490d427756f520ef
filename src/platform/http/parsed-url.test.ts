import { expect, it } from 'vitest';
import { parsedUrl } from './parsed-url.ts';

it('is null for what is no address', () => {
  expect(parsedUrl('https://a.example/b')?.host).toBe('a.example');
  expect(['owner/name', 'http://', ''].map(parsedUrl)).toEqual([null, null, null]);
});
