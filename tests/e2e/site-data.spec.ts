/** A browser that keeps nothing for the page: the study runs to its end and says that it cannot be resumed. */
import { chromium, test, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '../support/expect.ts';
import { accuracyShown, complaints, engineOpened } from '../support/page.ts';
import { WHOLE_BROWSER } from '../support/whole-browser.ts';

/** A small study, without its analyses: site data matter to training and to its end. */
const SMALL = '?task=food&arms=copra&steps=2&batch=4&seeds=0&landscape=off&shapley=off&pruning=off&test-images=40';
const CANNOT_RESUME = /cannot be resumed/;

async function runsToItsEnd(page: Page): Promise<void> {
  await page.goto(SMALL);
  await engineOpened(page);
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByText(CANNOT_RESUME)).toBeVisible();
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(page.getByText('The request was denied')).toHaveCount(0);
  expect(await accuracyShown(page)).toMatch(/\d/);
}

test('all site data blocked in the settings of the browser', async ({ baseURL, headless }, info) => {
  const profile = info.outputPath('profile');
  await mkdir(path.join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  // The headless shell has no settings.
  const context = await chromium.launchPersistentContext(profile, { ...WHOLE_BROWSER, headless, baseURL });
  try {
    const page = await context.newPage();
    const heard = complaints(page);
    await page.goto('');
    const refused = await page.evaluate(async () => ({
      locks: await navigator.locks.query().then(() => '', String),
      files: await navigator.storage.getDirectory().then(() => '', String),
    }));
    expect(refused.locks, 'the browser blocks').not.toBe('');
    expect(refused.files, 'the browser blocks').not.toBe('');
    await runsToItsEnd(page);
    expect(heard.filter((message) => !/service.?worker|storage|Access to/i.test(message))).toEqual([]);
  } finally {
    await context.close();
  }
});

test('a browser without locks and without a private file system', async ({ page }) => {
  const without = 'delete Navigator.prototype.locks; delete StorageManager.prototype.getDirectory;';
  await page.addInitScript(without);
  // Scripts for new documents do not run in workers.
  const inWorkers =
    'if (self.WorkerNavigator) { delete WorkerNavigator.prototype.locks; delete StorageManager.prototype.getDirectory; }\n';
  await page.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: inWorkers + (await response.text()) });
  });
  await runsToItsEnd(page);
});
