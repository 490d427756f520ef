import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { dimensionsOf, isHeic, isSvg, refuseHuge } from './image-header.ts';

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
      picture.clone().avif().toBuffer(),
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

  it('refuses pictures that would fill the memory, before they are decoded', () => {
    const png = (width: number, height: number) => {
      const bytes = new Uint8Array(24);
      bytes.set([0x89, 0x50, 0x4e, 0x47]);
      const view = new DataView(bytes.buffer);
      view.setUint32(16, width);
      view.setUint32(20, height);
      return bytes;
    };
    expect(() => refuseHuge(png(30_000, 30_000))).toThrow('30,000 × 30,000 pixels are too many');
    expect(() => refuseHuge(png(30_000, 10))).toThrow(/too many/);
    expect(() => refuseHuge(png(8_000, 8_000))).not.toThrow();
    expect(() => refuseHuge(new Uint8Array(0))).not.toThrow();
  });

  it('knows SVG behind what may come before it', () => {
    const svg = (text: string) => isSvg(new TextEncoder().encode(text));
    expect(svg('<svg xmlns="x"/>')).toBe(true);
    expect(
      svg('\ufeff<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]>\n<svg>'),
    ).toBe(true);
    expect(svg('<html><svg>')).toBe(false);
    expect(svg('<svgx>')).toBe(false);
  });
});

describe('isHeic', () => {
  const container = (...brands: string[]) =>
    new TextEncoder().encode(`\0\0\0\x1cftyp${brands[0]}\0\0\0\0${brands.join('')}`);

  it('tells photos of iPhones from AVIF, which has the same container', async () => {
    expect(isHeic(container('heic', 'mif1'))).toBe(true);
    expect(isHeic(container('mif1', 'heic'))).toBe(true);
    expect(isHeic(container('mif1', 'avif'))).toBe(false);
    expect(isHeic(await picture.clone().avif().toBuffer())).toBe(false);
    expect(isHeic(await picture.clone().jpeg().toBuffer())).toBe(false);
    expect(isHeic(new Uint8Array())).toBe(false);
  });
});
