/**
 * Domains: fixed image transformations not seen in pretraining. They turn the bundled artwork into tasks that are partly familiar to the
 * backbone. All are pure and deterministic; images are [count, size, size, 3] uint8 RGB, composited on white beforehand.
 */

export const DOMAINS = ['plain', 'colour-negative', 'channel-swap', 'sketch', 'mosaic', 'night'] as const;
export type DomainId = (typeof DOMAINS)[number];

/** [count, size, size, 4] premultiplied RGBA → [count, size, size, 3] RGB on white. */
export function compositeOnWhite(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const white = 255 - rgba[from + 3];
    rgb[to] = rgba[from] + white;
    rgb[to + 1] = rgba[from + 1] + white;
    rgb[to + 2] = rgba[from + 2] + white;
  }
  return rgb;
}

/** @returns new pixels of the same shape */
export function applyDomain(domain: DomainId, rgb: Uint8Array, size: number): Uint8Array {
  switch (domain) {
    case 'plain':
      return rgb.slice();
    case 'colour-negative':
      return rgb.map((value) => 255 - value);
    case 'channel-swap':
      return channelSwap(rgb);
    case 'sketch':
      return perImage(rgb, size, sketch);
    case 'mosaic':
      return perImage(rgb, size, mosaic);
    case 'night':
      return night(rgb);
  }
}

type ImageTransform = (source: Uint8Array, target: Uint8Array, size: number) => void;

function perImage(rgb: Uint8Array, size: number, transform: ImageTransform): Uint8Array {
  const out = new Uint8Array(rgb.length);
  const stride = size * size * 3;
  for (let at = 0; at < rgb.length; at += stride) {
    transform(rgb.subarray(at, at + stride), out.subarray(at, at + stride), size);
  }
  return out;
}

/** R, G, B → B, R, G. */
function channelSwap(rgb: Uint8Array): Uint8Array {
  const out = new Uint8Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    out[i] = rgb[i + 2];
    out[i + 1] = rgb[i];
    out[i + 2] = rgb[i + 1];
  }
  return out;
}

/** Dark lines on white: one minus the Sobel gradient of the luma, scaled so that a black-to-white step is black. */
function sketch(source: Uint8Array, target: Uint8Array, size: number): void {
  const luma = new Float64Array(size * size);
  for (let i = 0; i < luma.length; i++) luma[i] = lumaOf(source, i * 3);
  const inside = (v: number) => Math.min(size - 1, Math.max(0, v));
  for (let y = 0; y < size; y++) {
    const [up, row, down] = [inside(y - 1) * size, y * size, inside(y + 1) * size];
    for (let x = 0; x < size; x++) {
      const [left, right] = [inside(x - 1), inside(x + 1)];
      const dx = luma[up + right] + 2 * luma[row + right] + luma[down + right];
      const dy = luma[down + left] + 2 * luma[down + x] + luma[down + right];
      const gx = dx - luma[up + left] - 2 * luma[row + left] - luma[down + left];
      const gy = dy - luma[up + left] - 2 * luma[up + x] - luma[up + right];
      const ink = Math.min(255, Math.sqrt(gx * gx + gy * gy) / 4);
      target.fill(Math.round(255 - ink), (row + x) * 3, (row + x) * 3 + 3);
    }
  }
}

/** Tiles of an eighth of the width, each in its mean colour. */
function mosaic(source: Uint8Array, target: Uint8Array, size: number): void {
  const tile = Math.max(1, Math.floor(size / 8));
  for (let top = 0; top < size; top += tile) {
    for (let left = 0; left < size; left += tile) {
      const [bottom, right] = [Math.min(size, top + tile), Math.min(size, left + tile)];
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += source[(y * size + x) * 3 + c];
        const mean = Math.round(sum / ((bottom - top) * (right - left)));
        for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) target[(y * size + x) * 3 + c] = mean;
      }
    }
  }
}

/** Moonlight: colours half drained towards their luma, dimmed, blue least. */
function night(rgb: Uint8Array): Uint8Array {
  const out = new Uint8Array(rgb.length);
  const light = [0.2, 0.26, 0.42];
  for (let i = 0; i < rgb.length; i += 3) {
    const luma = lumaOf(rgb, i);
    for (let c = 0; c < 3; c++) out[i + c] = Math.round(light[c] * 0.5 * (rgb[i + c] + luma));
  }
  return out;
}

/** ITU-R BT.601 luma, 0 … 255. */
function lumaOf(rgb: Uint8Array, at: number): number {
  return 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2];
}
