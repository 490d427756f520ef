import { expect, it } from 'vitest';
import { licenceName } from './licence-name.ts';

it.each([
  ['mit', 'MIT'],
  ['apache-2.0', 'Apache-2.0'],
  ['bsd-3-clause', 'BSD-3-Clause'],
  ['cc-by-nc-4.0', 'CC-BY-NC-4.0'],
  ['MIT', 'MIT'],
  ['openrail', 'openrail'],
  ['other', 'other'],
])('%s', (id, name) => {
  expect(licenceName(id)).toBe(name);
});
