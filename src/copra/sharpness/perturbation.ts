/** Random perturbations of an adapter of a given size relative to its own factors. */
import { factorRanges, type AdapterLayout } from '../../core/adapter-layout.ts';
import { norm } from '../../core/flat.ts';
import { stream } from '../../core/rng.ts';

/**
 * A direction of standard normal entries, [layout.size]. Equal for all adapters of a layout: arms and seeds are perturbed alike.
 * @param index which of the directions
 */
export function directionOf({ size }: AdapterLayout, index: number): Float32Array {
  const rng = stream(0, 'analysis', index);
  return Float32Array.from({ length: size }, () => rng.normal());
}

/**
 * The adapter θ + δ with ‖δ‖ = radius · ‖θ‖ for every A and every B on its own, along the direction. This does not change when A is multiplied
 * and B divided by a number. Classifier and magnitudes stay as they are.
 * @param adapter and @param direction [layout.size]
 */
export function perturbed(
  layout: AdapterLayout,
  adapter: Float32Array,
  direction: Float32Array,
  radius: number,
): Float32Array {
  const result = adapter.slice();
  for (const { from, to } of factorRanges(layout)) {
    const along = direction.subarray(from, to);
    const step = (radius * norm(adapter.subarray(from, to))) / norm(along);
    for (let i = from; i < to; i++) result[i] += step * direction[i];
  }
  return result;
}
