/**
 * Augmentation of training images: rotation ±17°, scale 0.83 … 1.33, shift ±15 % of the width; in fine-tuning colour gain ±15 % per channel and 15 % of
 * the images in grey. Bilinear. Every image takes the same number of draws, so image i of a batch does not depend on the others' luck.
 */
import type { Rng } from '../../core/rng.ts';

/** Inverse map: where in the source the pixel (x, y) of the target comes from, around the image's centre. */
export interface Warp {
  readonly cos: number;
  readonly sin: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

const MAX_ROTATION = 0.3; // radians, 17.2°
const MAX_SHIFT = 0.15;
const MAX_GAIN = 0.15;
const GREY_SHARE = 0.15;
const WHITE_SHARE = 0.4;

/** Strength of the style augmentation of artwork. */
export interface StyleAugmentation {
  /** Colour gains are drawn from 1 ± this. */
  readonly gain: number;
  /** Share of images in grey. */
  readonly grey: number;
  /** Share of drawings that get a black outline of one pixel, as some styles have. */
  readonly outlined: number;
}

/** The augmentation of one image. */
export interface Augmentation {
  readonly warp: Warp;
  /** Factors of red, green and blue. */
  readonly gains: readonly [number, number, number];
  /** Replaces all three channels by their luma afterwards. */
  readonly grey: boolean;
}

/** Draws the augmentations of a batch. */
export const drawAugmentations = (rng: Rng, size: number, count: number): Augmentation[] =>
  Array.from({ length: count }, () => ({
    warp: drawWarp(rng, size),
    gains: drawGains(rng, MAX_GAIN),
    grey: rng.uniform() < GREY_SHARE,
  }));

/**
 * For fine-tuning, on images without alpha: areas from outside take the colour of the image's border (the median of its outermost pixels,
 * per channel).
 *
 * @param pixels [count, size, size, 3] uint8 RGB
 * @param augmentations [count]
 * @param out the same shape as `pixels`; must not overlap them
 * @returns out
 */
export function applyAugmentations(
  pixels: Uint8Array,
  size: number,
  augmentations: readonly Augmentation[],
  out: Uint8Array,
): Uint8Array {
  const stride = size * size * 3;
  const padded = new Float32Array((size + 3) ** 2 * 3);
  const sampled = new Float32Array(stride);
  augmentations.forEach(({ warp, gains, grey }, image) => {
    const source = pixels.subarray(image * stride, (image + 1) * stride);
    const target = out.subarray(image * stride, (image + 1) * stride);
    pad(source, 3, size, borderColour(source, size), padded);
    resample(padded, 3, size, warp, sampled);
    for (let i = 0; i < stride; i += 3) {
      finish(target, i, sampled[i] * gains[0], sampled[i + 1] * gains[1], sampled[i + 2] * gains[2], grey);
    }
  });
  return out;
}

/**
 * For pretraining, on artwork with alpha: the drawing moves over a plain background, white for 40 % of the images and of a random colour
 * otherwise. Gains act on the drawing alone.
 *
 * @param pixels [count, size, size, 4] uint8, premultiplied RGBA
 * @returns [count, size, size, 3] uint8 RGB
 */
export function augmentRgba(pixels: Uint8Array, size: number, rng: Rng, style: StyleAugmentation): Uint8Array {
  const out = new Uint8Array((pixels.length / 4) * 3);
  const stride = size * size * 4;
  const padded = new Float32Array((size + 3) ** 2 * 4);
  const sampled = new Float32Array(stride);
  for (let at = 0, to = 0; at < pixels.length; at += stride, to += size * size * 3) {
    const warp = drawWarp(rng, size);
    const gains = drawGains(rng, style.gain);
    const background = drawBackground(rng);
    const grey = rng.uniform() < style.grey;
    const outlined = style.outlined > 0 && rng.uniform() < style.outlined;
    pad(pixels.subarray(at, at + stride), 4, size, [0, 0, 0, 0], padded);
    resample(padded, 4, size, warp, sampled);
    if (outlined) outline(sampled, size);
    for (let from = 0, i = to; from < stride; from += 4, i += 3) {
      const alpha = sampled[from + 3];
      const through = 1 - alpha / 255;
      const r = Math.min(alpha, sampled[from] * gains[0]) + through * background[0];
      const g = Math.min(alpha, sampled[from + 1] * gains[1]) + through * background[1];
      const b = Math.min(alpha, sampled[from + 2] * gains[2]) + through * background[2];
      finish(out, i, r, g, b, grey);
    }
  }
  return out;
}

function drawWarp(rng: Rng, size: number): Warp {
  const angle = (2 * rng.uniform() - 1) * MAX_ROTATION;
  const inverseScale = 0.75 + 0.45 * rng.uniform(); // scale 1/1.2 … 1/0.75
  const shiftX = (2 * rng.uniform() - 1) * MAX_SHIFT * size;
  const shiftY = (2 * rng.uniform() - 1) * MAX_SHIFT * size;
  return { cos: Math.cos(angle) * inverseScale, sin: Math.sin(angle) * inverseScale, shiftX, shiftY };
}

function drawGains(rng: Rng, most: number): readonly [number, number, number] {
  const gain = () => 1 + (2 * rng.uniform() - 1) * most;
  return [gain(), gain(), gain()];
}

function drawBackground(rng: Rng): readonly [number, number, number] {
  const white = rng.uniform() < WHITE_SHARE;
  const colour: [number, number, number] = [rng.uniform() * 255, rng.uniform() * 255, rng.uniform() * 255];
  return white ? [255, 255, 255] : colour;
}

/** Spreads alpha to the neighbours of every pixel, in place: opaque pixels without premultiplied colour are black. */
function outline(rgba: Float32Array, size: number): void {
  const steps = [4, 4 * size];
  steps.forEach((along, direction) => {
    const across = steps[1 - direction];
    for (let line = 0; line < size; line++) {
      let before = 0;
      for (let i = 0, at = line * across + 3; i < size; i++, at += along) {
        const own = rgba[at];
        rgba[at] = Math.max(before, own, i + 1 < size ? rgba[at + along] : 0);
        before = own;
      }
    }
  });
}

/** Writes one pixel, rounded and clipped to 0 … 255. */
function finish(out: Uint8Array, i: number, r: number, g: number, b: number, grey: boolean): void {
  if (grey) r = g = b = 0.299 * r + 0.587 * g + 0.114 * b;
  out[i] = r >= 255 ? 255 : r + 0.5;
  out[i + 1] = g >= 255 ? 255 : g + 0.5;
  out[i + 2] = b >= 255 ? 255 : b + 0.5;
}

/** Copies an image into a frame of the fill colour, one pixel wide on the left and top, two elsewhere: [size + 3, size + 3, channels]. */
function pad(source: Uint8Array, channels: number, size: number, fill: readonly number[], padded: Float32Array): void {
  const width = (size + 3) * channels;
  for (let i = 0; i < padded.length; i++) padded[i] = fill[i % channels];
  for (let y = 0; y < size; y++) {
    padded.set(source.subarray(y * size * channels, (y + 1) * size * channels), (y + 1) * width + channels);
  }
}

/** Bilinear. Positions beyond the frame are moved onto it, so that all four neighbours exist and are of the fill colour. */
function resample(padded: Float32Array, channels: number, size: number, warp: Warp, out: Float32Array): void {
  const centre = (size - 1) / 2;
  const last = size + 1; // with its right and lower neighbour still inside the frame
  const width = (size + 3) * channels;
  let to = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++, to += channels) {
      const dx = x - centre - warp.shiftX;
      const dy = y - centre - warp.shiftY;
      const sx = Math.min(last, Math.max(0, warp.cos * dx + warp.sin * dy + centre + 1));
      const sy = Math.min(last, Math.max(0, warp.cos * dy - warp.sin * dx + centre + 1));
      const x0 = sx | 0;
      const y0 = sy | 0;
      const fx = sx - x0;
      const fy = sy - y0;
      const at = y0 * width + x0 * channels;
      for (let c = 0; c < channels; c++) {
        const i = at + c;
        const upper = padded[i] + fx * (padded[i + channels] - padded[i]);
        const lower = padded[i + width] + fx * (padded[i + width + channels] - padded[i + width]);
        out[to + c] = upper + fy * (lower - upper);
      }
    }
  }
}

const histogram = new Uint16Array(256);

/** Median of the outermost ring of pixels, per channel: the background's colour unless the drawing covers half of the border. */
export function borderColour(source: Uint8Array, size: number): [number, number, number] {
  const colour: [number, number, number] = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    histogram.fill(0);
    let ring = 0;
    for (let y = 0; y < size; y++) {
      const step = y === 0 || y === size - 1 ? 1 : Math.max(1, size - 1);
      for (let x = 0; x < size; x += step, ring++) histogram[source[(y * size + x) * 3 + c]]++;
    }
    let below = histogram[0];
    while (2 * below < ring) below += histogram[++colour[c]];
  }
  return colour;
}
