import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { dimensionsOf } from './image-header.ts';

const picture = sharp({ create: { width: 37, height: 21, channels: 3, background: 'teal' } });

describe('dimensionsOf', () => {
  it('reads what image libraries write', async () => {
    const files = await Promise.all([
      picture.clone().png().toBuffer(),
      picture.clone().jpeg().toBuffer(),
      picture
        .clone()
        .jpeg({ progressive: true })
        .withExif({ IFD0: { Copyright: 'x'.repeat(3000) } })
        .toBuffer(),
      picture.clone().gif().toBuffer(),
      picture.clone().webp().toBuffer(),
      picture.clone().webp({ lossless: true }).toBuffer(),
      picture.clone().ensureAlpha(0.5).webp().toBuffer(),
    ]);
    for (const file of files) expect(dimensionsOf(file)).toEqual({ width: 37, height: 21 });
  });

  it('reads bitmaps, also those stored top down', () => {
    const bytes = new Uint8Array(54);
    bytes.set([0x42, 0x4d]);
    const view = new DataView(bytes.buffer);
    view.setInt32(18, 40, true);
    view.setInt32(22, -30, true);
    expect(dimensionsOf(bytes)).toEqual({ width: 40, height: 30 });
  });

  it('gives null for cut headers and other formats, at any length', async () => {
    const jpeg = await picture.clone().jpeg().toBuffer();
    for (let length = 0; length < 100; length++) expect(dimensionsOf(jpeg.subarray(0, length))).toBe(null);
    expect(dimensionsOf(new TextEncoder().encode('<svg width="9999999"/>'))).toBe(null);
    expect(dimensionsOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xe0, 0, 0))).toBe(null);
  });
});
