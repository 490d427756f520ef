import { describe, expect, it } from 'vitest';
import { rngFromState, stream, type Rng } from '../../core/rng.ts';
import { applyAugmentations, augmentRgba, borderColour, drawAugmentations } from './augment.ts';

const size = 32;
const noise = Uint8Array.from({ length: 4 * size * size * 3 }, (_, i) => (i * 2654435761) >>> 24);

/** An Rng whose uniform draws repeat the given ones. */
function scripted(draws: readonly number[]): Rng {
  let at = 0;
  return { ...rngFromState([1, 2, 3, 4]), uniform: () => draws[at++ % draws.length] };
}

const augmentRgb = (pixels: Uint8Array, side: number, rng: Rng): Uint8Array => {
  const augmentations = drawAugmentations(rng, side, pixels.length / (side * side * 3));
  return applyAugmentations(pixels, side, augmentations, new Uint8Array(pixels.length));
};

const NO_WARP = [0.5, 5 / 9, 0.5, 0.5]; // angle 0, inverse scale 1, no shift
const NO_GAIN = [0.5, 0.5, 0.5];
const ON_WHITE = [0.1, 0.3, 0.3, 0.3];
const STYLE = { gain: 0.15, grey: 0.15, outlined: 0.3 };

describe('augmentation of images without alpha', () => {
  it('is the identity when nothing is drawn', () => {
    expect(augmentRgb(noise, size, scripted([...NO_WARP, ...NO_GAIN, 0.9]))).toEqual(noise);
  });

  it('shifts by the drawn share of the width and fills with the border colour', () => {
    const image = new Uint8Array(size * size * 3).fill(7);
    image.fill(200, (16 * size + 16) * 3, (16 * size + 17) * 3);
    const right = 0.5 + 3.2 / (2 * 0.15 * size); // 3.2 pixels
    const out = augmentRgb(image, size, scripted([0.5, 5 / 9, right, 0.5, ...NO_GAIN, 0.9]));
    expect(out[(16 * size + 19) * 3]).toBe(Math.round(7 + 0.8 * 193));
    expect(out[(16 * size + 20) * 3]).toBe(Math.round(7 + 0.2 * 193));
    expect(out.subarray(0, 3 * 3).every((value) => value === 7)).toBe(true);
  });

  it('turns and scales about the centre, without a seam to the fill colour', () => {
    const image = new Uint8Array(size * size * 3).fill(90);
    for (const extreme of [0, 0.999999]) {
      const out = augmentRgb(image, size, scripted([extreme, 0.999999, extreme, extreme, ...NO_GAIN, 0.9]));
      expect(out.every((value) => value === 90)).toBe(true);
    }
  });

  it('turns by at most 0.3 radians and scales between 1/1.2 and 1/0.75', () => {
    for (const [draw, angle, inverseScale] of [
      [0, -0.3, 0.75],
      [1, 0.3, 1.2],
    ]) {
      const [{ warp }] = drawAugmentations(scripted([draw]), size, 1);
      expect(Math.atan2(warp.sin, warp.cos)).toBeCloseTo(angle, 12);
      expect(Math.hypot(warp.sin, warp.cos)).toBeCloseTo(inverseScale, 12);
    }
  });

  it('fills with the median of the border, not with what less than half of it has', () => {
    const image = new Uint8Array(size * size * 3).fill(90);
    const border = 4 * (size - 1);
    // The rows from the top are 10: 32 and two of each further row of the 124 pixels at the border.
    for (const [rows, colour] of [
      [15, 90],
      [17, 10],
    ]) {
      const drawn = image.slice().fill(10, 0, rows * size * 3);
      expect(2 * (size + 2 * (rows - 1)) > border).toBe(colour === 10);
      expect(borderColour(drawn, size)).toEqual([colour, colour, colour]);
    }
  });

  it('greys by luma and applies gains with clipping', () => {
    const image = new Uint8Array(size * size * 3);
    for (let i = 0; i < image.length; i += 3) image.set([250, 100, 40], i);
    const gained = augmentRgb(image, size, scripted([...NO_WARP, 0.999999, 0.5, 0, 0.9]));
    expect([...gained.subarray(0, 3)]).toEqual([255, 100, 34]);
    const grey = augmentRgb(image, size, scripted([...NO_WARP, ...NO_GAIN, 0.1]));
    expect([...grey.subarray(0, 3)]).toEqual([138, 138, 138]);
  });

  it('repeats with the stream and differs between images', () => {
    const twice = [1, 1, 2].map((seed) => augmentRgb(noise, size, stream(seed, 'augment')));
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]).not.toEqual(twice[2]);
    const first = augmentRgb(noise.subarray(0, size * size * 3), size, stream(1, 'augment'));
    expect(twice[0].subarray(0, size * size * 3)).toEqual(first);
  });

  it('works at any size, down to one pixel', () => {
    for (const side of [1, 2, 7, 64]) {
      const flat = new Uint8Array(side * side * 3).fill(50);
      expect(augmentRgb(flat, side, scripted([0.1, 0.2, 0.9, 0.3, ...NO_GAIN, 0.9]))).toEqual(flat);
    }
  });

  it('greys about 15 % of the images', () => {
    const image = new Uint8Array(3).fill(0);
    image.set([200, 100, 0]);
    const rng = stream(3, 'augment');
    let grey = 0;
    for (let i = 0; i < 4000; i++) {
      const [r, g, b] = augmentRgb(image, 1, rng);
      if (r === g && g === b) grey++;
    }
    expect(grey / 4000).toBeGreaterThan(0.13);
    expect(grey / 4000).toBeLessThan(0.17);
  });
});

