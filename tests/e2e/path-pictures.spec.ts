/** Test pictures along λ, when layers are switched off, and the layers of one picture: of a saved result, of a study that runs here, and of own images. */
import { readFileSync } from 'node:fs';
import { test, type Locator, type Page } from '@playwright/test';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import { configToQuery } from '../../src/share/config/config-query.ts';
import { HALFWAY_MEASURES } from '../../src/study/result/measures/halfway.ts';
import { savedResult } from '../../src/study/result/saved-result.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { withPathAnswers } from '../fixtures/path-answers.ts';
import { withPredictions } from '../fixtures/predictions.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { accuracyRow, accuracyShown, complaints, drop, engineOpened, expectFits, filesInput } from '../support/page.ts';

const FILE = 'few-shots.json';
const saved = JSON.parse(readFileSync(`public/showcase/${FILE}`, 'utf8')) as StudyResult;
const { kept, ...task } = saved.task;
const whole = withPathAnswers({ ...withPredictions({ ...saved, task }, task.test), config: saved.config });
const small = savedResult(whole, HALFWAY_MEASURES);

/** The saved result has these answers, whatever it holds. */
const withSaved = async (page: Page, result: StudyResult): Promise<void> => {
  await page.route(`**/showcase/${FILE}`, (route) => route.fulfill({ json: result }));
};

const path = (page: Page) => page.getByRole('figure', { name: 'Pictures between two seeds', exact: true });
const tiles = (figure: Locator) => figure.getByRole('group', { name: /^Pictures along the path/ }).getByRole('button');
/** What is said of λ; the slider has an output of its own. */
const said = (figure: Locator) => figure.locator('p', { hasText: /^λ = / }).first();
/** What screen readers are told of it. */
const told = (figure: Locator) => figure.locator('p[role=status]');
const marks = (figure: Locator) =>
  tiles(figure).evaluateAll((all) => all.map((tile) => tile.getAttribute('aria-label')));

test('pictures turn while λ moves: by keyboard, by the marker, and by playing', async ({ page }) => {
  expect(kept).toBeDefined();
  const heard = complaints(page);
  await withSaved(page, whole);
  await page.goto('');
  const figure = path(page);
  await figure.scrollIntoViewIfNeeded();
  await expect(tiles(figure)).toHaveCount(48);
  await expect(tiles(figure).first().locator('canvas')).toBeVisible();
  await expect(figure.locator('figcaption').first()).toHaveText(
    /LoRA loses .*\spoints (above|below) LoRA \(95.% interval/,
  );
  const before = await marks(figure);
  await expect(told(figure)).toBeEmpty();
  await figure.getByRole('slider').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(said(figure)).toContainText('λ = 0.5: LoRA gets');
  await expect(told(figure)).toContainText('λ = 0.5: LoRA gets');
  expect(await marks(figure)).not.toEqual(before);

  const marker = figure.locator('[aria-hidden="true"] > span[style*="left"]');
  // The line ends where the vertical axis does, which may have a label there: at λ = 0 the handle would cover it.
  const [handle, label] = await marker.evaluate((line) => {
    const { top, height } = getComputedStyle(line, '::after');
    const text = line.closest('figure')!.querySelector('svg text')!.getBoundingClientRect();
    return [line.getBoundingClientRect().height - parseFloat(top) - parseFloat(height), text.height / 2];
  });
  expect(handle).toBeGreaterThan(label);
  const box = (await marker.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 2000, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(said(figure)).toContainText('λ = 1:');
  await told(figure).evaluate((line) => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const note = () => line.textContent && spoken.push(line.textContent);
    new MutationObserver(note).observe(line, { childList: true, characterData: true, subtree: true });
  });
  await figure.getByRole('button', { name: /^Play/ }).click();
  // It starts again from the first seed, and a busy machine may see only some of its points.
  await expect(said(figure)).toContainText(/λ = 0(\.\d+)?:/);
  await expect(said(figure)).toContainText('λ = 1:');
  await expect(figure.getByRole('button', { name: /^Play/ })).toBeVisible();
  // Only where it ends is spoken.
  const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  expect(spoken).toEqual([expect.stringMatching(/^λ = 1:/)]);

  await figure.getByRole('button', { name: /Pictures along: pair$/ }).click();
  await page.getByRole('option', { name: 'Seeds 0 and 1', exact: true }).click();
  for (const name of await marks(figure)) expect(name).toMatch(/: (right|wrong)$/);
  await tiles(figure).first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    figure.getByRole('region', { name: 'Lost at the midpoint' }).getByRole('button').first(),
  ).toHaveAccessibleName(/wrong half-way$/);
  await figure.getByRole('button', { name: 'Accuracy of every class along the path' }).click();
  await expect(figure.getByRole('figure', { name: 'Accuracy of every class along the path' })).toBeVisible();
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    await expectFits(page);
  }
  expect(await violations(figure)).toEqual([]);
  expect(heard).toEqual([]);
});

