/** A file of a figure is of the result that the page has when it is saved, also while the figure is still drawn for it. */
import { readFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';

const SAVE = 'Table of results: download CSV';

async function textSaved(page: Page, press: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFile(await download.path(), 'utf8');
}

test('a table that is saved in the moment in which a result arrives is of that result', async ({ page }) => {
  await page.goto('./');
  const button = page.getByRole('button', { name: SAVE });
  const results = page.getByRole('region', { name: 'Results', exact: true });
  const settled = (): Promise<void> => expect(results).not.toHaveAttribute('aria-busy');
  await expect(button).toBeEnabled();
  await settled();
  const before = await textSaved(page, () => button.click());
  // Figures lag behind when results are marked busy: an observer is told before they are drawn.
  await results.evaluate((section, name) => {
    const press = (): void => {
      observer.disconnect();
      document.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.click();
    };
    const observer = new MutationObserver(press);
    observer.observe(section, { attributeFilter: ['aria-busy'] });
  }, SAVE);
  const atOnce = await textSaved(page, async () => {
    await page.getByRole('button', { name: /^Preset: / }).click();
    await page.getByRole('menuitem', { name: 'Plenty of data', exact: true }).click();
  });
  await settled();
  const after = await textSaved(page, () => button.click());
  expect(after).not.toBe(before);
  expect(atOnce).toBe(after);
});
