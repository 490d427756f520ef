/** A result as files: the report opens without a network, a bare result opens from the picker, studies are united (path-pictures.spec.ts has the study file). */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { test, type Browser, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import decodeQr from 'qr/decode.js';
import sharp from 'sharp';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { accuracyRow, accuracyShown, drop } from '../support/page.ts';

const fragment = readFileSync('tests/golden/links/r1-default.txt', 'utf8').trim();

async function save(page: Page, name: string): Promise<string> {
  const share = page.getByRole('dialog', { name: 'Share' });
  if (!(await share.isVisible())) {
    await page.getByRole('button', { name: 'Share the result as a link' }).click();
    await share.getByRole('button', { name: /^Files/ }).click();
  }
  const download = page.waitForEvent('download');
  const button = share.getByRole('button', { name, exact: true });
  await button.click();
  const file = test.info().outputPath((await download).suggestedFilename());
  await (await download).saveAs(file);
  // Escape closes the dialog from there.
  await expect(button).toBeFocused();
  return file;
}

test('a result leaves as a card, a report and a bare result, and each says the same', async ({ page, browser }) => {
  // Cards and reports are on white, also from a dark page.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`#${fragment}`);
  const accuracy = await accuracyShown(page);
  await expect(page.locator('svg[data-picture]').first()).toBeVisible();
  const [card, report, result] = [await save(page, 'Card'), await save(page, 'Report'), await save(page, 'Result')];
  await checkReport(report, browser);
  expect(readFileSync(await save(page, 'BibTeX'), 'utf8')).toMatch(
    /@software\{copra_playground,[^]*note    = \{Study: .*seeds? each; /,
  );

  // The bare result opens from the file picker; another file says what it is not.
  const fresh = await page.context().newPage();
  await fresh.goto('');
  await expect(fresh.getByText('Saved result', { exact: true })).toBeVisible();
  await fresh.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = fresh.getByRole('dialog', { name: 'Share' });
  await share.getByRole('button', { name: /^Files/ }).click();
  const choose = async (chosen: string) => {
    const chooser = fresh.waitForEvent('filechooser');
    // By keyboard: what the page says of a file moves the dialog, and a press with the mouse that its button moves away from is none.
    await share.getByRole('button', { name: 'Open a file …' }).press('Enter');
    await (await chooser).setFiles(chosen);
  };
  await choose('package.json');
  await expect(
    fresh.getByRole('alert').getByText('package.json is no study file and no result of this page.'),
  ).toBeVisible();
  await choose(result);
  await expect(fresh.getByText('From the file', { exact: true })).toBeVisible();
  await expect(accuracyRow(fresh)).toHaveText(accuracy, { useInnerText: true });

  // The card is one picture of the size of posts, and its code leads to the study.
  const picture = sharp(card);
  expect(await picture.metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' });
  const { channels } = await picture.stats();
  expect(Math.min(...channels.slice(0, 3).map(({ mean }) => mean)), 'a light card').toBeGreaterThan(180);
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  await page.goto('about:blank');
  await page.goto(decodeQr({ width: info.width, height: info.height, data: new Uint8Array(data) }));
  await expect(accuracyRow(page)).toHaveText(accuracy, { useInnerText: true });
});

/** It opens without a network and needs no script. */
async function checkReport(file: string, browser: Browser): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const report = await context.newPage();
  const asked: string[] = [];
  const heard: string[] = [];
  report.on('request', (request) => asked.push(request.url().slice(0, 40)));
  report.on('console', (message) => heard.push(message.text()));
  await report.goto(pathToFileURL(file).href);
  await expect(report.getByRole('heading', { name: 'Landscape between two seeds' })).toBeVisible();
  expect(await report.locator('figure > svg').count()).toBeGreaterThanOrEqual(5);
  // On white: dark letters.
  const ink = await report
    .locator('figure > svg text')
    .first()
    .evaluate((text) => getComputedStyle(text).fill);
  expect(Math.max(...(ink.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)), ink).toBeLessThan(140);
  // Pictures in one document refer to parts of their own.
  const ids = [...readFileSync(file, 'utf8').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  await expect(report.getByText(/At the midpoint of the factor path LoRA keeps/)).toBeVisible();
  await expect(report.getByRole('cell', { name: '600', exact: true }).first()).toBeVisible();
  expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
  expect(heard).toEqual([]);
  await context.close();
}

test('studies of other seeds are dropped, united and completed without training', async ({ page }) => {
  const settings = (seeds: string): string =>
    `?task=food&steps=1&batch=4&test-images=40&shapley=off&pruning=off&landscape-points=3&landscape-paths=factor&rank=1&towers=vision&projections=q&merging=0.5:1&seeds=${seeds}`;
  const files: string[] = [];
  for (const seeds of ['0,1', '2']) {
    await page.goto(settings(seeds));
    await page.getByRole('button', { name: /^Run/ }).first().click();
    await expect(page.getByText('Computed here')).toBeVisible();
    const saved = await save(page, 'Study file');
    files.push(test.info().outputPath(`seeds-${seeds}.zip`));
    copyFileSync(saved, files.at(-1)!);
    await page.getByRole('dialog', { name: 'Share' }).press('Escape');
    await expect(page.getByRole('dialog', { name: 'Share' })).toHaveCount(0);
  }
  // The study of seed 2 is on the page, computed here: the other file is offered to it.
  await drop(page, files[0]);
  const offer = page.getByRole('status').filter({ hasText: 'has the settings of the study shown here and seeds 0, 1' });
  await offer.getByRole('button', { name: 'Unite: seeds 0–2' }).click();
  await expect(page.getByText('United', { exact: true })).toBeVisible();
  await expect(page.getByText(/×\s3\sseeds\s×/)).toBeVisible();
  const landscape = page.getByRole('figure', { name: 'Landscape between two seeds' });
  await expect(landscape.locator('figcaption')).toContainText('1 seed pair each');
  const missing = page.getByText(/Not known of the united study: the landscape between 4 pairs of seeds/);
  await expect(missing).toContainText('merges of all seeds');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Compute what is missing' }).click();
  await expect(landscape.locator('figcaption')).toContainText('3 seed pairs each');
  await expect(missing).toHaveCount(0);
  await expect(page.getByRole('figure', { name: 'Merging all seeds' }).locator('figcaption')).toHaveText(/\d/);
  const accuracy = await accuracyShown(page);

  // Both files at once are a class, which becomes the same study.
  await page.goto('');
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await drop(page, files[1], files[0]);
  // One of them alone comes with its adapters.
  await page.getByRole('button', { name: 'Show seeds-0,1' }).click();
  await page.getByRole('button', { name: 'Start from this' }).click();
  await expect(page.getByText('Nothing of it is repeated.')).toBeVisible();
  await page.getByRole('button', { name: 'Unite with the study shown: seeds 0–2' }).click();
  await expect(page.getByRole('figure', { name: 'Class results' })).toHaveCount(0);
  await expect(accuracyRow(page)).toHaveText(accuracy, { useInnerText: true });

  // A study of other settings takes the place, and it is said in what they differ.
  const other = { ...unzipSync(readFileSync(files[0])) };
  const result = JSON.parse(new TextDecoder().decode(other['result.json'])) as { config: { shots: number | null } };
  result.config.shots = 3;
  const path = test.info().outputPath('other.json');
  writeFileSync(path, JSON.stringify(result));
  await drop(page, path);
  await expect(page.getByText(/other\.json took the place .*Their settings differ/)).toBeVisible();
  // The united study is nowhere else, so it comes back.
  await expect(page.getByText('From the file', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Back to my own result' }).click();
  await expect(page.getByText('United', { exact: true })).toBeVisible();
  await expect(accuracyRow(page)).toHaveText(accuracy, { useInnerText: true });
});
