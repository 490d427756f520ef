/** A backbone from a hub: found, fetched with progress, kept, used after a reload without the hub, deleted; and what goes wrong on the way. */
import { mkdir, writeFile } from 'node:fs/promises';
import { test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { prepareImage } from '../../src/model/prepare-image.ts';
import { expect } from '../support/expect.ts';
import { startLocalHub, type LocalHub } from '../support/hub/local-hub.ts';
import { COMMIT, folderModel } from '../support/hub/models.ts';
import { violations } from '../support/accessibility.ts';
import { folderInput, WITHOUT_FIGURES } from '../support/page.ts';

const VIT = folderModel('tests/golden/vit', 'apache-2.0');
let hub: LocalHub;

test.beforeEach(async ({ page }) => {
  hub = await startLocalHub({ 'tester/clip': folderModel('public/backbones/emoji-clip', 'mit'), 'tester/vit': VIT });
  await page.addInitScript((address) => localStorage.setItem('copra:hub', address), hub.url);
});
test.afterEach(() => hub.close());

/** Trains for as long as it is let: what is looked at is that it trains. */
const ENDLESS = `?${WITHOUT_FIGURES}&backbone=emoji-clip-2&task=food&seeds=0&steps=90000&batch=4&test-images=20&landscape=off&shapley=off&pruning=off&domains=off`;

async function openPicker(page: Page, study = `?${WITHOUT_FIGURES}`): Promise<void> {
  await page.goto(study);
  await page.getByRole('button', { name: /^Get another backbone/ }).click();
}
async function get(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Any CLIP/ }).fill(name);
  await page.getByRole('button', { name: 'Get', exact: true }).click();
}
const section = (page: Page) => page.getByRole('region', { name: 'Backbone' });

test('fetch with progress, reload without the hub, train, delete', async ({ page }) => {
  hub.faults.speed = 1_500_000;
  await openPicker(page, ENDLESS);
  await get(page, 'tester/clip');
  await expect(page.getByText(/^fetching [\d.]+ MB of 2\.2 MB · [\d.]+ [kM]B\/s · \d+:\d\d left$/)).toBeVisible();
  await expect(section(page).getByText('tester/clip, frozen.')).toBeVisible();
  await expect(section(page).getByText(COMMIT.slice(0, 12))).toBeVisible();
  await page.getByRole('button', { name: /^Models on this device 1 model/ }).click();
  await expect(page.getByRole('list', { name: 'Models on this device' }).getByText('2.3 MB · in use')).toBeVisible();
  expect(await violations(section(page))).toEqual([]);

  await hub.close();
  await page.reload();
  // The address keeps the settings, the device the model.
  await expect(section(page).getByText('tester/clip, frozen.')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText(/^step [\d,]+ of /)).toBeVisible();
  await expect(page.getByText(/ · needs \d+\sMB of memory$/)).toBeVisible();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText('Computed here')).toBeVisible();

  await page.getByRole('button', { name: /^Models on this device/ }).click();
  await page.getByRole('button', { name: 'Delete tester/clip' }).click();
  await expect(page.getByText('of this study is not on this device')).toBeVisible();
  await expect(section(page).getByText('Choose a backbone', { exact: true })).toBeVisible();
});

test('site data are cleared while a study trains a backbone that was fetched: it goes on, and the next one says what is gone, as its section does', async ({
  page,
  context,
}) => {
  await openPicker(page, ENDLESS);
  await get(page, 'tester/clip');
  await expect(section(page).getByText('tester/clip, frozen.')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText(/^step [\d,]+ of /)).toBeVisible();
  const browser = await context.newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'all' });
  const step = await page.getByText(/^step [\d,]+ of /).innerText();
  await expect(page.getByText(/^step [\d,]+ of /)).not.toHaveText(step);
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await expect(page.getByText('of this study is not on this device')).toBeVisible();
  await expect(section(page).getByText('Choose a backbone', { exact: true })).toBeVisible();
});

test('a cancelled fetch is kept as unfinished and goes on', async ({ page }) => {
  hub.faults.speed = 600_000;
  await openPicker(page);
  await get(page, 'tester/clip');
  await expect(page.getByText(/^fetching [1-9.]+ MB of/)).toBeVisible();
  hub.faults.speed = 10_000; // it must not end before the press, however busy the machine is
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^Models on this device/ }).click();
  await expect(page.getByText(/^unfinished: [\d.]+ MB of 2\.3 MB/)).toBeVisible();
  hub.faults.speed = 0;
  await page.getByRole('button', { name: 'Continue tester/clip' }).click();
  await expect(section(page).getByText('tester/clip, frozen.')).toBeVisible();
});

