/**
 * Half precision: weights of frozen linear maps, and what a training step keeps of an MLP for its backward. Weights are rounded once, by the host, and activations by the
 * same rule, so every device that keeps halves computes with the same numbers, whichever way it reads them. Everything else is float32: sums, residual stream,
 * adapters, gradients, optimizer, softmax, norms, loss.
 */
import type { LinearWeights } from '../model/backbone.ts';
import { decodeFloat16, encodeFloat16 } from '../model/float16.ts';

/** How the weights and biases of frozen linear maps are stored, and what a step keeps of its MLPs. */
export type Precision = 'f32' | 'f16';

/** The most by which rounding changes a number, as a share of it: half a unit in the last of eleven binary digits. */
export const HALF_ROUNDING = 2 ** -11;

const EXPONENT = 0x7c00;
const MAGNITUDE = 0x7fff;
const SMALLEST_NORMAL = 0x0400;

/**
 * Bits of the nearest halves. What lies below 2⁻¹⁴ becomes 0 or ±2⁻¹⁴: GPUs may take smaller halves for zeros, and not all do.
 * @throws RangeError when a value is none that a half can hold
 */
export function halfBits(values: Float32Array): Uint16Array {
  const bits = encodeFloat16(values);
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i] & MAGNITUDE;
    if (magnitude >= EXPONENT)
      throw new RangeError(`A weight of ${values[i]} cannot be stored in half precision. Choose full precision.`);
    if (magnitude < SMALLEST_NORMAL)
      bits[i] = magnitude > SMALLEST_NORMAL / 2 ? (bits[i] & 0x8000) | SMALLEST_NORMAL : 0;
  }
  return bits;
}

/** The numbers that halves stand for. @throws RangeError as halfBits */
export const asHalves = (values: Float32Array): Float32Array => decodeFloat16(halfBits(values));

/** A map with the numbers that its halves stand for. @throws RangeError as halfBits */
export const halfLinear = (weights: LinearWeights): LinearWeights => ({
  ...weights,
  weight: asHalves(weights.weight),
  bias: weights.bias && asHalves(weights.bias),
});
