/** The built page on an ordinary static host: no isolation headers, served from a sub-path. */
import { test } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { expect } from '../support/expect.ts';
import { engineOpened, unfoldStudy } from '../support/page.ts';

test.use({ serviceWorkers: 'allow' });

test.beforeEach(({ page }) => unfoldStudy(page));

test('a plain host in a sub-path becomes isolated after exactly one reload', async ({ page }) => {
  const host = await serve({ folder: 'dist', isolate: false, base: '/some/path/' });
  try {
    let loads = 0;
    page.on('domcontentloaded', () => loads++);
    await page.goto(host.url);
    await expect.poll(() => page.evaluate(() => window.crossOriginIsolated).catch(() => false)).toBe(true);
    // The engine is opened once the page will not be loaded again.
    await engineOpened(page);
    expect(loads).toBe(2);
    await page.reload();
    await engineOpened(page);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    expect(loads).toBe(3);
  } finally {
    await host.close();
  }
});

test('a host without the service worker file is left alone', async ({ page }) => {
  const host = await serve({ folder: 'dist', isolate: false, base: '/' });
  try {
    let loads = 0;
    page.on('domcontentloaded', () => loads++);
    await page.context().route('**/service-worker.js', (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await page.goto(host.url);
    await engineOpened(page);
    expect(loads).toBe(1);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(false);
  } finally {
    await host.close();
  }
});
