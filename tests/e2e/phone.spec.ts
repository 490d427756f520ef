/** The page on a phone: figures that say what they found and unfold, the device's name, a lesson's part above its drawer, and the way to share. */
import { test, type Page } from '@playwright/test';
import { expect } from '../support/expect.ts';
import { allParts, drawAtOnce, layoutFaults, settled } from '../support/layout.ts';
import { engineOpened, expectFits, unfoldStudy } from '../support/page.ts';

test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });
test.beforeEach(({ page }) => page.addInitScript(() => localStorage.removeItem('copra-study')));

const windowsOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight / innerHeight);

test('figures below the first say what they found, and unfold on a press or when a finding leads to them', async ({
  page,
}) => {
  await page.goto('');
  const pruning = page.getByRole('figure', { name: 'Pruning whole layers', exact: true });
  const fold = pruning.getByRole('button', { name: /^(Show|Hide): Pruning whole layers$/ });
  await expect(pruning.locator('figcaption')).toContainText('CopRA keeps more');
  await expect(fold).toHaveText('Show');
  await expect(pruning.locator('[data-chart]')).toBeHidden();
  expect(await windowsOf(page)).toBeLessThan(12);

  await page.getByRole('button', { name: /^Switch half the layers off/ }).tap();
  await expect(fold).toHaveText('Hide');
  await expect(pruning.locator('svg[data-picture]').first()).toBeVisible();
  await expect(pruning.getByRole('heading').first()).toBeInViewport();
  await expectFits(page);
  await fold.tap();
  await expect(pruning.locator('[data-chart]')).toBeHidden();
  await expect(fold).toBeFocused();

  // Pictures are fetched once they can be seen.
  const paths = page.getByRole('figure', { name: 'Pictures between two seeds', exact: true });
  await paths.getByRole('button', { name: 'Show: Pictures between two seeds' }).tap();
  await expect(paths.locator('canvas, img').first()).toBeVisible();

  // A finger meets the explanation and the fold, also beside a title that leaves no room to spare.
  const domains = page.getByRole('figure', { name: 'The task against other domains', exact: true });
  await domains.getByRole('button', { name: /^Show: / }).tap();
  const boxes = [/^About /, /^Hide: /].map((name) => domains.getByRole('button', { name }).boundingBox());
  const [about, hide] = await Promise.all(boxes);
  expect(about!.x + about!.width).toBeLessThanOrEqual(hide!.x);
});

test('below a search that was asked for, every figure of the study is folded', async ({ page }) => {
  await page.goto('?search=plenty');
  await expect(
    page
      .getByRole('figure', { name: /^Schedule search/ })
      .getByRole('link')
      .first(),
  ).toBeAttached();
  // A study is no part of what is looked at: its button comes below it.
  const bar = page.locator('[data-phone-bar]');
  await expect(page.getByRole('figure', { name: /^Schedule search/ })).toBeInViewport();
  await expect(bar).toBeHidden();
  const pictures = page.getByRole('figure', { name: 'See it decide', exact: true });
  await expect(pictures.getByRole('button', { name: 'Show: See it decide' })).toBeVisible();
  await expect(pictures.locator('figcaption')).toBeVisible();
  await expect(pictures.getByRole('list').first()).toBeHidden();
  expect(await windowsOf(page)).toBeLessThan(15);
  await pictures.evaluate((figure) => figure.scrollIntoView());
  await expect(bar).toBeVisible();
});

test('the sheet of the study names the device', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Open the study' }).first().tap();
  await engineOpened(page);
  const sheet = page.getByRole('dialog', { name: 'Study', exact: true });
  await expect(sheet.getByText('WebAssembly SIMD', { exact: false }).first()).toBeVisible();
  await expectFits(page);
});

test('settings are reached in a window as low as a large zoom makes it', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 180 });
  await page.goto('');
  await page.getByRole('button', { name: 'Open the study' }).first().tap();
  const task = page.getByRole('dialog', { name: 'Study', exact: true }).getByRole('button', { name: /Task$/ });
  await task.scrollIntoViewIfNeeded();
  await expect(task).toBeInViewport({ ratio: 0.9 });
});

test('the tour begins with its part above the drawer', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Take the tour' }).tap();
  const part = page.locator('[data-lesson-target="pictures"][data-highlighted]');
  const drawer = page.getByRole('complementary');
  await expect
    .poll(async () => {
      const [{ y, height }, below] = [(await part.boundingBox())!, (await drawer.boundingBox())!];
      return y >= 0 && y + height <= below.y;
    })
    .toBe(true);
});

test('nothing moves while the link and its code are made', async ({ page }) => {
  await unfoldStudy(page);
  await page.goto('');
  const header = page.getByRole('banner').getByRole('button', { name: 'Share the result as a link' });
  await header.tap();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('status')).toBeVisible();
  const before = await dialog.boundingBox();

  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expect(dialog.getByText(/adapters are left out/)).toBeVisible();
  await expect(dialog.getByRole('radio', { name: /^Full detail/ })).toBeVisible();
  expect(await dialog.boundingBox()).toEqual(before);

  // The header is out of view further below: the bar has the same, in the place of what only a running study needs.
  await page.keyboard.press('Escape');
  await page.locator('#results').evaluate((heading) => heading.scrollIntoView());
  await expect(header).not.toBeInViewport();
  const bar = page.locator('[data-phone-bar]');
  await expect(bar.getByRole('button')).toHaveText([/^Run it here/, 'Share']);
  await bar.getByRole('button', { name: 'Share the result as a link' }).tap();
  await expect(dialog.getByRole('status')).toBeInViewport();
});

for (const [name, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a laptop', { width: 1366, height: 768 }],
] as const)
  test.describe(() => {
    test.use({ viewport, isMobile: true });
    test(`a finger on ${name} presses one thing at a time`, async ({ page }) => {
      await page.goto('');
      await allParts(page);
      await drawAtOnce(page);
      await settled(page);
      expect(await layoutFaults(page)).toEqual([]);
    });
  });
