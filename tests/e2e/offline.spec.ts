/** The page installs itself for offline use, on an ordinary static host in a sub-path, and never interrupts a study with a new version. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';
import { expect } from '../support/expect.ts';
import { unfoldStudy } from '../support/page.ts';

test.use({ serviceWorkers: 'allow' });

test.beforeEach(({ page }) => unfoldStudy(page));

/** Files kept for offline use. */
const keptFiles = (page: Page): Promise<string[]> =>
  page
    .evaluate(async () => {
      const urls: string[] = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
      return urls;
    })
    .catch(() => []); // the page is being loaded again

/** The host gets another version of the page, with a mark in it: its list of files first, then, when asked to, the page. */
async function publish(folder: string): Promise<{ finish(): Promise<void> }> {
  const [index, script] = ['index.html', 'service-worker.js'].map((name) => path.join(folder, name));
  const html = (await readFile(index, 'utf8')).replace('<head>', '<head><meta name="another-version" />');
  const hash = createHash('sha256').update(html).digest('hex');
  const listed = await readFile(script, 'utf8');
  await writeFile(script, listed.replace(/("index\.html":\{"hash":")\w+/, `$1${hash}`));
  return { finish: () => writeFile(index, html) };
}

/** The page looks for another version of itself; resolves to what becomes of its worker: 'installed', or 'redundant' where it was not whole. */
const lookForVersion = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise<ServiceWorker>((resolve) => {
      registration.addEventListener('updatefound', () => resolve(registration.installing!), { once: true });
    });
    await registration.update();
    const worker = await found;
    return new Promise<string>((resolve) => {
      const look = (): void => {
        if (worker.state !== 'installing') resolve(worker.state);
      };
      worker.addEventListener('statechange', look);
      look();
    });
  });

/** The worker of the page has taken along another file of those that are kept by use, and has done what follows. */
async function takeAlong(page: Page, file: string): Promise<void> {
  expect((await keptFiles(page)).some((url) => url.includes(file))).toBe(false);
  await page.evaluate(async (name) => {
    (await navigator.serviceWorker.ready).active?.postMessage({ type: 'fill', files: [name] });
  }, file);
  await expect.poll(async () => (await keptFiles(page)).some((url) => url.includes(file))).toBe(true);
}

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
      .poll(async () => (await keptFiles(page)).filter((url) => !url.includes('.atlas?')).length, { timeout: 120_000 })
      .toBeGreaterThanOrEqual(expected.length);
    await expect.poll(async () => (await keptFiles(page)).filter((url) => url.includes('.atlas?')).length).toBe(5);
    await host.close();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    await setSteps(page, 300);
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect(page.getByText(/^step [1-9]\d* of 300$/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible();
    await expect(page.getByText(/Stopped|Computed here/).first()).toBeVisible();
  } finally {
    await host.close().catch(() => undefined);
  }
});

test('a new version waits for the end of a study and for a press, is whole then, and every tab loads it', async ({
  page,
  context,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'copra-update-'));
  await cp('dist', folder, { recursive: true });
  const host = await serve({ folder });
  try {
    await page.goto(host.url);
    await expect
      .poll(async () => (await keptFiles(page)).some((url) => url.includes('/index.html?')), { timeout: 120_000 })
      .toBe(true);
    await setSteps(page, 3000);
    await page.getByRole('button', { name: /^Run/ }).click();
    await expect(page.getByText(/^step [\d,]+ of 3,000$/)).toBeVisible();
    // It is under way while it pauses, too.
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

    const version = await publish(folder);
    expect(await lookForVersion(page)).toBe('redundant');
    await version.finish();
    expect(await lookForVersion(page)).toBe('installed');
    const load = page.getByRole('button', { name: 'Load the new version' });
    await expect(load).toBeHidden();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await expect(load).toBeVisible();

    // The version before takes files along, and leaves those of the new one alone. The page is not loaded again for it: where that is the
    // only tab, Chromium under a debugger, as here, now and then lets the version before stay for five minutes. Without one it does not.
    await takeAlong(page, 'showcase/geometry.json');
    await takeAlong(page, 'showcase/merge.json'); // what followed the first is done, too

    const other = await context.newPage();
    await other.goto(host.url);
    const loadThere = other.getByRole('button', { name: 'Load the new version' });
    await expect(loadThere).toBeVisible();
    // A version takes over when the one before has answered everything.
    for (const tab of [page, other]) await tab.waitForLoadState('networkidle');
    await host.close();
    await context.setOffline(true);
    const expectNew = async (tab: Page): Promise<void> => {
      await expect(tab.getByText('Saved result', { exact: true })).toBeVisible();
      await expect(tab.locator('meta[name="another-version"]')).toHaveCount(1);
      await expect(tab.getByRole('button', { name: 'Load the new version' })).toBeHidden();
    };
    await Promise.all([page.waitForEvent('load'), load.click()]);
    await expectNew(page);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
    await expect(other.locator('meta[name="another-version"]')).toHaveCount(0);
    await Promise.all([other.waitForEvent('load'), loadThere.click()]);
    await expectNew(other);
  } finally {
    await host.close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
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