test('a study that runs here has its pictures: decided, along λ, for any layers, with layers for each; and it answers for one', async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(
    '?task=food&steps=4&batch=4&seeds=0,1&test-images=30&shapley-images=20&domains=off&landscape-points=3&landscape-paths=factor&sparsities=0.5&rank=1&towers=text',
  );
  await page.getByRole('button', { name: 'Run with changes' }).click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 200_000 });
  const decided = page.getByRole('figure', { name: 'See it decide', exact: true }).locator('figcaption');
  await expect(decided).toHaveText(/Of 30 test pictures, LoRA alone gets \d+ wrong/);
  await expect(decided).toHaveText(/half-way between at least one pair of seeds.*every other layer off/);
  await path(page).scrollIntoViewIfNeeded();
  await expect(path(page).locator('figcaption').first()).toHaveText(/30 test images/);
  const hand = page.getByRole('region', { name: 'Prune by hand' });
  await hand.scrollIntoViewIfNeeded();
  await hand.getByRole('button', { name: 'Layer 2', exact: true }).click();
  await expect(hand).toContainText('20 of 30 test pictures');
  await hand.getByRole('button', { name: 'Layer 1', exact: true }).click();
  await hand.getByRole('button', { name: 'Layer 3', exact: true }).click();
  await expect(hand).toContainText('30 test pictures.');
  await tiles(path(page)).first().click();
  const layers = page.getByRole('dialog').getByRole('region', { name: 'Layers that help with it' });
  await expect(layers).toContainText(/Which layers help with this picture/);
  await page.keyboard.press('Escape');

  const own = page.getByRole('region', { name: 'Try your own', exact: true });
  await own.scrollIntoViewIfNeeded(); // Test pictures are drawn when they are about to be seen.
  await own.getByRole('button', { name: 'A test picture' }).click();
  await expect(own.getByRole('group', { name: 'LoRA says', exact: true }).getByRole('paragraph').first()).toHaveText(
    /^(right|wrong).+\d+.%$/,
  );
  await expect(own).toContainText(/Test picture \d+: /);
  await own.getByRole('button', { name: 'Another test picture' }).click();
  await expect(own).toContainText('Test picture 2: ');
  expect(heard).toEqual([]);
});

async function saveStudy(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByRole('button', { name: /^Files/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    share.getByRole('button', { name: 'Study file', exact: true }).click(),
  ]);
  await download.saveAs(file);
  await share.press('Escape');
  await expect(share).toHaveCount(0);
}

test('a study of own images goes into a file with its adapters and comes back, pictures and all', async ({
  page,
}, info) => {
  const heard = complaints(page);
  const files: Record<string, Uint8Array> = {};
  for (const [name, background] of Object.entries({ limes: '#2a2', plums: '#52c' }))
    for (let i = 0; i < 12; i++) {
      const dot = Buffer.from(
        `<svg width="64" height="64"><circle cx="${16 + 3 * i}" cy="${20 + 2 * i}" r="${5 + i}" fill="white"/></svg>`,
      );
      const square = sharp({ create: { width: 64, height: 64, channels: 3, background } });
      files[`fruit/${name}/${i}.png`] = await square
        .composite([{ input: dot }])
        .png()
        .toBuffer();
    }
  await page.goto(
    '?steps=4&batch=4&seeds=0,1&validate-every=4&shapley-images=4&domains=off&landscape-points=3&landscape-paths=factor&sparsities=0.5&rank=1&towers=text',
  );
  await engineOpened(page);
  await filesInput(page).setInputFiles({
    name: 'fruit.zip',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(zipSync(files)),
  });
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 200_000 });
  const figure = path(page);
  await figure.scrollIntoViewIfNeeded();
  await expect(tiles(figure).first().locator('canvas')).toBeVisible();
  const names = await marks(figure);
  const accuracy = await accuracyShown(page);
  const file = info.outputPath('own.study.zip');
  await saveStudy(page, file);
  const entries = unzipSync(readFileSync(file));
  const adapters = ['lora-0', 'lora-1', 'copra-0', 'copra-1'].map((name) => `adapters/${name}.safetensors`);
  expect(Object.keys(entries).slice(0, 3)).toEqual(['copra-study.json', 'config.json', 'result.json']);
  expect(new Set(Object.keys(entries).filter((name) => name.startsWith('adapters/')))).toEqual(new Set(adapters));
  expect(Object.keys(entries).filter((name) => name.startsWith('thumbnails/'))).toHaveLength(2);

  await page.goto('');
  await expect(page.getByRole('figure', { name: 'See it decide', exact: true })).toBeVisible();
  await drop(page, file);
  await expect(page.getByText('From the file', { exact: true })).toBeVisible();
  await expect(accuracyRow(page)).toHaveText(accuracy, { useInnerText: true });
  await expect(page.getByText('fruit').first()).toBeVisible();
  await figure.scrollIntoViewIfNeeded();
  await expect.poll(() => marks(figure)).toEqual(names);
  await expect(tiles(figure).first().locator('canvas')).toBeVisible();
  // Saved again it is the same study with the same adapters.
  await saveStudy(page, file);
  const again = unzipSync(readFileSync(file));
  const resultIn = (files: typeof entries): unknown => JSON.parse(strFromU8(files['result.json']));
  expect(resultIn(again)).toEqual(resultIn(entries));
  for (const name of adapters) expect(Buffer.from(again[name]).equals(Buffer.from(entries[name])), name).toBe(true);
  expect(heard).toEqual([]);
});

test('frames show pictures, confusions, and pictures along λ', async ({ page }) => {
  const heard = complaints(page);
  await withSaved(page, small);
  await page.goto(`?embed=pictures,confusion,path-pictures&${configToQuery(saved.config)}`);
  const decide = page.getByRole('figure', { name: 'See it decide', exact: true });
  await expect(decide.getByRole('group', { name: /^Test pictures/ }).getByRole('button')).toHaveCount(12);
  await expect(page.getByRole('figure', { name: 'Accuracy of every class' })).toBeVisible();
  await expect(tiles(path(page))).toHaveCount(48);
  await path(page).getByRole('slider').focus();
  await page.keyboard.press('End');
  await expect(said(path(page))).toContainText('λ = 1:');
  expect(await violations(page)).toEqual([]);
  expect(heard).toEqual([]);
});
