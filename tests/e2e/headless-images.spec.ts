/** Own images without a browser are those of the page: the same pixels, plan, split and, to the image, answers. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { test, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import sharp, { type Sharp } from 'sharp';
import { dataChoices } from '../../scripts/data/data-options.ts';
import { buildData, planData } from '../../scripts/data/own-images.ts';
import { squareGeometry } from '../../src/model/image-geometry.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { expect } from '../support/expect.ts';
import { drop, folderInput, WITHOUT_FIGURES } from '../support/page.ts';

const run = promisify(execFile);

/** The backbone's input, in pixels. */
const SIDE = 32;

/** Gradients, edges and a round thing: something for every step of a decoder. */
const svg = (i: number, colour: string, alpha = 1) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${90 + i}" height="70"><defs><linearGradient id="g"><stop stop-color="${colour}"/><stop offset="1" stop-color="#fd6"/></linearGradient></defs><rect width="200" height="70" fill="url(#g)" opacity="${alpha}"/><circle cx="${20 + 5 * i}" cy="${50 - 3 * i}" r="${6 + i}" fill="#12a"/></svg>`;
const drawn = (i: number, colour: string, alpha = 1): Sharp => sharp(Buffer.from(svg(i, colour, alpha)));
const flat = (i: number, colour: string): Sharp => drawn(i, colour).flatten({ background: 'white' });

/** An uncompressed bitmap of 24 bits a pixel. */
async function bitmap(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const rowBytes = Math.ceil((info.width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowBytes * info.height);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  [54, 40, info.width, info.height].forEach((value, i) => bytes.writeUInt32LE(value, 10 + 4 * i));
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width * 3; x++) {
      const from = (info.height - 1 - y) * info.width * 3 + x - (x % 3) + (2 - (x % 3));
      bytes[54 + y * rowBytes + x] = data[from];
    }
  return bytes;
}

/** 8-bit sRGB in every format that is read. */
async function plainKinds(colour: string): Promise<Record<string, Buffer>> {
  return {
    'alpha.png': await drawn(11, colour, 0.4).png().toBuffer(),
    'avif.avif': await flat(3, colour).avif({ lossless: true }).toBuffer(),
    'bmp.bmp': await bitmap(flat(5, colour).removeAlpha()),
    'gif.gif': await flat(4, colour).gif().toBuffer(),
    'grey.png': await flat(8, colour).greyscale().png().toBuffer(),
    'jpeg-420.jpg': await flat(1, colour).jpeg({ quality: 80 }).toBuffer(),
    'jpeg-444.jpg': await flat(2, colour).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
    'palette.png': await flat(6, colour).png({ palette: true }).toBuffer(),
    'png.png': await flat(0, colour).png().toBuffer(),
    'progressive.jpg': await flat(7, colour).jpeg({ progressive: true }).toBuffer(),
    'rotated.jpg': await flat(10, colour).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    'webp.webp': await flat(9, colour).webp({ lossless: true }).toBuffer(),
    'webp-lossy.webp': await flat(12, colour).webp().toBuffer(),
  };
}

async function makeFolder(folder: string, kinds: (colour: string) => Promise<Record<string, Buffer>>): Promise<string> {
  for (const colour of ['crimson', 'sea_green']) {
    await mkdir(`${folder}/${colour}`, { recursive: true });
    for (const [name, bytes] of Object.entries(await kinds(colour.replace('_', ''))))
      await writeFile(`${folder}/${colour}/${name}`, bytes);
  }
  return folder;
}

interface Kept {
  readonly pixels: readonly number[];
  /** Path, class, side, number of the group of look-alikes. */
  readonly images: readonly (readonly [string, number, string | null, number])[];
}

/** Keeps the images on this device, and reads what was kept. */
async function keptByPage(page: Page, folder: string): Promise<Kept> {
  await page.goto(`?${WITHOUT_FIGURES}`);
  await folderInput(page).setInputFiles(folder);
  // Decoding comes first: minutes for pictures of 16 megapixels on a busy machine.
  await page.getByRole('button', { name: 'Keep on this device' }).click({ timeout: 200_000 });
  await expect(page.getByText(/^Kept on this device/)).toBeVisible();
  return page.evaluate(async () => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('datasets');
    const read = async (handle: FileSystemDirectoryHandle, name: string) =>
      (await (await handle.getFileHandle(name)).getFile()).arrayBuffer();
    for await (const handle of root.values()) {
      if (handle.kind !== 'directory') continue;
      const contents = JSON.parse(new TextDecoder().decode(await read(handle, 'contents.json'))) as Pick<
        Kept,
        'images'
      >;
      return { pixels: [...new Uint8Array(await read(handle, 'images.rgb'))], images: contents.images };
    }
    throw new Error('nothing was kept');
  });
}

