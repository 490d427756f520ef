/** The reader's own images, from a folder to a study that is paused, stepped and stopped. */
import { mkdir, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';

/** A folder with one sub-folder of plain squares, each of its own size, per class. */
async function makeFolder(folder: string, classes: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, background] of Object.entries(classes)) {
    await mkdir(`${folder}/${name}`, { recursive: true });
    for (let i = 0; i < 8; i++) {
      const dot = Buffer.from(
        `<svg width="64" height="64"><circle cx="${20 + 3 * i}" cy="32" r="${6 + i}" fill="white"/></svg>`,
      );
      const image = sharp({ create: { width: 64, height: 64, channels: 3, background } }).composite([{ input: dot }]);
      await image.png().toFile(`${folder}/${name}/${i}.png`);
    }
  }
  return folder;
}

const chooseFolder = (page: Page, folder: string) =>
  page.locator('input[webkitdirectory]').first().setInputFiles(folder);

test('names the file that is no image and the class that is alone', async ({ page }, info) => {
  await page.goto('');
  await chooseFolder(page, await makeFolder(info.outputPath('alone'), { only: 'red' }));
  await expect(page.getByRole('alert')).toContainText('only one class');
  const folder = await makeFolder(info.outputPath('fruit'), { 'red-apples': '#c22', limes: '#2a2' });
  await writeFile(`${folder}/limes/broken.png`, 'no image');
  await chooseFolder(page, folder);
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await expect(page.getByText('broken.png')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const name = page.getByRole('textbox', { name: /Name of the class red-apples/ });
  await expect(name).toHaveValue('red apples');
  await name.fill('limes');
  await expect(page.getByText('Fewer than two classes are left')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('trains on them; pause, single step, stop', async ({ page }, info) => {
  await page.goto('');
  await chooseFolder(
    page,
    await makeFolder(info.outputPath('fruit'), { apples: '#c22', limes: '#2a2', plums: '#52c' }),
  );
  await expect(page.getByText('24 images, 3 classes')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).click();
  const progress = page.getByText(/^step [\d,]+ of /);
  await expect(progress).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.waitForTimeout(1500);
  const paused = Number((await progress.innerText()).replace(/^step ([\d,]+).*/, '$1').replaceAll(',', ''));
  await page.getByRole('button', { name: 'Single step' }).click();
  await expect(progress).toHaveText(new RegExp(`^step ${(paused + 1).toLocaleString('en-GB')} of`));
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText('what was done is kept')).toBeVisible();
  await expect(page.getByText('Computed here')).toBeVisible();
});
