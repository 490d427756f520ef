/** Arrays of numbers → pixels: determines the axes, and the values of black and white. */
import type { NpyHeader } from './npy.ts';
import type { RawImage } from './records.ts';

export interface ArrayShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Channels come first, [channels, height, width]. */
  readonly planar: boolean;
}

const CHANNELS = [1, 3, 4];
const MAX_SIDE = 4096;

/** [N, H, W], [N, H, W, C], [N, C, H, W], and flat [N, H·W·C] of square images; null for anything else. */
export function shapeOf({ kind, shape }: Pick<NpyHeader, 'kind' | 'shape'>): ArrayShape | null {
  if (kind === 'U' || kind === 'S') return null;
  const [, a = 0, b = 0, c = 0] = shape;
  const made = (height: number, width: number, channels: number, planar = false): ArrayShape | null =>
    height >= 1 && width >= 1 && height <= MAX_SIDE && width <= MAX_SIDE && height * width > 4
      ? { width, height, channels, planar }
      : null;
  if (shape.length === 4 && CHANNELS.includes(c)) return made(a, b, c);
  if (shape.length === 4 && CHANNELS.includes(a)) return made(b, c, a, true);
  if (shape.length === 3) return made(a, b, 1);
  if (shape.length !== 2) return null;
  for (const channels of CHANNELS) {
    const side = Math.sqrt(a / channels);
    if (Number.isInteger(side) && side >= 4) return made(side, side, channels, channels === 3);
  }
  return null;
}

/** byte = value · factor + shift */
export interface Scale {
  readonly factor: number;
  readonly shift: number;
}

/** @param samples values of some images. @returns the scale of the usual range that contains them; otherwise their own range is stretched */
export function byteScale(samples: readonly ArrayLike<number>[]): { scale: Scale; stretched: boolean } {
  let [low, high] = [Infinity, -Infinity];
  for (const sample of samples) {
    for (let i = 0; i < sample.length; i++) {
      const value = sample[i];
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const known = (factor: number, shift: number) => ({ scale: { factor, shift }, stretched: false });
  if (low > high) return known(1, 0);
  if (low >= 0 && high <= 1) return known(255, 0);
  if (low >= -1 && high <= 1) return known(127.5, 127.5);
  if (low >= 0 && high <= 255) return known(1, 0);
  const factor = high > low ? 255 / (high - low) : 0;
  return { scale: { factor, shift: -low * factor }, stretched: true };
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