/** The same images without a browser. */
async function headless(folder: string) {
  const choices = dataChoices({ data: [folder], rename: [], 'leave-out': [] });
  const planned = await planData(choices!);
  return { planned, dataset: await buildData(planned, squareGeometry(SIDE)) };
}

/** Of every image, by the end of its path: the largest difference of a value. */
function differences(kept: Kept, pixels: Uint8Array): Record<string, number> {
  const stride = SIDE * SIDE * 3;
  return Object.fromEntries(
    kept.images.map(([path], i) => {
      let most = 0;
      for (let k = i * stride; k < (i + 1) * stride; k++) most = Math.max(most, Math.abs(kept.pixels[k] - pixels[k]));
      return [path.split('/').slice(-2).join('/'), most];
    }),
  );
}

/** What a browser and Node may turn into 8-bit sRGB in their own ways. */
async function otherKinds(colour: string): Promise<Record<string, Buffer>> {
  const wide = flat(3, colour).resize(4100, 4000, { fit: 'fill' });
  return {
    'cmyk.jpg': await flat(0, colour).toColourspace('cmyk').jpeg().toBuffer(),
    'cmyk-of-a-profile.jpg': await flat(5, colour).withIccProfile('cmyk').jpeg().toBuffer(),
    'deep.png': await flat(1, colour).toColourspace('rgb16').png().toBuffer(),
    'large.jpg': await wide.jpeg({ quality: 60 }).toBuffer(),
    'p3.png': await flat(2, colour).withIccProfile('p3').png().toBuffer(),
    'svg.svg': Buffer.from(svg(4, colour)),
  };
}

test('other images are read too; where inks of a profile and drawings differ, they look alike', async ({
  page,
}, info) => {
  const folder = await makeFolder(info.outputPath('others'), otherKinds);
  const kept = await keptByPage(page, folder);
  const { dataset } = await headless(folder);
  expect(dataset.labels.length).toBe(kept.images.length);
  const different = Object.entries(differences(kept, dataset.pixels));
  const ofKind = (name: RegExp) => different.filter(([path]) => name.test(path)).map(([, most]) => most);
  expect(Math.max(...ofKind(/deep|large|p3/))).toBeLessThanOrEqual(1);
  expect(Math.max(...ofKind(/cmyk\.jpg/))).toBeLessThanOrEqual(2);
  expect(Math.max(...ofKind(/cmyk-of-a-profile/))).toBeLessThan(64);
  const mean = kept.pixels.reduce((sum, value, i) => sum + Math.abs(value - dataset.pixels[i]), 0) / kept.pixels.length;
  expect(mean).toBeLessThan(4);
});

test('8-bit sRGB images of every format are those of the page within 1 of 255; a damaged one is left out on both sides, one that was cut off is used', async ({
  page,
}, info) => {
  const folder = await makeFolder(info.outputPath('damaged'), async (colour) => {
    const whole = await flat(7, colour).jpeg().toBuffer();
    const png = await flat(8, colour).png().toBuffer();
    return {
      ...(await plainKinds(colour)),
      'cut.jpg': whole.subarray(0, 900),
      'cut.png': png.subarray(0, png.length - 500),
      'no-image.png': Buffer.from('no image'),
    };
  });
  const kept = await keptByPage(page, folder);
  const { planned, dataset } = await headless(folder);
  expect(dataset.labels.length).toBe(kept.images.length);
  const paths = kept.images.map(([path]) => path);
  expect(planned.plan.images.map(({ path }) => path).filter((path) => paths.includes(path))).toEqual(paths);
  const different = differences(kept, dataset.pixels);
  expect(Object.keys(different)).toEqual(expect.arrayContaining(['crimson/cut.jpg', 'crimson/alpha.png']));
  expect(Object.entries(different).filter(([, most]) => most > 1)).toEqual([]);
});

const STUDY = 'preset=quick&steps=6&validate-every=3&seeds=0,1&shots=4&shapley=off&pruning=off&landscape-points=3';

