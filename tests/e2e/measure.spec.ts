/** "Measure this device" as a reader does it, with a short budget; its files, its card and its link in a fresh profile. */
import { readFileSync } from 'node:fs';
import { test, type Locator, type Page } from '@playwright/test';
import { readMeasurement } from '../../src/share/measurement/schema.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints, expectFits } from '../support/page.ts';

/** Of a made measurement, which was handed out once. */
const HANDED_OUT = readFileSync('tests/golden/measurements/m1-every-cell.txt', 'utf8').trim();

const panelOf = (page: Page): Locator => page.getByRole('region', { name: 'Measure this device' });

async function saved(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download');
  await panelOf(page).getByRole('button', { name, exact: true }).click();
  return (await download).path();
}

test('a device is measured, shared, and compared in a fresh profile', async ({ page, browser }) => {
  const heard = complaints(page);
  await page.goto('?measure=3');
  const panel = panelOf(page);
  // Nothing starts by itself, and a press on Stop ends what was started.
  await panel.getByRole('button', { name: 'Measure, about 3 s' }).click();
  await panel.getByRole('button', { name: 'Stop' }).click();
  await panel.getByRole('button', { name: 'Measure, about 3 s' }).click();
  await expect(panel.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 200_000 });

  await test.step('what it found', async () => {
    const table = panel.getByRole('region', { name: 'This device', exact: true });
    await expect(table.getByRole('columnheader')).toHaveText([
      'Task',
      'Ours, WASM',
      'Stock, our passes, WASM',
      'Stock, plain, WASM',
    ]);
    // The first task has no rate yet by which it could be left out; on a busy machine time may be up before others.
    await expect(table.getByRole('row', { name: /^Product, fc1/ })).toContainText('FLOP/s');
    await expect(table.getByRole('row', { name: /^Training step/ })).toContainText(/\d (ms|s)|no time left/);
    await expect(table.getByText('wrong numbers')).toHaveCount(0);
    await panel.getByRole('button', { name: /^What is missing, and why/ }).click();
    await expect(panel.getByText('Ours, WebGPU: not here')).toBeVisible();
  });

  const link = await panel.getByRole('textbox', { name: 'Link to this measurement' }).inputValue();
  const fragment = link.slice(link.indexOf('#'));
  await test.step('its files', async () => {
    const measured = readMeasurement(readFileSync(await saved(page, 'Measurement'), 'utf8'));
    expect(measured.place.browser).toMatch(/^Chromium \d+$/);
    expect(measured.contenders.map(({ state }) => state)).toEqual([
      'present',
      'present',
      'present',
      'absent',
      'absent',
      'absent',
    ]);
    const card = readFileSync(await saved(page, 'Card'));
    expect(card.readUInt32BE(16)).toBe(1200);
    expect(card.length).toBeGreaterThan(10_000);
  });

  await test.step('another’s beside one’s own', async () => {
    await page.evaluate((hash) => (location.hash = hash), HANDED_OUT);
    const compared = panel.getByRole('region', { name: 'Side by side' });
    await expect(compared.getByRole('row', { name: /^Product, 1,024³/ })).toContainText('160 GFLOP/s');
    await expect(panel.getByRole('region', { name: 'The other device', exact: true })).toContainText('wrong numbers');
    await expect(panel.getByRole('img', { name: /^How near to the peak/ })).toBeVisible();
    expect(await violations(panel)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await expectFits(page);
    await page.evaluate((hash) => (location.hash = hash), HANDED_OUT.slice(0, -9));
    await expect(panel.getByRole('alert')).toContainText('cut off or altered');
  });

  await test.step('a fresh profile', async () => {
    const fresh = await browser.newContext();
    const other = await fresh.newPage();
    await other.goto(fragment);
    const shown = panelOf(other);
    await expect(shown.getByRole('region', { name: 'The other device', exact: true })).toContainText('FLOP/s');
    await expect(shown.getByRole('textbox', { name: 'Link to this measurement' })).toHaveValue(link);
    await expect(shown.getByRole('button', { name: 'Measure, about 40 s' })).toBeVisible();
    await fresh.close();
  });
  expect(heard).toEqual([]);
});