/** Flips a bit in the middle of the weights that lie on the device. */
const damageWeights = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
    for await (const folder of models.values()) {
      const handle = await (folder as FileSystemDirectoryHandle).getFileHandle('model.safetensors');
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      const writer = await handle.createWritable();
      await writer.write(bytes);
      await writer.close();
    }
  });

for (const moves of [true, false])
  test(`any server: named by all its bytes, checked when a study reads it (files ${moves ? 'are moved' : 'are copied'})`, async ({
    page,
  }) => {
    hub.faults.speed = 1_500_000;
    await page.addInitScript(() => localStorage.setItem('copra:hub', 'https://hub.invalid'));
    await openPicker(page, ENDLESS);
    const started = page.waitForEvent('worker', (worker) => worker.url().includes('models.worker'));
    await get(page, `${hub.url}/tester/clip/resolve/${COMMIT}/`);
    const worker = await started;
    // Browsers that cannot move files of the private file system have them copied.
    const canMove = await worker.evaluate((keep) => {
      if (!keep) Reflect.deleteProperty(FileSystemFileHandle.prototype, 'move');
      return 'move' in FileSystemFileHandle.prototype;
    }, moves);
    expect(canMove).toBe(moves);
    await expect(section(page).getByText(/tester\/clip\/resolve\/[0-9a-f]{40}, frozen\./)).toBeVisible();
    await expect(page).toHaveURL(/%40[0-9a-f]{64}|@[0-9a-f]{64}/);
    await page.getByRole('button', { name: /^Models on this device 1 model/ }).click();
    await expect(page.getByRole('list', { name: 'Models on this device' }).getByText('2.3 MB · in use')).toBeVisible();

    if (!moves) return; // what is kept is the same file in the same place

    await page.getByRole('button', { name: /^Run/ }).first().click();
    await expect(page.getByText(/^step [\d,]+ of /)).toBeVisible();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await expect(page.getByText('Computed here')).toBeVisible();
    await damageWeights(page);
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(
      page.getByText(/on this device are not those that were fetched: model\.safetensors has another SHA-256/).first(),
    ).toBeVisible();
  });

test('a refusal says what to do and touches no running study', async ({ page }) => {
  await openPicker(page, ENDLESS);
  await page.getByRole('button', { name: /^Run/ }).first().click();
  const progress = page.getByText(/^step [\d,]+ of /);
  await expect(progress).toBeVisible();
  // It is under way while it pauses, too.
  await page.getByRole('button', { name: 'Pause' }).click();
  const resume = page.getByRole('button', { name: 'Resume' });
  await expect(resume).toBeVisible();
  for (const [faults, message] of [
    [{ status: { api: 401 } }, /asks for a sign-in \(401\)/],
    [{ status: { 'model.safetensors': 403 } }, /forbids access \(403\)/],
    [{ noCors: true }, /cannot be reached.*CORS/],
  ] as const) {
    hub.reset();
    Object.assign(hub.faults, faults);
    await get(page, 'tester/vit');
    await expect(section(page).getByRole('alert').filter({ hasText: message })).toBeVisible();
  }
  hub.reset();
  await get(page, 'tester/unknown');
  await expect(section(page).getByRole('alert')).toContainText('There is no model “tester/unknown”');
  await expect(section(page).getByText('Emoji-CLIP 2, frozen.')).toBeVisible();
  const paused = await progress.innerText();
  await resume.click();
  await expect(progress).not.toHaveText(paused);
});

test('a dropped folder is a backbone too, also at another input size', async ({ page }, info) => {
  const folder = info.outputPath('my vit');
  await mkdir(folder, { recursive: true });
  for (const name of ['config.json', 'model.safetensors']) await writeFile(`${folder}/${name}`, VIT.files[name]);
  await openPicker(page, ENDLESS);
  await section(page).locator('input[webkitdirectory]').setInputFiles(folder);
  await expect(section(page).getByText('local/my-vit, frozen.')).toBeVisible();
  await expect(section(page).getByText('none: a head is trained')).toBeVisible();
  const size = page.getByRole('textbox', { name: 'Input size' });
  await size.fill('16');
  await size.press('Enter');
  await expect(section(page).getByText('16 × 16 px, 5 tokens')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText(/^step [\d,]+ of /)).toBeVisible();
});

