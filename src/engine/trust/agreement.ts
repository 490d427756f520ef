/** Largest accepted deviation of a device from the float64 reference. */
import type { EngineInfo } from '../engine.ts';
import { HALF_ROUNDING, type Precision } from '../precision.ts';

/** The rounding of float32 at the widths of published models, with a margin; wrong kernels deviate by far more. */
export const TOLERANCE = 1e-3;

/**
 * Of gradients. In half precision a device rounds what a step keeps of its MLPs, and the reference does not: in the shapes of ViT-B/32 a factor was 1.7 · 10⁻³ away.
 */
export const gradientTolerance = (precision: Precision): number =>
  precision === 'f16' ? TOLERANCE + 8 * HALF_ROUNDING : TOLERANCE;

/** Largest difference, relative to the largest expected value; infinite where a value is not a number, or missing. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  let scale = Number.MIN_VALUE;
  let error = 0;
  expected.forEach((value, i) => {
    const difference = Math.abs(actual[i] - value);
    scale = Math.max(scale, Math.abs(value));
    error = Number.isNaN(difference) ? Infinity : Math.max(error, difference);
  });
  return error / scale;
}

/** How often a device is asked the same. Some drivers of graphics cards are wrong now and then only; what computes on the processor is not. */
const repetitionsOn = ({ gpu, software }: Pick<EngineInfo, 'gpu' | 'software'>): number => (gpu && !software ? 3 : 1);

/** Asks a device again, as often as its kind wants. @returns whether every answer has the bits of the first */
export async function repeats(
  info: Pick<EngineInfo, 'gpu' | 'software'>,
  first: readonly Float32Array[],
  ask: () => Promise<readonly Float32Array[]>,
): Promise<boolean> {
  for (let time = 1; time < repetitionsOn(info); time++) {
    const again = await ask();
    if (!first.every((part, i) => haveSameBits(part, again[i]))) return false;
  }
  return true;
}

/** Whether two answers are equal bit for bit. */
export function haveSameBits(a: Float32Array, b: Float32Array): boolean {
  const [left, right] = [a, b].map(({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length));
  return left.length === right.length && left.every((word, i) => word === right[i]);
}
