/**
 * Sharpness-aware minimisation (Foret et al. 2021, arXiv 2010.01412): the gradient of a step is taken at w + ρ g / ‖g‖, g being the gradient at w. The length
 * is over all trained values of a run; what is gated off has no gradient and is not moved. Both passes see the same images, gates and dropout masks.
 */
import type { Device } from '../device.ts';
import type { TrainerSpec } from '../engine.ts';
import { factorSegments } from './optimizer.ts';

/** Makes the moved parameters [R, size] from parameters and gradients [R, size]; may spoil the gradients. */
type Perturb<T> = (params: T, gradients: T) => T;

/** Null if no run is moved. */
export function perturbation<T>(
  device: Device<T>,
  { layout, initial, radii, frozenA }: TrainerSpec,
): Perturb<T> | null {
  if (!radii?.some((radius) => radius > 0)) return null;
  const slots = Int32Array.from(initial.keys());
  const whole = [{ offset: 0, length: layout.size }];
  const factors = Float32Array.from(radii);
  const frozen = frozenA ? factorSegments(layout).filter(({ factor }) => factor === 'A') : [];
  const nothing = new Float32Array(initial.length * frozen.length);
  return (params, gradients) => {
    if (frozen.length > 0) device.scaleSegments(gradients, frozen, nothing);
    const { y: direction, norms } = device.normalizeRows(gradients); // [R, size], [R, 1]
    device.scaleSegments(direction, whole, factors);
    const moved = device.gatherRows(params, slots); // [R, size]
    device.addToSlots(direction, moved, 0, slots);
    device.free(direction, norms);
    return moved;
  };
}
