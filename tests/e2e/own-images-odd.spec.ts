/** Data as people have it, in the page itself: what cannot be taken changes nothing, doubtful labels are asked about, silent servers can be left. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { test, type Page, type TestInfo } from '@playwright/test';
import sharp from 'sharp';
import { testTar } from '../../src/data/archive/test-tar.ts';
import { violations } from '../support/accessibility.ts';
import { expect } from '../support/expect.ts';
import { expectFits, filesInput, folderInput, WITHOUT_FIGURES } from '../support/page.ts';

const picture = (i: number): Promise<Buffer> =>
  sharp({ create: { width: 32, height: 32, channels: 3, background: { r: (i * 53) % 256, g: (i * 97) % 256, b: i } } })
    .png()
    .toBuffer();

async function writeAll(folder: string, files: Readonly<Record<string, Buffer | string>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

const chooseFolder = (page: Page, folder: string) => folderInput(page).setInputFiles(folder);
const chooseFile = (page: Page, name: string, content: Buffer | string) =>
  filesInput(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });

const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).first();
const task = (page: Page) => page.getByRole('button', { name: /^Task|Task$/ }).first();

/** Two folders that mean nothing, and a table of half of the images. */
async function doubtful(folder: string): Promise<string> {
  const files: Record<string, Buffer | string> = {};
  const rows = ['path,animal'];
  for (let i = 0; i < 24; i++) {
    files[`part${1 + (i >> 4)}/im${i}.png`] = await picture(i);
    rows.push(`/home/ann/data/${i < 12 ? `im${i}` : `lost${i}`}.jpg,${['cat', 'dog', 'owl'][i % 3]}`);
  }
  return writeAll(folder, { ...files, 'labels.csv': rows.join('\n'), 'README.md': '# Animals', LICENSE: 'CC0' });
}

test('what cannot be taken changes nothing, doubtful labels are asked about, and shares are of what is split', async ({
  page,
}, info) => {
  await page.goto(`?${WITHOUT_FIGURES}`);
  await test.step('a text file, an empty folder and broken images change nothing', () => refuses(page, info));
  await test.step('a table that matches half of its images is asked about, with both readings', () =>
    asksAboutLabels(page, info));
  await test.step('a table without header keeps its first row, a tar.gz may end in zeros, and shares are of what is split', () =>
    keepsWhatIsGiven(page, info));
});

async function refuses(page: Page, info: TestInfo): Promise<void> {
  await expect(run(page)).toBeEnabled();
  const before = await task(page).innerText();
  const refused = page.getByRole('group', { name: 'What could not be taken' });
  await chooseFile(page, 'notes.txt', 'milk, eggs');
  await expect(refused.getByRole('alert')).toContainText('There are no images in what was dropped');
  await expect(refused).toContainText('“notes.txt” was not taken. Everything is as it was.');
  await expect(task(page)).toHaveText(before);
  await expect(page.getByText('Saved result', { exact: true })).toBeVisible();
  await expect(run(page)).toBeEnabled();
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);

  await page.evaluate(() => {
    // a folder without files, as a drop hands it over
    const empty = { isFile: false, isDirectory: true, fullPath: '/empty' };
    const item = {
      kind: 'file',
      webkitGetAsEntry: () => ({
        ...empty,
        createReader: () => ({ readEntries: (done: (entries: unknown[]) => void) => done([]) }),
      }),
    };
    const drop = new Event('drop', { cancelable: true });
    Object.assign(drop, { dataTransfer: { types: ['Files'], items: [item] } });
    window.dispatchEvent(drop);
  });
  await expect(refused).toContainText('“empty” was not taken');
  await expect(task(page)).toHaveText(before);

  const broken: Record<string, string> = {};
  for (let i = 0; i < 8; i++) broken[`${i % 2 ? 'a' : 'b'}/${i}.png`] = 'no image';
  await chooseFolder(page, await writeAll(info.outputPath('broken'), broken));
  await expect(refused.getByRole('alert')).toContainText('None of the images could be decoded');
  await expect(task(page)).toHaveText(before);

  const photo = `\0\0\0\x18ftypheic\0\0\0\0mif1heic${'\0'.repeat(64)}`;
  const photos: Record<string, string> = {};
  for (let i = 0; i < 8; i++) photos[`${i % 2 ? 'a' : 'b'}/IMG_${i}.HEIC`] = photo;
  await chooseFolder(page, await writeAll(info.outputPath('photos'), photos));
  await expect(refused).toContainText(/HEIC, which Safari alone reads; save it as JPEG/);
  await expect(run(page)).toBeEnabled();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await refused.getByRole('button', { name: 'Close this message' }).click();
  await expect(refused).toHaveCount(0);

  // Own images stay when the next drop fails, and the study can run.
  await page.setViewportSize({ width: 1440, height: 900 });
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < 16; i++) files[`${i % 2 ? 'cat' : 'dog'}/${i}.png`] = await picture(i);
  await chooseFolder(page, await writeAll(info.outputPath('pets'), files));
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await chooseFile(page, 'notes.txt', 'milk');
  await expect(page.getByText('“notes.txt” was not taken.')).toBeVisible();
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await expect(page.getByText(/\d+ to train, \d+ to validate, \d+ to test\./)).toBeVisible();
  await expect(run(page)).toBeEnabled();
}