describe('augmentRgba', () => {
  it('puts transparent parts on white or on one plain colour', () => {
    const empty = new Uint8Array(2000 * 4);
    const out = augmentRgba(empty, 1, stream(5, 'pretrain'), STYLE);
    let white = 0;
    for (let i = 0; i < out.length; i += 3) if (out[i] === 255 && out[i + 1] === 255 && out[i + 2] === 255) white++;
    expect(white / 2000).toBeGreaterThan(0.36);
    expect(white / 2000).toBeLessThan(0.44);
  });

  it('leaves opaque artwork in place when nothing is drawn', () => {
    const art = new Uint8Array(size * size * 4).fill(255);
    for (let i = 0; i < art.length; i += 4) art.set([30, 60, 90], i);
    const out = augmentRgba(art, size, scripted([...NO_WARP, ...NO_GAIN, ...ON_WHITE, 0.9, 0.9]), STYLE);
    for (let i = 0; i < out.length; i += 3) expect([...out.subarray(i, i + 3)]).toEqual([30, 60, 90]);
  });

  it('outlines some drawings in black', () => {
    const dot = new Uint8Array(size * size * 4);
    dot.set([200, 100, 50, 255], (10 * size + 20) * 4);
    const out = augmentRgba(dot, size, scripted([...NO_WARP, ...NO_GAIN, ...ON_WHITE, 0.9, 0.1]), STYLE);
    const colours = { '255,255,255': 0, '0,0,0': 0, '200,100,50': 0 };
    for (let i = 0; i < out.length; i += 3) colours[String(out.subarray(i, i + 3)) as keyof typeof colours]++;
    expect(colours).toEqual({ '255,255,255': size * size - 9, '0,0,0': 8, '200,100,50': 1 });
    for (const [x, y] of [
      [19, 9],
      [21, 11],
    ])
      expect([...out.subarray((y * size + x) * 3, (y * size + x) * 3 + 3)]).toEqual([0, 0, 0]);
  });

  it('keeps gains off the background', () => {
    const empty = new Uint8Array(size * size * 4);
    const out = augmentRgba(empty, size, scripted([...NO_WARP, 0, 0, 0, ...ON_WHITE, 0.9, 0.9]), STYLE);
    expect(out.every((value) => value === 255)).toBe(true);
  });
});
