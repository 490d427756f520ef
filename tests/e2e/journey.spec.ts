/** The main journey: open, shorten, run to the end, share, open the link in a fresh profile. */
import { test } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { accuracyRow, accuracyShown, complaints, moreRead } from '../support/page.ts';
import { WHOLE_BROWSER } from '../support/whole-browser.ts';

// Once in the whole of the browser that readers have.
test.use({ launchOptions: WHOLE_BROWSER });

test('runs a study to its end and shares it', async ({ page, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const heard = complaints(page);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  // Its study is smaller than that of the opening page.
  await page.getByRole('button', { name: /^Preset: / }).click();
  await page.getByRole('menuitem', { name: /^Quick/ }).click();
  await page.getByRole('button', { name: /^Training .*steps/ }).click();
  const steps = page.getByRole('textbox', { name: /^Steps/ });
  await steps.fill('2');
  await steps.press('Enter');
  const batch = page.getByRole('textbox', { name: /^Batch size/ });
  await batch.fill('4');
  await batch.press('Enter');
  const seeds = page.getByRole('textbox', { name: /^Seeds per arm/ });
  await seeds.fill('2');
  await seeds.press('Enter');
  await page.getByRole('button', { name: /^Analyses/, expanded: false }).click();
  const images = page.getByRole('textbox', { name: 'Shapley values: images' });
  await images.fill('1');
  await images.press('Enter');
  const sparsities = page.getByRole('textbox', { name: 'Pruning: sparsities' });
  await sparsities.fill('0.5, 0.9');
  await sparsities.press('Enter');
  const tested = page.getByRole('textbox', { name: 'Test images' });
  await tested.fill('20');
  await tested.press('Enter');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 240_000 });
  await moreRead(page, 'Landscape between two seeds').click();
  await expect(page.getByText(/At the midpoint of the factor path .*1 seed pair each, 20 test images/)).toBeVisible();

  await page.getByRole('button', { name: /Share/ }).click();
  // The browser's clipboard may hold the link of an earlier test.
  await expect(page.getByText(/Link copied · [\d,]+ characters/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const accuracy = await accuracyShown(page);
  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto(link);
  await expect(fresh.getByText('From the link', { exact: true })).toBeVisible();
  await expect(accuracyRow(fresh)).toHaveText(accuracy, { useInnerText: true });
  expect(heard).toEqual([]);
});
