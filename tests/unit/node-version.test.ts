/** The versions of Node that the set-up takes are those that all tools run in, and those that the pages name. */
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import library from '../../packages/copra/package.json' with { type: 'json' };
import command from '../../packages/copra-playground/package.json' with { type: 'json' };
import { isNodeSupported, NODE_WORDS } from '../../scripts/node-version.mjs';
import { readText } from '../support/files.ts';

it.each(['20.19.0', '20.20.2', '22.12.0', '22.20.1', '24.0.0', '25.1.0', '26.3.0'])('takes Node %s', (version) => {
  expect(isNodeSupported(version)).toBe(true);
});

it.each(['18.20.0', '20.18.3', '21.7.3', '22.0.0', '22.11.0', '23.11.0'])('refuses Node %s', (version) => {
  expect(isNodeSupported(version)).toBe(false);
});

it('is what the packages and the pages say', () => {
  for (const { engines } of [packageJson, library, command])
    expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24.0.0');
  for (const page of ['README.md', 'CONTRIBUTING.md'])
    expect(readText(page)).toContain(`(https://nodejs.org) ${NODE_WORDS}`);
});
