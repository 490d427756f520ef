/** What browsers decode for the page: kinds of images, orientation, colour; and data sets in other forms than folders. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { test, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { hash32 } from '../../src/core/hash.ts';
import { expect } from '../support/expect.ts';
import { filesInput, folderInput, WITHOUT_FIGURES } from '../support/page.ts';
import { testTar } from '../../src/data/archive/test-tar.ts';
import { testParquet } from '../../src/data/formats/test-parquet.ts';

/** A 64 × 64 picture, another for every number. */
const svg = (i: number, colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="${colour}"/><circle cx="${12 + 4 * i}" cy="${52 - 3 * i}" r="${5 + i}" fill="white"/></svg>`;
const drawn = (i: number, colour: string) => sharp(Buffer.from(svg(i, colour)));

/** An uncompressed bitmap of 24 bits a pixel. */
function bitmap(side: number, value: number): Buffer {
  const bytes = Buffer.alloc(54 + side * side * 3, value);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(0, 6);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(side, 18);
  bytes.writeInt32LE(side, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.fill(0, 30, 54);
  return bytes;
}

async function kinds(colour: string): Promise<Record<string, Buffer>> {
  return {
    'png.png': await drawn(0, colour).png().toBuffer(),
    'jpeg.jpg': await drawn(1, colour).jpeg().toBuffer(),
    'webp.webp': await drawn(2, colour).webp().toBuffer(),
    'avif.avif': await drawn(3, colour).avif().toBuffer(),
    'gif.gif': await drawn(4, colour).gif().toBuffer(),
    'bmp.bmp': bitmap(40, colour === 'red' ? 60 : 160),
    'svg.svg': Buffer.from(svg(6, colour)),
    'deep.png': await drawn(7, colour).toColourspace('rgb16').png().toBuffer(),
    'grey.png': await drawn(8, colour).greyscale().png().toBuffer(),
    'cmyk.jpg': await drawn(9, colour).toColourspace('cmyk').jpeg().toBuffer(),
    'rotated.jpg': await drawn(10, colour).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    'alpha.png': await drawn(11, colour).ensureAlpha(0.4).png().toBuffer(),
  };
}

/** Decodes every kind of image, names the broken one and the one of 30,000 pixels. */
async function decodesEveryKind(page: Page, folder: string): Promise<void> {
  for (const colour of ['red', 'navy']) {
    await mkdir(`${folder}/${colour}`, { recursive: true });
    for (const [name, bytes] of Object.entries(await kinds(colour)))
      await writeFile(`${folder}/${colour}/${name}`, bytes);
  }
  const huge = Buffer.from(await drawn(0, 'red').png().toBuffer());
  huge.writeUInt32BE(30_000, 16);
  await writeFile(`${folder}/red/huge.png`, huge);
  await writeFile(`${folder}/red/broken.jpg`, 'no image');
  await folderInput(page).setInputFiles(folder);
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await expect(page.getByText(/huge\.png.*30,000 × 64 pixels are too many/)).toBeVisible();
  await expect(
    page.getByText(/broken\.jpg.*cannot be decoded \(this browser does not read it as an image\)/),
  ).toBeVisible();
  await expect(page.getByText(/cannot be decoded/)).toHaveCount(2);
}

const COLOURS = ['red', 'navy'];
const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const golden = (name: string) => readFile(new URL(`../golden/datasets/${name}`, import.meta.url));
const gzipped = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes));

/** A folder per class, 8 pictures in each. */
async function pictures(): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const colour of COLOURS)
    for (let i = 0; i < 8; i++) files[`${colour}/${i}.png`] = await drawn(i, colour).png().toBuffer();
  return files;
}

/** IDX of bytes: magic, dimensions, values. */
function idx(dims: readonly number[], values: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * dims.length);
  head.set([0, 0, 8, dims.length]);
  dims.forEach((dim, i) => head.writeUInt32BE(dim, 4 + 4 * i));
  return Buffer.concat([head, values]);
}

/** Records of CIFAR: the bytes of the label, then noise. */
const cifar = (label: (i: number) => readonly number[]) =>
  Buffer.concat(
    Array.from({ length: 16 }, (_, i) =>
      Buffer.from([...label(i), ...Array.from({ length: 3072 }, (_, at) => hash32(at + 4096 * i) & 255)]),
    ),
  );

/** What is dropped, or typed where it is behind an address, and what the page says of it. */
interface Sample {
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly typed?: string;
  readonly served?: Readonly<Record<string, Uint8Array | string>>;
  readonly shown: string;
}

const HOST = 'https://data.example';
const TWO = '16 images, 2 classes';

/** Every form that docs/datasets.md says is read, by its name there. */
const FORMS = [
  ...['folders', 'zip', 'tar', 'tar.gz', 'WebDataset', 'CSV', 'TSV', 'JSON lines', 'IDX', 'CIFAR-10', 'CIFAR-100'],
  ...['npy', 'npz', 'parquet', 'address', 'hub id'],
] as const;

async function samples(): Promise<Record<(typeof FORMS)[number], Sample[]>> {
  const tree = await pictures();
  const images = Object.values(tree);
  const one = (name: string, bytes: Uint8Array, shown = TWO): Sample => ({ files: { [name]: bytes }, shown });
  const table = (separator: string) =>
    ['file', ...Object.keys(tree)]
      .map((path, i) => [path, i ? path.split('/')[0] : 'label'].join(separator))
      .join('\n');
  const csv = table(',');
  const german = csv.replaceAll(/,navy/g, ',grün');
  const flat = Object.fromEntries(Object.entries(tree).map(([name, bytes]) => [name.replace('/', '-'), bytes]));
  const flatTable = (text: string) => text.replaceAll(/^(red|navy)\//gm, '$1-');
  const lines = images.map((bytes, i) =>
    JSON.stringify({ image: bytes.toString('base64'), label: COLOURS[i < 8 ? 0 : 1] }),
  );
  const parquet = testParquet({ rows: 16, names: COLOURS, images: (i) => images[i % 2 ? 8 + (i >> 1) : i >> 1] });
  const digits = idx([40, 8, 8], Buffer.from(Array.from({ length: 40 * 64 }, (_, i) => hash32(i) & 255)));
  const labels = idx([40], Buffer.from(Array.from({ length: 40 }, (_, i) => i % 4)));
  const ten: Record<string, Uint8Array> = {
    'data_batch_1.bin': cifar((i) => [i % 2]),
    'batches.meta.txt': bytesOf('red\nnavy\n'),
  };
  const shards: Record<string, Uint8Array> = Object.fromEntries(
    images.flatMap((bytes, i): [string, Uint8Array][] => [
      [`${i}.png`, bytes],
      [`${i}.cls`, bytesOf(i < 8 ? '0' : '1')],
    ]),
  );
  const listing = { default: { train: [`${HOST}/part.parquet`] } };
  return {
    folders: [{ files: tree, shown: TWO }],
    zip: [one('a.zip', zipSync(tree))],
    tar: [one('a.tar', testTar(tree))],
    'tar.gz': [one('a.tar.gz', gzipped(testTar(tree)))],
    WebDataset: [one('shard-000.tar', testTar(shards))],
    CSV: [
      { files: { ...flat, 'labels.csv': bytesOf(flatTable(csv)) }, shown: TWO },
      { files: { ...flat, 'labels.csv.gz': gzipped(bytesOf(flatTable(csv))) }, shown: TWO },
      { files: { ...flat, 'labels.csv': bytesOf(`\ufeff${flatTable(german)}`, 'utf16le') }, shown: TWO },
      { files: { ...flat, 'labels.csv': bytesOf(flatTable(german), 'latin1') }, shown: TWO },
    ],
    TSV: [{ files: { ...flat, 'labels.tsv': bytesOf(flatTable(table('\t'))) }, shown: TWO }],
    'JSON lines': [one('a.jsonl', bytesOf(lines.join('\n')))],
    IDX: [
      { files: { 'x-images-idx3-ubyte': digits, 'x-labels-idx1-ubyte': labels }, shown: '40 images, 4 classes' },
      {
        files: { 'x-images-idx3-ubyte.gz': gzipped(digits), 'x-labels-idx1-ubyte.gz': gzipped(labels) },
        shown: '40 images, 4 classes',
      },
    ],
    'CIFAR-10': [{ files: ten, shown: TWO }, one('cifar-10-binary.tar.gz', gzipped(testTar(ten)))],
    'CIFAR-100': [
      one(
        'train.bin',
        cifar((i) => [i % 2, i % 4]),
        '16 images, 4 classes',
      ),
    ],
    npy: [
      { files: { 'x_train.npy': await golden('x_train.npy'), 'y_train.npy': await golden('y_train.npy') }, shown: TWO },
    ],
    npz: [
      one('a.npz', await golden('stored.npz'), '24 images, 4 classes'),
      one('b.npz', await golden('packed.npz'), '24 images, 4 classes'),
    ],
    parquet: [one('a.parquet', parquet)],
    address: [
      { typed: `${HOST}/sets/a.zip`, served: { '/sets/a.zip': zipSync(tree) }, shown: TWO },
      {
        typed: `${HOST}/sets/a.npz`,
        served: { '/sets/a.npz': await golden('packed.npz') },
        shown: '24 images, 4 classes',
      },
    ],
    'hub id': [
      {
        typed: 'someone/colours',
        served: { '/api/datasets/someone/colours/parquet': JSON.stringify(listing), '/part.parquet': parquet },
        shown: TWO,
      },
    ],
  };
}

test('every form of data that docs/datasets.md names has a sample here', async () => {
  const docs = await readFile(new URL('../../docs/datasets.md', import.meta.url), 'utf8');
  const [, rows] = /## What is read\n\n\|[^\n]*\n\|[ -|]*\n((?:\|[^\n]*\n)+)/.exec(docs) ?? [];
  const forms = rows
    .trim()
    .split('\n')
    .flatMap((row) => row.split('|')[1].trim().split(', '));
  expect([...FORMS]).toEqual(forms);
  const [, decoded] = /\(`createImageBitmap`\): ([^.]*)\./.exec(docs) ?? [];
  const names = decoded
    .replace(/\s*\([^)]*\)/g, '')
    .split(/, | and /)
    .concat('SVG');
  const tried = Object.keys(await kinds('red')).map((name) => name.split('.')[0].toUpperCase());
  expect(names.filter((name) => !tried.includes(name.toUpperCase()))).toEqual([]);
});

test('decodes every kind of image and reads every form of data', async ({ page }, info) => {
  let served: NonNullable<Sample['served']> = {};
  await page.addInitScript((hub) => localStorage.setItem('copra:hub', hub), HOST);
  await page.route(`${HOST}/**`, (route) => {
    const body = served[new URL(route.request().url()).pathname];
    const headers = { 'Access-Control-Allow-Origin': '*' };
    return body === undefined
      ? route.fulfill({ status: 404, headers })
      : route.fulfill({ body: Buffer.from(body as Uint8Array), headers });
  });
  await page.goto(`?${WITHOUT_FIGURES}`);
  await page.getByRole('button', { name: 'From an address or a hub' }).click();
  const card = page.getByRole('group', { name: 'Your data set' });
  const remove = async (): Promise<void> => {
    await card.getByRole('button', { name: 'Remove these images from the page' }).click();
    await expect(card).toBeHidden();
  };
  await test.step('every kind of image', () => decodesEveryKind(page, info.outputPath('kinds')));
  await remove();
  const all = await samples();
  for (const form of FORMS)
    for (const [at, sample] of all[form].entries())
      await test.step(`${form}, sample ${at + 1}`, async () => {
        served = sample.served ?? {};
        if (sample.typed === undefined) await choose(page, sample.files ?? {}, info.outputPath(`${form} ${at}`));
        else {
          const field = page.getByRole('textbox', { name: /^Address of a file/ });
          await field.fill(sample.typed);
          await field.press('Enter');
        }
        await expect(card.getByText(sample.shown)).toBeVisible();
        await expect(page.getByRole('alert')).toHaveCount(0);
        await remove();
      });
});

/** Chooses the files, as a folder where some lie in folders. */
async function choose(page: Page, files: NonNullable<Sample['files']>, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(`${folder}/${name}`), { recursive: true });
    await writeFile(`${folder}/${name}`, bytes);
  }
  const names = Object.keys(files);
  if (names.some((name) => name.includes('/'))) await folderInput(page).setInputFiles(folder);
  else await filesInput(page).setInputFiles(names.map((name) => `${folder}/${name}`));
}