async function asksAboutLabels(page: Page, info: TestInfo): Promise<void> {
  await chooseFolder(page, await doubtful(info.outputPath('animals')));
  const group = page.getByRole('radiogroup', { name: /Which one names the classes/ });
  await expect(group).toBeVisible();
  const table = group.getByRole('radio', { name: /Table labels\.csv/ });
  const folders = group.getByRole('radio', { name: /Folders/ });
  await expect(group).toContainText('12 images, 3 classes: cat, dog, owl');
  await expect(group).toContainText('12 rows of 24 name an image that is here');
  await expect(group).toContainText('24 images, 2 classes: part1, part2');
  // nothing is decoded before the answer
  await expect(page.getByRole('button', { name: /^Prepare \d+ images/ })).toBeVisible();
  const notes = page.getByRole('list', { name: 'Notes on your files' });
  await expect(notes).toContainText('12 rows left out');
  await expect(notes).not.toContainText(/README|LICENSE/); // they lie beside images by custom
  expect(await violations(page.getByRole('region', { name: 'Task', exact: true }))).toEqual([]);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expectFits(page);
  }
  await group.getByText('Folders', { exact: true }).click();
  await expect(page.getByText('24 images, 2 classes', { exact: true })).toBeVisible();
  await expect(page.getByText(/\d+ to train, \d+ to validate, \d+ to test\./)).toBeVisible();
  const answered = page.getByRole('radiogroup', { name: 'What names the classes' });
  await expect(answered.getByRole('radio', { name: /Folders/ })).toBeChecked();
  await answered.getByText('Table labels.csv').click();
  await expect(page.getByText('12 images, 3 classes', { exact: true })).toBeVisible();
  await expect(table.or(answered.getByRole('radio', { name: /Table/ })).first()).toBeChecked();
  await expect(folders).toHaveCount(0);
}

async function keepsWhatIsGiven(page: Page, info: TestInfo): Promise<void> {
  const files: Record<string, Buffer | string> = {};
  const rows: string[] = [];
  for (let i = 0; i < 16; i++) {
    files[`images/im${i}.png`] = await picture(i);
    rows.push(`im${i}.png,${i % 2 ? 'cat' : 'dog'}`);
  }
  files['labels.csv'] = rows.join('\n');
  const packed = gzipSync(testTar(files));
  await chooseFile(page, 'animals.tar.gz', Buffer.concat([packed, Buffer.alloc(1000)]));
  await expect(page.getByText('16 images, 2 classes')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  // The controls of shares are there only where they act.
  const given: Record<string, Buffer> = {};
  for (let i = 0; i < 2 * 48; i++)
    given[`${i < 16 ? 'train' : 'test'}/${i % 2 ? 'cat' : 'dog'}/${i}.png`] = await picture(i);
  await chooseFolder(page, await writeAll(info.outputPath('given'), given));
  await expect(page.getByText('96 images, 2 classes')).toBeVisible();
  await expect(page.getByText('14 to train, 2 to validate, 80 to test.')).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Test share' })).toHaveCount(0);
  const validation = page.getByRole('slider', { name: 'Validation share' });
  await expect(validation).toBeVisible();
  await validation.focus();
  await page.keyboard.press('End');
  await expect(page.getByText('12 to train, 4 to validate, 80 to test.')).toBeVisible();
}

test.describe('an address', () => {
  let server: Server;
  let url = '';
  test.beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Length': 1_000_000 });
      response.write(Buffer.alloc(250_000)); // and nothing more
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pets.zip`;
  });
  test.afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('that stays silent is asked again after half a minute, and the page says so', async ({ page }) => {
    // Half a minute passes in seconds for the worker that reads the address. Where it has begun to wait before, the test takes longer.
    page.on('worker', (worker) => {
      if (!/dataset\.worker/.test(worker.url())) return;
      void worker.evaluate(
        '{ const wait = setTimeout; self.setTimeout = (act, ms, ...rest) => wait(act, ms === 30_000 ? 3000 : ms, ...rest); }',
      );
    });
    await page.goto(`?${WITHOUT_FIGURES}`);
    const before = await task(page).innerText();
    await page.getByRole('button', { name: 'From an address or a hub' }).click();
    const field = page.getByRole('textbox', { name: /^Address of a file/ });
    await field.fill(url);
    await field.press('Enter');
    // It shows how much has come, and can be left.
    await expect(page.getByText('Loading 250 kB of 1.00 MB')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText(/Loading/)).toHaveCount(0);
    await expect(task(page)).toHaveText(before);
    await expect(run(page)).toBeEnabled();

    await field.press('Enter');
    await expect(page.getByText('Loading 250 kB of 1.00 MB')).toBeVisible();
    await expect(page.getByText(/sends nothing any more; trying again in/)).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText(/sends nothing any more/)).toHaveCount(0);
  });
});
