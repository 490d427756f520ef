/** Our flags undo none of Playwright's: Chromium reads the last --disable-features only. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CHROMIUM_FLAGS, DISABLED_BY_PLAYWRIGHT } from '../../scripts/chromium-flags.ts';
import { readText } from '../support/files.ts';

it('whatever the installed Playwright disables in Chromium stays disabled', () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const bundle = readText(path.join(folder, 'lib/coreBundle.js'));
  const [, list] = /disabledFeatures = \[([^\]]*)\]\.filter\(Boolean\);\s+enabledFeatures/.exec(bundle) ?? [];
  const names = [...list.replaceAll(/\/\/.*$/gm, '').matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(5);
  expect(DISABLED_BY_PLAYWRIGHT).toEqual(names);
  expect(CHROMIUM_FLAGS.filter((flag) => flag.startsWith('--disable-features='))).toHaveLength(1);
});
