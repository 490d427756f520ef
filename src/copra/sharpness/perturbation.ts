/** Random perturbations of an adapter of a given size relative to its own factors. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';

/**
 * A direction of standard normal entries, [layout.size]. Equal for all adapters of a layout: arms and seeds are perturbed alike.
 * @param index which of the directions
 */
export function directionOf({ size }: AdapterLayout, index: number): Float32Array {
  const rng = stream(0, 'analysis', index);
  return Float32Array.from({ length: size }, () => rng.normal());
}

const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/**
 * The adapter θ + δ with ‖δ‖ = radius · ‖θ‖ for every A and every B on its own, along the direction. This does not change when A is multiplied
 * and B divided by a number. Classifier and magnitudes stay as they are.
 * @param adapter and @param direction [layout.size]
 */
export function perturbed(
  { rank, pairs }: AdapterLayout,
  adapter: Float32Array,
  direction: Float32Array,
  radius: number,
): Float32Array {
  const result = adapter.slice();
  for (const { aOffset, bOffset, inFeatures, outFeatures } of pairs)
    for (const [from, length] of [
      [aOffset, rank * inFeatures],
      [bOffset, rank * outFeatures],
    ]) {
      const along = direction.subarray(from, from + length);
      const step = (radius * norm(adapter.subarray(from, from + length))) / norm(along);
      for (let i = 0; i < length; i++) result[from + i] += step * along[i];
    }
  return result;
}
