import { availableParallelism } from 'node:os';
import { defineConfig, devices } from '@playwright/test';
import { findTestBrowser } from './scripts/browser.mjs';
import { CHROMIUM_FLAGS, SHORT_LIVED_FLAGS, WEBGPU_FLAGS } from './scripts/chromium-flags.ts';
import { MEASURED } from './tests/support/measured-device.ts';

const port = Number(process.env.E2E_PORT ?? 4319);
const browser = await findTestBrowser();
const executable = browser ? { executablePath: browser } : {};

const FLAGS = [...CHROMIUM_FLAGS, ...SHORT_LIVED_FLAGS];

/** Tests with a software graphics adapter: slow, but the page's real WebGPU path. */
const EMULATED = ['emulated-gpu.spec.ts', 'backends.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // A page waits more than it computes: two share two cores well. Each trains on all of them.
  workers: Math.min(2, availableParallelism()),
  // Tests are handed out one by one, not file by file: both workers end at about the same time.
  fullyParallel: true,
  retries: process.env.CI ? 1 : 0,
  // Limits end what hangs. They are far above what anything takes on a machine that does ten other things at once.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${port}/`,
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    // Most tests use the settings: their reader has unfolded them before. Their device was measured before as well, which is a second of training.
    // Tests of the first screen begin without any storage and do measure it.
    storageState: {
      cookies: [],
      origins: [
        {
          origin: `http://localhost:${port}`,
          localStorage: [
            { name: 'copra-study', value: 'open' },
            { name: 'copra-pace', value: JSON.stringify(MEASURED) },
          ],
        },
      ],
    },
    actionTimeout: 120_000,
    // Every test has a fresh profile, in which the worker would fetch the whole page again: tests of it allow it.
    serviceWorkers: 'block',
    // Recording slows every page down: only what failed is recorded, when it is tried again.
    trace: 'on-first-retry',
    launchOptions: { ...executable, args: FLAGS },
  },
  projects: [
    // Emulation takes longest: it begins first, so that no core is idle at the end.
    {
      name: 'chromium with WebGPU',
      testMatch: EMULATED,
      use: {
        launchOptions: { ...executable, args: [...FLAGS, ...WEBGPU_FLAGS] },
      },
    },
    { name: 'chromium', testIgnore: EMULATED },
  ],
  webServer: {
    command: `node scripts/serve.mjs dist --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
