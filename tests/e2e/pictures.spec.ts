/** The test pictures of a saved result (path-pictures.spec.ts has those of a study that is run here): filters, keyboard, a picture opened large, and the confusions that lead to pictures. */
import { readFileSync, writeFileSync } from 'node:fs';
import { test, type Page } from '@playwright/test';
import { shownClasses } from '../../src/data/bundled/shown-classes.ts';
import { withChosenPictures } from '../../src/study/predictions/chosen-pictures.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { withPredictions } from '../fixtures/predictions.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { complaints, drop, engineOpened } from '../support/page.ts';

const FILE = 'few-shots.json';
const saved = JSON.parse(readFileSync(`public/showcase/${FILE}`, 'utf8')) as StudyResult;
const known = withPredictions(saved, saved.task.test);
const chosen = withChosenPictures({ ...known, config: saved.config });

/** The saved result keeps these predictions, whatever it holds. */
const withSaved = async (page: Page): Promise<void> => {
  await page.route(`**/showcase/${FILE}`, (route) => route.fulfill({ json: chosen }));
};

const pictures = (page: Page) => page.getByRole('figure', { name: 'See it decide', exact: true });
const tiles = (page: Page) =>
  pictures(page)
    .getByRole('group', { name: /^Test pictures/ })
    .getByRole('button');
const choose = async (page: Page, what: string, option: string): Promise<void> => {
  await pictures(page)
    .getByRole('button', { name: new RegExp(`${what}$`) })
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

test('the pictures of a saved result are filtered, paged through and opened', async ({ page }, info) => {
  const heard = complaints(page);
  await withSaved(page);
  await page.goto('');
  await expect(tiles(page)).toHaveCount(12);
  await expect(tiles(page).first()).toHaveAccessibleName(
    /^Picture \d+, .+\. Backbone: (right|wrong), \d+.%\. LoRA: .+ seeds right/,
  );
  await expect(tiles(page).first().locator('canvas')).toBeVisible();
  await expect(pictures(page).getByRole('status')).toContainText('1–12 of 48 pictures');
  await pictures(page).getByRole('button', { name: 'Further pictures' }).click();
  await expect(pictures(page).getByRole('status')).toContainText('13–24 of 48');

  // At the last page the keyboard stays on the button.
  const further = pictures(page).getByRole('button', { name: 'Further pictures' });
  for (let page_ = 0; page_ < 3; page_++) await further.press('Enter');
  await expect(pictures(page).getByRole('status')).toContainText('37–48 of 48');
  await expect(further).toHaveAttribute('aria-disabled', 'true');
  await expect(further).toBeFocused();

  await choose(page, 'Pictures shown', 'Wrong in every arm');
  await expect(pictures(page).getByRole('status')).toContainText(/^1–\d+ of \d+ pictures/);
  for (const name of await tiles(page).evaluateAll((all) => all.map((tile) => tile.getAttribute('aria-label') ?? '')))
    expect(name).toMatch(/LoRA: wrong.*CopRA: wrong/);

  await tiles(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(tiles(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('2 of ');
  await expect(dialog.getByRole('heading', { name: 'CopRA' })).toBeVisible();
  // No button is marked: nobody has gone to one.
  await expect(dialog.getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText('3 of ');
  await expect(dialog.getByRole('status')).toHaveText(/^3 of \d+\. Picture \d+, .+\. LoRA: .+\. CopRA: .+ seeds right/);
  await dialog
    .getByRole('button', { name: /^Half-way between seeds/ })
    .first()
    .click();
  await expect(dialog.getByText('seeds 0, 1', { exact: true })).toBeVisible();
  expect(await violations(dialog)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(heard).toEqual([]);

  // A result of another task whose artwork cannot be fetched: neither pictures nor classes of the task before are its own.
  await choose(page, 'True class', shownClasses(saved)[1]);
  await page.route('**/atlas/**', (route) => route.abort());
  const other = info.outputPath('other.json');
  const { kept, ...task } = saved.task;
  expect(kept).toBeDefined();
  const classes = task.classes.map((name) => `Other ${name}`);
  const whole = withPredictions({ ...saved, task: { ...task, classes } }, task.test);
  writeFileSync(other, JSON.stringify({ ...whole, config: { ...saved.config, task: 'food' } }));
  await engineOpened(page);
  await drop(page, other);
  await expect(page.getByText('From the file', { exact: true })).toBeVisible();
  await expect(tiles(page).first()).toHaveAccessibleName(/^Picture \d+, Other /);
  await expect(tiles(page).first().locator('canvas')).toHaveCount(0);
  await expect(pictures(page).getByRole('button', { name: /Any class.*True class/ })).toBeVisible();
});
