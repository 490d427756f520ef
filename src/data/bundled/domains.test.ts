import { describe, expect, it } from 'vitest';
import { DOMAINS, applyDomain, compositeOnWhite } from './domains.ts';

const pixel = (...rgb: number[]) => Uint8Array.from(rgb);

describe('domains', () => {
  it('composites premultiplied colours on white', () => {
    const rgba = Uint8Array.from([0, 0, 0, 0, 10, 20, 30, 255, 64, 0, 0, 128]);
    expect([...compositeOnWhite(rgba)]).toEqual([255, 255, 255, 10, 20, 30, 191, 127, 127]);
  });

  it('negative is one minus the colour, so that white paper turns black', () => {
    expect([...applyDomain('colour-negative', pixel(255, 0, 100), 1)]).toEqual([0, 255, 155]);
  });

  it('swap turns R, G, B into B, R, G', () => {
    expect([...applyDomain('channel-swap', pixel(1, 2, 3), 1)]).toEqual([3, 1, 2]);
  });

  it('sketch leaves flat areas white and draws a black-to-white step black', () => {
    const size = 6;
    const flat = new Uint8Array(size * size * 3).fill(90);
    expect(applyDomain('sketch', flat, size).every((value) => value === 255)).toBe(true);
    const step = new Uint8Array(size * size * 3);
    for (let i = 0; i < size * size; i++) if (i % size >= 3) step.fill(255, i * 3, i * 3 + 3);
    const row = [...applyDomain('sketch', step, size).subarray(0, size * 3)].filter((_, i) => i % 3 === 0);
    expect(row).toEqual([255, 255, 0, 0, 255, 255]);
  });

  it('mosaic keeps the mean of every tile', () => {
    const size = 16; // tiles of 2 × 2
    const rgb = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 7) % 251);
    const out = applyDomain('mosaic', rgb, size);
    const red = (x: number, y: number) => rgb[(y * size + x) * 3];
    const mean = Math.round((red(2, 4) + red(3, 4) + red(2, 5) + red(3, 5)) / 4);
    for (const [x, y] of [
      [2, 4],
      [3, 4],
      [2, 5],
      [3, 5],
    ]) {
      expect(out[(y * size + x) * 3]).toBe(mean);
    }
  });

  it('night is dark and blue', () => {
    expect([...applyDomain('night', pixel(255, 255, 255), 1)]).toEqual([51, 66, 107]);
    expect([...applyDomain('night', pixel(200, 0, 0), 1)]).toEqual([26, 8, 13]);
  });

  it('treats every image of a batch alike and leaves its input alone', () => {
    const size = 8;
    const one = Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 31) % 256);
    const two = new Uint8Array([...one, ...one]);
    for (const domain of DOMAINS) {
      const alone = applyDomain(domain, one, size);
      const batch = applyDomain(domain, two, size);
      expect([...batch]).toEqual([...alone, ...alone]);
      expect(alone).not.toBe(one);
    }
    expect(one[1]).toBe(31);
  });
});
