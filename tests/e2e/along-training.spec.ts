/** Measures along training, and arms at equal budgets, from a link on the built page: nothing is computed but what the arms spend. */
import { readFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { settled } from '../support/layout.ts';
import { complaints } from '../support/page.ts';

const fragment = readFileSync('tests/golden/links/r2-along-training.txt', 'utf8').trim();

test('are drawn over steps, updates or compute, and compared where both arms have spent the same', async ({ page }) => {
  const heard = complaints(page, ['error', 'warning', 'trace']);
  await page.goto(`#${fragment}`);
  const figure = page.getByRole('figure', { name: 'Along training' });
  await expect(figure.locator('figcaption')).toContainText('How early is mergeability');
  // Charts are drawn when they are about to be seen.
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('svg[data-picture]')).toContainText('training step');
  const equal = page.getByRole('region', { name: 'CopRA against LoRA after equal' });
  await expect(equal.getByRole('row', { name: /^Everything on/ })).toBeVisible();
  await expect(equal.getByRole('columnheader', { name: /LoRA\s*step 600/ }).first()).toBeVisible();

  // What is drawn above must not move the figure below the pointer, which would make it the one that answers to it.
  await settled(page);
  await figure.getByRole('radio', { name: 'Compute' }).click();
  await expect(figure.locator('svg[data-picture]')).toContainText('compute (a step of LoRA');
  await expect(figure.locator('figcaption')).toContainText(/CopRA spends 9\d\s% of the compute of LoRA/);
  await figure.getByRole('radio', { name: 'Updates' }).click();
  await expect(figure.locator('figcaption')).toContainText(/CopRA spends 6\d\s% of the adapter updates of LoRA/);
  await expect(equal.getByRole('columnheader', { name: /^LoRA\s*step 3\d\d/ })).toBeVisible();

  await figure.getByRole('button', { name: /Along training: measure shown/ }).click();
  await page.getByRole('option', { name: 'Barrier' }).click();
  await expect(figure.locator('svg[data-picture]')).toContainText('barrier over 5 values of λ, points');
  expect(await violations(figure)).toEqual([]);

  const curves = page.getByRole('figure', { name: 'Training', exact: true });
  await curves.getByRole('button', { name: /Training: counted in/ }).click();
  await page.getByRole('option', { name: 'Updates' }).click();
  await expect(curves.locator('svg[data-picture]')).toContainText('adapter updates');

  await page.getByRole('button', { name: /Table of results: after equal/ }).click();
  await page.getByRole('option', { name: 'Updates' }).click();
  const table = page.getByRole('region', { name: 'CopRA against LoRA after equal adapter updates' });
  await expect(table.getByRole('row', { name: /^Midpoint/ })).toBeVisible();
  expect(heard).toEqual([]);
});

test('stand alone in a frame', async ({ page }) => {
  await page.goto(`?embed=along-training#${fragment}`);
  const figure = page.getByRole('figure', { name: 'Along training' });
  await expect(figure.locator('svg[data-picture]')).toBeVisible();
  await expect(page.getByRole('region', { name: /after equal/ })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});
