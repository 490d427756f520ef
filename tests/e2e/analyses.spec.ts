/** Analyses beyond the first two: their settings, and the figures of one tiny study with all of them. */
import { test, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints, expectFits } from '../support/page.ts';

/** What is set before a run. */
const study = (page: Page) => page.getByRole('region', { name: 'Study', exact: true });

const TINY =
  '?task=food&steps=3&batch=4&seeds=0,1&test-images=9&shapley=off&pruning=off&landscape-points=3&landscape-paths=factor' +
  '&rank=1&towers=vision&projections=q' + // the algebra of merging takes most of the time
  '&landscape-alignments=orthogonal&plane=3&geometry=on&snapshots=3&merging=0.5:1&federated=clients:2;rounds:2;localSteps:1&many-tasks=parts:2&domains=on&domain-images=10';

test('one tiny study fills the figures of every further analysis', async ({ page }) => {
  const heard = complaints(page);
  await page.goto(TINY);
  await page.getByRole('button', { name: 'Run with changes' }).click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 240_000 });
  for (const name of [
    'Landscape between two seeds',
    'Plane through three adapters',
    'Adapters as points',
    'Merging all seeds',
    'Federated training',
    'Error of aggregation per layer',
    'Many tasks',
    'The task against other domains',
    'What is kept of the backbone',
  ]) {
    const figure = page.getByRole('figure', { name, exact: true });
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('svg[data-picture]').first()).toBeVisible();
    await expect(figure.locator('figcaption')).toHaveText(/\d/);
  }
  // The bars show what the message above them compares.
  const tasks = page.getByRole('figure', { name: 'Many tasks', exact: true });
  await expect(tasks.getByRole('button', { name: /Many tasks: merge shown/ })).toContainText('Average the updates');
  const domains = page.getByRole('figure', { name: 'The task against other domains', exact: true });
  await expect(domains.locator('figcaption')).toHaveText(/at equal accuracy on the task/i);
  await expect(page.getByRole('rowheader', { name: /^Other domains, equal task/ })).toBeVisible();
  await expectFits(page);
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  expect(heard).toEqual([]);
});

test('arms, sweeps and more seeds are set by keyboard alone', async ({ page }) => {
  const heard = complaints(page);
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  const open = async (name: RegExp) => {
    const fold = page.getByRole('button', { name, expanded: false });
    await fold.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name, expanded: true })).toBeVisible();
  };
  await open(/^CopRA r /);
  await page.getByRole('textbox', { name: 'Name of the arm CopRA' }).waitFor();
  const rank = page.getByRole('textbox', { name: /rank/i }).first();
  await rank.focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText(/Changed since the result shown:.*CopRA rank/)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await open(/^Analyses/);
  await expect(page.getByRole('switch', { name: 'Many tasks', exact: true })).toBeVisible();
  await open(/^Sweep a setting/);
  const setting = page.getByRole('button', { name: /Setting to sweep/ });
  await setting.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(setting).toContainText('Rank');
  await page.keyboard.press('Tab');
  const values = page.getByRole('textbox', { name: 'Values of the setting' });
  await values.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2, 4, 8');
  await expect(page.getByText(/6 arms × \d seeds: \d+ runs trained together/)).toBeVisible();
  // They are more seeds of the study shown, not of the one that is set: what that takes is said before it begins.
  await expect(page.getByRole('button', { name: /^More seeds · about \d+ (min|h)$/ })).toBeVisible();
  await expect(
    page.getByText(/of the result shown\. .* again: 2 arms × \d seeds × 2,000 steps in all\.$/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'More seeds' }).focus();
  await expect(page.getByRole('button', { name: 'More seeds' })).toBeFocused();
  expect(await violations(study(page))).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  expect(await violations(study(page))).toEqual([]);
  expect(heard).toEqual([]);
});

test('numbers are shown as they are, typed as they are meant, and only what is typed changes', async ({ page }) => {
  await page.goto('?task=food&lang=de&lr=0.0000123&weight-decay=0.00000012&domains=on&merging=0.5:1');
  const own = page.getByRole('region', { name: 'Studie', exact: true });
  for (const fold of [/^LoRA r /, /^Analysen/]) {
    // By keyboard: a fold that opens moves the next one, and a press with the mouse that it moves away from is none.
    await own.getByRole('button', { name: fold, expanded: false }).press('Enter');
    await expect(own.getByRole('button', { name: fold, expanded: true })).toBeVisible();
  }
  const before = page.url();
  for (const [name, text] of [
    ['LoRA: Lernrate', '0,0000123'],
    ['LoRA: Weight Decay', '0,00000012'],
    ['Bilder je Domäne', '200'],
  ]) {
    const field = own.getByRole('textbox', { name });
    await field.focus();
    await expect(field).toHaveValue(text);
    await page.keyboard.press('Tab');
    await expect(field).toHaveValue(text);
  }
  expect(page.url()).toBe(before);
  const images = own.getByRole('textbox', { name: 'Bilder je Domäne' });
  await images.fill('100,4');
  await images.press('Enter');
  await expect(page).toHaveURL(/domain-images=100(&|$)/);
  const factors = own.getByRole('textbox', { name: 'Faktoren λ' });
  await factors.fill('0,5; 0,75');
  await factors.press('Enter');
  await expect(page).toHaveURL(/merging-factors=0\.5,0\.75(&|$)/);
  await factors.fill('0,5; halb');
  await factors.press('Enter');
  await expect(own.getByText(/^Nimmt Zahlen von 0 bis 64/)).toBeVisible();
  await expect(factors).toHaveValue('0,5; halb');
});
