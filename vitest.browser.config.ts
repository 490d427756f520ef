/** The unit tests of what runs in the page, in Chromium: tests/browser/suite.ts says which. */
import path from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { normalizePath, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { findTestBrowser } from './scripts/browser.mjs';
import { CHROMIUM_FLAGS } from './scripts/chromium-flags.ts';
import { ISOLATION_HEADERS } from './scripts/serve.mjs';
import { tfjsResolve } from './scripts/vite-shared.mjs';
import { LAYERS, NODE_ONLY, STAND_INS } from './tests/browser/suite.ts';

const root = import.meta.dirname;
/** As Vite names a file: with slashes on Windows too. */
const idOf = (file: string) => normalizePath(path.join(root, file));
const standIns = new Map(Object.entries(STAND_INS).map(([from, to]) => [idOf(from), idOf(to)]));

const standIn: Plugin = {
  name: 'copra:stand-ins',
  enforce: 'pre',
  async resolveId(id, importer) {
    const resolved = await this.resolve(id, importer, { skipSelf: true });
    return standIns.get(resolved?.id ?? '') ?? null;
  },
};

const executablePath = await findTestBrowser();

export default defineConfig({
  plugins: [standIn],
  resolve: tfjsResolve,
  worker: { format: 'es' },
  server: { headers: ISOLATION_HEADERS },
  cacheDir: 'node_modules/.cache/copra/vite-browser-tests',
  test: {
    include: LAYERS.map((layer) => `src/${layer}/**/*.test.ts`),
    exclude: Object.keys(NODE_ONLY),
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/fast-check-seed.ts', 'tests/unstub.ts'],
    env: { FAST_CHECK_SEED: process.env.FAST_CHECK_SEED },
    testTimeout: 300_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Importing the modules costs more than most of these tests: a page keeps them for all of its files.
    isolate: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
