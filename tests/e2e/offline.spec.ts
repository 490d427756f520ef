/** The page installs itself for offline use, on an ordinary static host in a sub-path. */
import { test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { expect } from '../support/expect.ts';
import { KEPT_FILES } from '../support/kept-files.ts';
import { unfoldStudy } from '../support/page.ts';

test.use({ serviceWorkers: 'allow' });

test.beforeEach(({ page }) => unfoldStudy(page));

/** Files kept for offline use. */
const keptFiles = (page: Page): Promise<string[]> => page.evaluate<string[]>(KEPT_FILES).catch(() => []); // the page is being loaded again

async function setSteps(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: /^Training .*steps/, expanded: false }).click();
  const steps = page.getByRole('textbox', { name: /^Steps/ });
  await steps.fill(String(count));
  await steps.press('Enter');
}

test('trains without a network after one visit', async ({ page, context }) => {
  const host = await serve({ folder: 'dist', isolate: false, base: '/some/path/' });
  try {
    await page.goto(host.url);
    const files = /"([^"]+)":\{"hash":"\w+","byUse":false\}/g;
    const worker = await (await page.request.get(new URL('service-worker.js', host.url).href)).text();
    const expected = [...worker.matchAll(files)].map(([, name]) => name);
    expect(expected.length).toBeGreaterThan(20);
    // Everything but the artwork of tasks that were not chosen.
    await expect
      .poll(async () => (await keptFiles(page)).filter((url) => !url.includes('.atlas?')).length)
      .toBeGreaterThanOrEqual(expected.length);
    await expect.poll(async () => (await keptFiles(page)).filter((url) => url.includes('.atlas?')).length).toBe(15);
    await host.close();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    await setSteps(page, 300);
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect(page.getByText(/^step [1-9]\d* of 300$/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
    await expect(page.getByText(/Stopped|Computed here/).first()).toBeVisible();
  } finally {
    await host.close().catch(() => undefined);
  }
});

test.describe('without a copy of the page', () => {
  test.use({ serviceWorkers: 'block' });

  test('a lost connection is told in words, in the language of the page, and the study runs when it is back', async ({
    page,
    context,
  }) => {
    await page.goto('?lang=de&steps=2&seeds=0&shots=2&test-images=8&shapley=off&pruning=off&landscape=off');
    await expect(page.getByRole('button', { name: /^Rechengerät: WebAssembly/ })).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Mit Änderungen rechnen' }).click();
    await expect(page.getByRole('alert')).toContainText(
      /, eine Datei dieser Seite, konnte nicht geholt werden: Es gibt keine Verbindung/,
    );
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Mit Änderungen rechnen' }).click();
    await expect(page.getByText('Hier gerechnet', { exact: true })).toBeVisible();
  });
});
