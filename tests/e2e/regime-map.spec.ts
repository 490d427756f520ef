/** A map on the page: its figure from a saved result, the way from a cell to its study, and its cells run one after the other. */
import { test, type Page } from '@playwright/test';
import { mapResultFixture } from '../fixtures/map-result.ts';
import { expect } from '../support/expect.ts';
import { complaints, expectFits, savedBytes, saveNow } from '../support/page.ts';

/** Serves a saved result, in place of the one that comes with the page. */
const serveMap = (page: Page): Promise<unknown> =>
  page.route('**/showcase/regime-map.json', (route) => route.fulfill({ json: mapResultFixture() }));

/** Keeps a cell as another tab does that computed it. */
const keepCell = (page: Page, index: number): Promise<void> =>
  page.evaluate(
    async ([name, text]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('maps', { create: true });
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    },
    [
      `regime-map-${index}.json`,
      JSON.stringify({ ...mapResultFixture(), cells: [mapResultFixture().cells[index]] }),
    ] as const,
  );

const figure = (page: Page) => page.getByRole('figure', { name: 'Regime map' });
const cells = (page: Page) =>
  figure(page).getByRole('group', { name: 'Cells; each takes over its settings' }).getByRole('link');

test('the presets open a map: cells lead to their studies, any measure is shown and taken along, it fits a phone and runs', async ({
  page,
}) => {
  const heard = complaints(page);
  await serveMap(page);
  await page.goto('');
  await page.getByRole('button', { name: /^Preset/ }).click();
  await page.getByRole('menuitem', { name: 'Regime map' }).click();
  await expect(page).toHaveURL(/\?map=regime-map/);
  await expect(cells(page)).toHaveCount(16);
  await expect(figure(page)).toContainText(/CopRA is better than LoRA in \d+ of 16 cells, worse in \d+/);
  await expect(figure(page)).toContainText('16 of 16 cells');

  const one = figure(page).getByRole('link', { name: /^learning rate 0\.01, training images per class 16: [+−]/ });
  await expect(one).toHaveAttribute('href', /shots=16.*lr=0\.01/);
  await one.click();
  await expect(one).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/map=regime-map&.*shots=16.*lr=0\.01/);
  await expect(page.getByText('The settings under Study are those of the marked cell.')).toBeVisible();

  await page.keyboard.press('ArrowUp');
  const above = figure(page).getByRole('link', { name: /^learning rate 0\.01, training images per class 64/ });
  await expect(above).toBeFocused();
  const loaded = await page.evaluate(() => performance.timeOrigin);
  await page.keyboard.press('Enter');
  await expect(above).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/shots=64/);
  // It is chosen on this page; the link is not followed.
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);

  await page.reload();
  await expect(above).toHaveAttribute('aria-current', 'true');

  await figure(page)
    .getByRole('button', { name: /Map: measure/ })
    .click();
  await page.getByRole('option', { name: 'barrier in accuracy, factor path' }).click();
  await expect(figure(page)).toContainText(/Barrier in accuracy, factor path: CopRA is better/);
  await figure(page)
    .getByRole('button', { name: /^Data table/ })
    .click();
  await expect(figure(page).getByRole('row')).toHaveCount(17);
  const download = page.waitForEvent('download');
  await figure(page).getByRole('button', { name: 'Regime map: download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('copra-regime-map.csv');

  await page.setViewportSize({ width: 360, height: 780 });
  await expect(cells(page)).toHaveCount(16);
  await expectFits(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  // Its cells run one after the other as the study of the page, until they are stopped.
  await page.getByRole('button', { name: 'Run 16 cells here' }).click();
  await expect(page.getByText('0 cells of 16 done here.')).toBeVisible();
  await expect(cells(page).first()).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/shots=8.*lr=0\.001/);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await saveNow(page);
  // A reload interrupts the map, not a study of its own.
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  const interrupted = page.getByText(/The map “Regime map” was interrupted in a cell that is at step /);
  await expect(interrupted).toBeVisible();
  await expect(page.getByRole('button', { name: /^Resume/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the map' }).click();
  await page.getByRole('button', { name: 'Go on with the map' }).click();
  await expect(page.getByText('0 cells of 16 done here.')).toBeVisible();
  await expect(page.getByText(/^step [1-9][\d,]* of 600$/)).toBeVisible();
  await expect(interrupted).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop now' }).click();
  await expect(page.getByRole('button', { name: 'Go on: 16 cells left' })).toBeEnabled();
  // It goes on with the map, and not as a study.
  await expect(interrupted).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run/ }).last()).toBeEnabled();
  await expect(page.getByRole('button', { name: /^Resume/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Forget the cells computed here' }).click();
  await expect(page.getByRole('button', { name: 'Run 16 cells here' })).toBeEnabled();
  await expect.poll(() => savedBytes(page)).toBe(0);
  // Meanwhile another tab has computed the first.
  await keepCell(page, 0);
  await page.getByRole('button', { name: 'Run 16 cells here' }).click();
  await expect(page.getByText('1 cell of 16 done here.')).toBeVisible();
  await expect(cells(page).nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/shots=8&(?!.*\blr=)/);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await keepCell(page, 2);
  await page.getByRole('button', { name: 'Stop now, keep 1 cell' }).click();
  await expect(page.getByRole('button', { name: 'Go on: 15 cells left' })).toBeEnabled();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Go on: 14 cells left' })).toBeEnabled();
  await page.getByRole('button', { name: 'Close the map' }).click();
  await expect(figure(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/map=/);
  expect(heard).toEqual([]);
});

test('a map that was asked for is in view, though the settings stand above it', async ({ page }) => {
  await serveMap(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('?map=regime-map');
  await expect(cells(page)).toHaveCount(16);
  await expect(figure(page).getByRole('heading', { name: 'Regime map' })).toBeInViewport();

  // One that is there already may be scrolled away; then one that is not there yet.
  await page.setViewportSize({ width: 1024, height: 768 });
  const choose = async (): Promise<void> => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole('button', { name: /^Preset/ }).click();
    await page.getByRole('menuitem', { name: 'Regime map' }).click();
    await expect(figure(page).getByRole('heading', { name: 'Regime map' })).toBeInViewport();
  };
  await choose();
  await page.getByRole('button', { name: 'Close the map' }).click();
  await choose();
});

test('speaks German, its name too', async ({ page }) => {
  await serveMap(page);
  await page.goto('?map=regime-map&lang=de');
  await expect(page.getByRole('figure', { name: 'Karte der Bedingungen' })).toBeVisible();
});
