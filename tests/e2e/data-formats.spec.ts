/** What browsers decode for the page: kinds of images, orientation, colour; and data sets in other forms than folders. */
import { mkdir, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { hash32 } from '../../src/core/hash.ts';
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

test('decodes every kind of image, names the broken one and the one of 30,000 pixels', async ({ page }, info) => {
  const folder = info.outputPath('kinds');
  for (const colour of ['red', 'navy']) {
    await mkdir(`${folder}/${colour}`, { recursive: true });
    for (const [name, bytes] of Object.entries(await kinds(colour)))
      await writeFile(`${folder}/${colour}/${name}`, bytes);
  }
  const huge = Buffer.from(await drawn(0, 'red').png().toBuffer());
  huge.writeUInt32BE(30_000, 16);
  await writeFile(`${folder}/red/huge.png`, huge);
  await writeFile(`${folder}/red/broken.jpg`, 'no image');
  await page.goto('');
  await page.locator('input[webkitdirectory]').first().setInputFiles(folder);
  await expect(page.getByText('24 images, 2 classes')).toBeVisible();
  await expect(page.getByText(/huge\.png.*30,000 × 64 pixels are too many/)).toBeVisible();
  await expect(page.getByText(/broken\.jpg.*cannot be decoded/)).toBeVisible();
  await expect(page.getByText(/cannot be decoded/)).toHaveCount(2);
});

test('reads zip, tar, parquet and IDX from one file', async ({ page }) => {
  const files: Record<string, Uint8Array> = {};
  for (const colour of ['red', 'navy'])
    for (let i = 0; i < 8; i++) files[`${colour}/${i}.png`] = await drawn(i, colour).png().toBuffer();
  const digits = Buffer.alloc(16 + 40 * 64);
  digits.set([0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 8, 0, 0, 0, 8]);
  for (let i = 16; i < digits.length; i++) digits[i] = hash32(i) & 255;
  const labels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 40, ...Array.from({ length: 40 }, (_, i) => i % 4)]);
  const images = Object.values(files);
  const parquet = testParquet({
    rows: 16,
    names: ['red', 'navy'],
    images: (i) => images[i % 2 ? 8 + (i >> 1) : i >> 1],
  });
  await page.goto('');
  for (const [name, bytes, shown] of [
    ['a.zip', zipSync(files), '16 images, 2 classes'],
    ['a.tar', testTar(files), '16 images, 2 classes'],
    ['a.parquet', parquet, '16 images, 2 classes'],
    ['mnist.zip', zipSync({ 'x-images-idx3-ubyte': digits, 'x-labels-idx1-ubyte': labels }), '40 images, 4 classes'],
  ] as const) {
    await page
      .locator('input[accept*="zip"]')
      .first()
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
    await expect(page.getByText(shown)).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});
