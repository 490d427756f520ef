/** Numbers → pixels, of arrays and of tables: determines the axes, and the values of black and white. */
import { warning, type Problem } from '../files/problem.ts';
import type { NpyHeader } from './npy.ts';
import type { RawImage } from './records.ts';
import { FORMAT_WORDS } from './words.ts';

export interface ArrayShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Channels come first, [channels, height, width]. */
  readonly planar: boolean;
}

/** Images as rows of numbers: their values tell whether colours come as planes. */
export type FlatShape = Omit<ArrayShape, 'planar'>;

/** Equal for images of one size. */
export const sizeOf = ({ width, height, channels }: FlatShape): string => [width, height, channels].join('×');

const CHANNELS = [1, 3, 4];
const MAX_SIDE = 4096;
const MIN_FLAT_SIDE = 4;
/** Images of bytes whose brightest values stay below this have a range of their own, such as 0 … 16 or the numbers of masks. */
const DARK = 64;
/** Number of images by which the range of the values and the order of flat ones are told. */
export const SAMPLED = 32;

/** Positions spread evenly over `count`, because the first of many may be alike. */
export function spread(count: number): number[] {
  const sampled = Math.min(SAMPLED, count);
  return Array.from({ length: sampled }, (_, i) => Math.floor((i * count) / sampled));
}

/** A square, grey, RGB or RGBA; null for any other number of values. */
export function flatShape(count: number): FlatShape | null {
  for (const channels of CHANNELS) {
    const side = Math.sqrt(count / channels);
    if (Number.isInteger(side) && side >= MIN_FLAT_SIDE && side <= MAX_SIDE)
      return { width: side, height: side, channels };
  }
  return null;
}

/** [N, H, W], [N, H, W, C], [N, C, H, W], and flat [N, H·W·C] of square images; null for anything else. */
export function shapeOf({ kind, shape }: Pick<NpyHeader, 'kind' | 'shape'>): ArrayShape | FlatShape | null {
  if (kind === 'U' || kind === 'S') return null;
  const [, a = 0, b = 0, c = 0] = shape;
  const made = (height: number, width: number, channels: number, planar = false): ArrayShape | null =>
    height >= 1 && width >= 1 && height <= MAX_SIDE && width <= MAX_SIDE && height * width > 4
      ? { width, height, channels, planar }
      : null;
  if (shape.length === 4 && CHANNELS.includes(c)) return made(a, b, c);
  if (shape.length === 4 && CHANNELS.includes(a)) return made(b, c, a, true);
  if (shape.length === 3) return made(a, b, 1);
  return shape.length === 2 ? flatShape(a) : null;
}

/**
 * Whether the colours of flat images come as planes. The row below lies a row of one plane further on then, and a row of all colours otherwise; what lies
 * below a pixel resembles it most.
 */
function isPlanar(samples: readonly ArrayLike<number>[], { width, channels }: FlatShape): boolean {
  const differences = (stride: number): number => {
    let [sum, count] = [0, 0];
    for (const values of samples) {
      for (let i = stride; i < values.length; i++) {
        const difference = Math.abs(values[i] - values[i - stride]);
        if (Number.isFinite(difference)) sum += difference;
        count++;
      }
    }
    return count === 0 ? 0 : sum / count;
  };
  return channels > 1 && differences(width) < differences(width * channels);
}

/** byte = value · factor + shift */
export interface Scale {
  readonly factor: number;
  readonly shift: number;
}

interface ChosenScale {
  readonly scale: Scale;
  /** The range of the values, where it was stretched; null: it is a usual one. */
  readonly stretched: { readonly low: number; readonly high: number } | null;
  /** All values are equal, so nothing is told of their range. */
  readonly isBlank: boolean;
}

/** @param samples values of some images. @returns the scale of the usual range that contains them and that they fill; otherwise their own range is stretched */
export function byteScale(samples: readonly ArrayLike<number>[]): ChosenScale {
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      const value = sample[i];
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const isBlank = low >= high;
  const known = (factor: number, shift: number) => ({ scale: { factor, shift }, stretched: null, isBlank });
  if (isBlank) return known(1, 0);
  if (low >= 0 && high <= 1) return known(255, 0);
  if (low >= -1 && high <= 1) return known(127.5, 127.5);
  if (low >= 0 && high >= DARK && high <= 255) return known(1, 0);
  if (low >= 0 && high < DARK) low = 0;
  const factor = 255 / (high - low);
  return { scale: { factor, shift: -low * factor }, stretched: { low, high }, isBlank };
}

/** What is told of images by the values of some. */
export interface ToldPixels extends ChosenScale {
  readonly shape: ArrayShape;
  /** Whether they are rows of numbers, so that the order of their colours was told. */
  readonly isFlat: boolean;
}

/** @param found what the array's shape says @param samples values of some images, [images] in the order of the array */
export function tellPixels(found: ArrayShape | FlatShape, samples: readonly ArrayLike<number>[]): ToldPixels {
  const isFlat = !('planar' in found);
  const shape = isFlat ? { ...found, planar: isPlanar(samples, found) } : found;
  return { shape, isFlat, ...byteScale(samples) };
}

/** What the user should know of it, because it may have been told wrong. */
export function pixelNotes(path: string, { shape, isFlat, stretched }: ToldPixels): Problem[] {
  return [
    ...(stretched ? [warning(path, FORMAT_WORDS.stretched(path, stretched.low, stretched.high))] : []),
    ...(isFlat && shape.channels > 1 ? [warning(path, FORMAT_WORDS.flatColours(path, shape.planar))] : []),
  ];
}

/** @param values one image in the order of the array. @returns [height, width, channels]; NaN becomes black */
export function toPixels(values: ArrayLike<number>, shape: ArrayShape, { factor, shift }: Scale): RawImage {
  const { width, height, channels, planar } = shape;
  const plane = width * height;
  const data = new Uint8ClampedArray(plane * channels);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < channels; c++)
      data[i * channels + c] = values[planar ? c * plane + i : i * channels + c] * factor + shift;
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}