test('adapters of a backbone without a text tower are held against a head trained alone', async ({ page }, info) => {
  const folder = info.outputPath('vit');
  await mkdir(folder, { recursive: true });
  for (const name of ['config.json', 'model.safetensors']) await writeFile(`${folder}/${name}`, VIT.files[name]);
  await page.goto(
    '?steps=2&seeds=0-1&test-images=60&shapley-images=2&landscape-points=3&sparsities=0.5&random-masks=1',
  );
  await page.getByRole('button', { name: /^Get another backbone/ }).click();
  await section(page).locator('input[webkitdirectory]').setInputFiles(folder);
  await expect(section(page).getByText('none: a head is trained')).toBeVisible();
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText('Computed here')).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText(/Head only \d+\.\d\s%, chance 11\.1\s%; 60 test images/)).toBeVisible();
  const figure = (name: string) => page.getByRole('figure', { name });
  await expect(figure('Landscape between two seeds')).toContainText('head only');
  await expect(figure('Training')).toContainText(/with the head alone it is \d+\.\d.%/);
  // Charts far from the window are drawn again some seconds after their captions.
  for (const one of await page.getByRole('figure').all())
    await expect(one).not.toHaveText(/zero-shot|prompt/i, { useInnerText: true });

  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const link = page.getByRole('textbox', { name: 'Link to this result' });
  await expect(link).toHaveValue(/#r2\./);
  const address = await link.inputValue();
  await page.goto('about:blank');
  await page.goto(address);
  await expect(page.getByText(/Head only \d+\.\d\s%, chance 11\.1\s%; 60 test images/)).toBeVisible();
});

test('a model in another format is refused with what to do, and changes nothing', async ({ page }, info) => {
  const folder = info.outputPath('pickled');
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/config.json`, VIT.files['config.json']);
  await writeFile(`${folder}/pytorch_model.bin`, 'weights');
  await page.goto(`?${WITHOUT_FIGURES}`);
  const why =
    /it holds pytorch_model\.bin\. Weights in other formats \(\.bin, \.h5, \.onnx\) cannot be read\. Save the model again/;
  await folderInput(page).setInputFiles(folder);
  await expect(section(page).getByRole('alert').filter({ hasText: why })).toBeVisible();
  await expect(section(page).getByText('Emoji-CLIP 2, frozen.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run/ }).first()).toBeEnabled();
  await openPicker(page);
  await section(page).locator('input[webkitdirectory]').setInputFiles(folder);
  await expect(section(page).getByRole('alert').filter({ hasText: why })).toBeVisible();
});

test('images are prepared as Node prepares them, to 1/255', async ({ page }, info) => {
  const [width, height] = [97, 61];
  const sources: Uint8Array[] = [];
  for (let i = 0; i < 8; i++) {
    const pixels = new Uint8Array(width * height * 3).map(
      (_, p) => Math.imul(p + 7919 * i, 0x9e3779b1) >>> (24 + (i % 2)),
    );
    sources.push(pixels);
    const folder = info.outputPath('noise', i < 4 ? 'a' : 'b');
    await mkdir(folder, { recursive: true });
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(`${folder}/${i}.png`);
  }
  const model = info.outputPath('squeezing');
  await mkdir(model, { recursive: true });
  for (const name of ['config.json', 'model.safetensors']) await writeFile(`${model}/${name}`, VIT.files[name]);
  await openPicker(page);
  await section(page).locator('input[webkitdirectory]').setInputFiles(model);
  await expect(section(page).getByText('local/squeezing, frozen.')).toBeVisible();
  await folderInput(page).setInputFiles(info.outputPath('noise'));
  const shown = page.locator('canvas[aria-label="a, image 1"]');
  await expect(shown).toBeVisible();
  const rgba = await shown.evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d')!;
    return [canvas.width, ...context.getImageData(0, 0, canvas.width, canvas.height).data];
  });
  const [side, ...values] = rgba;
  expect(side).toBe(32);
  const rgb = values.filter((_, i) => i % 4 < 3);
  // ViT's own way: both edges to the side, bilinear.
  const geometry = {
    imageSize: 32,
    resizeTo: 32,
    keepAspect: false,
    filter: 'bilinear',
    cropRounding: 'down',
  } as const;
  const distances = sources.map((pixels) => {
    const expected = prepareImage(pixels, height, width, geometry);
    return Math.max(...rgb.map((value, i) => Math.abs(value - expected[i])));
  });
  expect(Math.min(...distances)).toBeLessThanOrEqual(1);
});
