/**
 * Antialiased resampling of 8-bit RGB images in the conventions of Pillow: separable, columns of a row first, filter widened by
 * the reduction factor, 22-bit fixed-point weights, rounding to 8 bits between the passes.
 */

export type Filter = 'bilinear' | 'bicubic' | 'box';

interface Kernel {
  readonly support: number;
  readonly weight: (x: number) => number;
}

/** Cubic convolution with a = −0.5 (Keys). */
function bicubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}

const KERNELS: Readonly<Record<Filter, Kernel>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: bicubic },
};

/** Number of fraction bits of the fixed-point weights. */
export const FRACTION_BITS = 22;
const ONE = 1 << FRACTION_BITS;
const HALF = 1 << (FRACTION_BITS - 1);

export interface Taps {
  /** First source index of every target index. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** Fixed-point weights, [target, stride]. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** Filter taps for resizing a line of `from` pixels to `to` pixels. */
export function filterTaps(from: number, to: number, filter: Filter): Taps {
  const { support, weight } = KERNELS[filter];
  const scale = from / to;
  const widening = Math.max(scale, 1);
  const reach = support * widening;
  const stride = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * stride);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    first[i] = Math.max(0, Math.trunc(centre - reach + 0.5));
    count[i] = Math.min(from, Math.trunc(centre + reach + 0.5)) - first[i];
    const row = Array.from({ length: count[i] }, (_, k) => weight((first[i] + k - centre + 0.5) / widening));
    const sum = row.reduce((total, w) => total + w, 0);
    row.forEach((w, k) => (weights[i * stride + k] = Math.trunc((w / sum) * ONE + (w < 0 ? -0.5 : 0.5))));
  }
  return { first, count, weights, stride };
}

/** Resamples along one axis: source [outer, from, inner] → [outer, to, inner]. */
function resample(
  source: Uint8Array,
  outer: number,
  from: number,
  inner: number,
  to: number,
  filter: Filter,
): Uint8Array {
  if (from === to) return source;
  const { first, count, weights, stride } = filterTaps(from, to, filter);
  const out = new Uint8ClampedArray(outer * to * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < to; i++) {
      const start = (o * from + first[i]) * inner;
      for (let c = 0; c < inner; c++) {
        let sum = HALF;
        for (let k = 0, at = start + c; k < count[i]; k++, at += inner) sum += source[at] * weights[i * stride + k];
        out[(o * to + i) * inner + c] = sum >> FRACTION_BITS;
      }
    }
  }
  return new Uint8Array(out.buffer);
}

function checkSize(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: number,
  sides: readonly number[],
): void {
  if (![height, width, channels, ...sides].every((n) => Number.isInteger(n) && n > 0))
    throw new RangeError(`Image sizes must be positive integers, got ${height}×${width} → ${sides.join('×')}.`);
  if (pixels.length !== height * width * channels)
    throw new RangeError(
      `An image of ${height}×${width}×${channels} has ${height * width * channels} values, got ${pixels.length}.`,
    );
}

/**
 * @param pixels uint8 RGB, [height, width, 3]. @returns [outHeight, outWidth, 3]; the same array when the size does not change.
 * @throws RangeError when a size is not positive or does not fit the pixels.
 */
export function resize(
  pixels: Uint8Array,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
  filter: Filter = 'bicubic',
): Uint8Array {
  checkSize(pixels, height, width, 3, [outHeight, outWidth]);
  const rows = resample(pixels, height, width, 3, outWidth, filter); // [height, outWidth, 3]
  return resample(rows, 1, height, outWidth * 3, outHeight, filter); // [outHeight, outWidth, 3]
}

/** Share of every source pixel in every target pixel's area, along one axis. */
function areaTaps(from: number, to: number): { first: number; weights: number[] }[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [begin, end] = [i * scale, (i + 1) * scale];
    const first = Math.floor(begin);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    const weights = Array.from({ length: last - first }, (_, k) => {
      const covered = Math.min(end, first + k + 1) - Math.max(begin, first + k);
      return covered / scale;
    });
    return { first, weights };
  });
}

/**
 * Mean over the area each target pixel covers, source pixels at its edge counting by their share; rounded once.
 * @param pixels uint8, [height, width, channels]. @returns [outHeight, outWidth, channels]
 * @throws RangeError when a size is not positive or does not fit the pixels.
 */
export function areaResize(
  pixels: Uint8Array,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
  channels = 3,
): Uint8Array {
  checkSize(pixels, height, width, channels, [outHeight, outWidth]);
  const columns = areaTaps(width, outWidth);
  const out = new Uint8Array(outHeight * outWidth * channels);
  areaTaps(height, outHeight).forEach((row, y) => {
    columns.forEach((column, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let j = 0; j < row.weights.length; j++) {
          const start = ((row.first + j) * width + column.first) * channels + c;
          for (let i = 0; i < column.weights.length; i++)
            sum += row.weights[j] * column.weights[i] * pixels[start + i * channels];
        }
        out[(y * outWidth + x) * channels + c] = Math.round(sum);
      }
    });
  });
  return out;
}
