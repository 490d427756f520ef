/** Words of captions and headings explain themselves: pointed at, focused, tapped; and all of them in one list. */
import { test, type Page } from '@playwright/test';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { moreRead, moveOnto } from '../support/page.ts';

const wordOf = (page: Page, figure: string, name: string) =>
  page.getByRole('figure', { name: figure }).getByRole('button', { name, exact: true });
const explanation = (page: Page) => page.getByRole('tooltip');

test.beforeEach(async ({ page }) => {
  await page.goto('');
  await expect(wordOf(page, 'Landscape between two seeds', 'seeds')).toBeVisible();
});

test('a word is marked once in a figure, explained for as long as asked, and all words are in one list', async ({
  page,
}) => {
  await expect(
    page.getByRole('figure', { name: 'Landscape between two seeds' }).locator('[data-term="seed"]'),
  ).toHaveCount(1);
  // Under the pointer, then with the keyboard.
  await moreRead(page, 'Landscape between two seeds').click();
  const word = wordOf(page, 'Landscape between two seeds', 'factor path');
  await word.hover();
  await expect(explanation(page)).toContainText('Factor path. From one adapter to another by blending A with A');
  await moveOnto(page, explanation(page));
  await expect(explanation(page)).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(explanation(page)).toBeHidden();
  await word.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(word).toBeFocused();
  await expect(explanation(page)).toBeVisible();
  await expect(word).toHaveAccessibleDescription(/^Factor path\. /);
  await page.keyboard.press('Escape');
  await expect(explanation(page)).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(explanation(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(explanation(page)).toBeHidden();

  await page.getByRole('button', { name: 'words of this page' }).click();
  const list = page.getByRole('dialog', { name: 'Words of this page' });
  await expect(list.getByText('Coalition', { exact: true })).toBeVisible();
  expect(await violations(list)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });
  test('a word is tapped', async ({ page }) => {
    await page.getByRole('button', { name: 'Show: Pruning whole layers' }).tap();
    await moreRead(page, 'Pruning whole layers').tap();
    await wordOf(page, 'Pruning whole layers', 'gain').tap();
    await expect(explanation(page)).toContainText('Gain kept.');
    await page
      .getByRole('figure', { name: 'Pruning whole layers' })
      .getByRole('heading', { name: /^Pruning whole layers/ })
      .tap({ position: { x: 4, y: 4 } });
    await expect(explanation(page)).toBeHidden();
  });
});
