/** A result link on the built page: every chart filled without computing anything, nothing refused by the security policy. */
import { readFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints } from '../support/page.ts';

const fragment = readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim();

test('opens with its charts, says where the numbers come from, and has no accessibility violation, whatever is open', async ({
  page,
}) => {
  const heard = complaints(page, ['error', 'warning', 'trace']);
  await page.goto(`#${fragment}`);
  await expect(page.getByText('From the link', { exact: true })).toBeVisible();
  await expect(page.locator('svg[data-picture]').first()).toBeVisible();
  await expect(page.getByText(/70\.8/).first()).toBeVisible();

  expect(await violations(page)).toEqual([]);
  for (const [button, opened] of [
    ['Share the result as a link', page.getByRole('dialog', { name: 'Share' })],
    [/^Preset: /, page.getByRole('menu')],
    [/^Compute device: /, page.getByRole('dialog', { name: 'Compute device' })],
    [/how to read: Landscape/, page.getByRole('dialog', { name: /how to read: Landscape/ })],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await expect(opened).toBeVisible();
    if (button === 'Share the result as a link')
      await expect(opened.getByRole('img', { name: /QR code/ })).toBeVisible();
    // What pops up lies at the end of the document and is no region of the page.
    expect(await violations(opened, { without: ['region'] })).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  }

  // Charts are drawn when they are about to be seen, and all of them for a printer.
  const undrawn = page.locator('[data-chart]:not(:has(svg[data-picture]))');
  await expect(undrawn).not.toHaveCount(0);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(undrawn).toHaveCount(0);

  // A picture stands until somebody points at it: then numbers can be read off it.
  await expect(page.locator('.js-plotly-plot')).toHaveCount(0);
  const chart = page.getByRole('img', { name: /^Landscape/ });
  await chart.hover();
  await expect(chart.locator('.main-svg').first()).toBeVisible();
  await expect(chart.locator('svg[data-picture]')).toHaveCount(0);
  await chart.hover({ position: { x: 120, y: 120 } });
  await expect(chart.locator('.hoverlayer')).toContainText('±');
  expect(heard).toEqual([]);
});