test('a study of own images has the same plan, split and answers in the page and without it', async ({
  page,
}, info) => {
  const folder = await makeFolder(info.outputPath('fruit'), async (colour) => {
    const pictures = Array.from({ length: 14 }, async (_, i) => [`${i}.jpg`, await flat(i, colour).jpeg().toBuffer()]);
    return Object.fromEntries(await Promise.all(pictures)) as Record<string, Buffer>;
  });
  await page.goto(`?${STUDY}`);
  await folderInput(page).setInputFiles(folder);
  await expect(page.getByText(/\d+ to train, \d+ to validate/)).toBeVisible();
  const split = /[\d,]+ to train, [\d,]+ to validate, [\d,]+ to test/.exec(
    await page.getByText(/\d+ to train/).innerText(),
  );
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await expect(page.getByText('Computed here')).toBeVisible();
  await page.getByRole('button', { name: 'Share the result as a link' }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  await share.getByRole('button', { name: /^Files/ }).click();
  const save = async (name: string, file: string): Promise<string> => {
    const download = page.waitForEvent('download');
    await share.getByRole('button', { name, exact: true }).click();
    await (await download).saveAs(info.outputPath(file));
    return info.outputPath(file);
  };
  const opened = async (zip: string) => {
    const entries = unzipSync(await readFile(zip));
    const result = JSON.parse(strFromU8(entries['result.json'])) as StudyResult;
    return { result, thumbnails: Object.keys(entries).filter((entry) => entry.startsWith('thumbnails/')).length };
  };
  const file = await save('Study file', 'page.zip');
  const { result: inPage, thumbnails } = await opened(file);

  // Images of the reader's own are in files unless the reader leaves them out.
  expect(thumbnails).toBe(inPage.task.classes.length);
  expect(inPage.task.pictures?.places.length).toBeGreaterThan(0);
  expect(await readFile(await save('Report', 'report.html'), 'utf8')).toContain('data:image/png');
  const said = share.getByText(/; with images of yours/);
  await expect(said).toHaveCount(2);
  await share.getByRole('switch', { name: 'Files with images of yours' }).press('Space');
  await expect(said).toHaveCount(0);
  const without = await opened(await save('Study file', 'without.zip'));
  expect(without).toMatchObject({ thumbnails: 0, result: { config: inPage.config } });
  expect('pictures' in without.result.task).toBe(false);
  expect(await readFile(await save('Report', 'without.html'), 'utf8')).not.toContain('data:image/png');

  // The study file is the configuration of the study without a browser, which writes one like it.
  const out = info.outputPath('headless.zip');
  const study = (...args: string[]) =>
    run('node', ['scripts/node-run.mjs', 'scripts/study.ts', ...args, '--data', folder, '--out', out]);
  const { stdout } = await study(file);
  expect(stdout).toContain(split?.[0]);
  const { result: headless, thumbnails: pictures } = await opened(out);
  const entriesOf = async (zip: string) => Object.entries(unzipSync(await readFile(zip)));
  const samePixels = (entries: [string, Uint8Array][]) =>
    entries.filter(([name]) => /^(adapters|thumbnails)/.test(name));
  expect(pictures).toBe(thumbnails);
  // Adapters and pictures byte for byte: nobody can tell from them where the study was computed.
  expect(samePixels(await entriesOf(out))).toEqual(samePixels(await entriesOf(file)));
  expect(headless.config).toEqual(inPage.config);
  expect(JSON.stringify(headless.task) === JSON.stringify(inPage.task)).toBe(true); // a difference would fill the screen
  expect(headless.runs).toHaveLength(4);
  const answers = ({ runs }: StudyResult) =>
    runs.map(({ arm, seed, gates, test: tested }) => [arm, seed, gates, tested?.correct]);
  expect(answers(headless)).toEqual(answers(inPage));
  expect(headless.landscape).toEqual(inPage.landscape);

  await test.step('its layers can be pruned by hand, and its file says what it needs for that', async () => {
    await page.keyboard.press('Escape');
    await prunesByHand(page);
    await page.goto('./');
    // A page that is not drawn yet takes nothing.
    await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
    // That of the command line too, to which it has added a seed.
    await study(out, '--add-seeds', '1');
    await drop(page, out);
    await expect(page.getByText('From the file', { exact: true })).toBeVisible();
    await expect(page.getByText(/×\s3\sseeds\s×/)).toBeVisible();
    await page.getByRole('region', { name: 'Prune by hand' }).scrollIntoViewIfNeeded();
    const missing = /^The adapters of the runs are here, but not the images they were tested on\./;
    await expect(page.getByText(missing)).toBeVisible();
  });

  await test.step('a file of the command line has its adapters, and its layers can be pruned by hand with the images', async () => {
    await page.getByRole('button', { name: 'Start from this' }).click();
    await folderInput(page).setInputFiles(folder);
    await expect(page.getByText(/\d+ to train, \d+ to validate/)).toBeVisible();
    await prunesByHand(page, 3);
  });
});

async function prunesByHand(page: Page, seeds = 2): Promise<void> {
  const hand = page.getByRole('region', { name: 'Prune by hand' });
  await hand.scrollIntoViewIfNeeded();
  await hand.getByRole('button', { name: 'Layer 3', exact: true }).click();
  await expect(hand).toContainText('11 of 12 layers on');
  await expect(hand).toContainText(new RegExp(`Accuracy on \\d+ test images,.*mean over ${seeds} seeds`));
}
