/**
 * AdamW with the skip rule (method.md 1.7): a tensor that is inactive in a step is skipped whole — no decay, no moment update, no step
 * count — so every tensor counts its own steps, as torch.optim.AdamW does for parameters without a gradient.
 */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { AdamWOptions } from '../engine.ts';
import type { Device, OptimizerSegment } from '../device.ts';

/** One segment per pair (A and B switch together), and one for the head. */
export function optimizerSegments(layout: AdapterLayout): OptimizerSegment[] {
  const segments = layout.pairs.map(({ aOffset, bOffset, outFeatures }) => ({
    offset: aOffset,
    length: bOffset + outFeatures * layout.rank - aOffset,
  }));
  if (layout.head) {
    const { weightOffset } = layout.head;
    segments.push({ offset: weightOffset, length: layout.size - weightOffset });
  }
  return segments;
}

/**
 * Advances the step counts of the active segments and returns their coefficients, [runs, segments, 4] =
 * (active, learning rate, 1/(1−β1ⁿ), 1/(1−β2ⁿ)).
 */
export function adamwCoefficients(
  counts: readonly Int32Array[],
  isActive: (run: number, segment: number) => boolean,
  learningRates: Float32Array,
  { beta1, beta2 }: AdamWOptions,
): Float32Array {
  const segments = counts[0].length;
  const coefficients = new Float32Array(counts.length * segments * 4);
  counts.forEach((count, run) => {
    for (let segment = 0; segment < segments; segment++) {
      if (!isActive(run, segment)) continue;
      const n = ++count[segment];
      coefficients.set(
        [1, learningRates[run], 1 / (1 - beta1 ** n), 1 / (1 - beta2 ** n)],
        (run * segments + segment) * 4,
      );
    }
  });
  return coefficients;
}

/** Flat parameters with their gradients and moments on a device, [slots, size] each. */
export interface OptimizerTensors<T> {
  readonly params: T;
  readonly gradients: T;
  readonly firstMoments: T;
  readonly secondMoments: T;
}

export function createOptimizerTensors<T>(
  device: Device<T>,
  initial: readonly Float32Array[],
  size: number,
): OptimizerTensors<T> {
  const flat = new Float32Array(initial.length * size);
  initial.forEach((vector, slot) => flat.set(vector, slot * size));
  return {
    params: device.upload(flat, initial.length, size),
    gradients: device.zeros(initial.length, size),
    firstMoments: device.zeros(initial.length, size),
    secondMoments: device.zeros(initial.length, size),
  };
}

export function freeOptimizerTensors<T>(device: Device<T>, tensors: OptimizerTensors<T>): void {
  device.free(tensors.params, tensors.gradients, tensors.firstMoments, tensors.secondMoments);
}

/** Splits [slots, size] into one copy per slot. */
export function splitSlots(flat: Float32Array, slots: number): Float32Array[] {
  const size = flat.length / slots;
  return Array.from({ length: slots }, (_, slot) => flat.slice(slot * size, (slot + 1) * size));
}

export function joinSlots(vectors: readonly Float32Array[]): Float32Array {
  const flat = new Float32Array(vectors.length * vectors[0].length);
  vectors.forEach((vector, slot) => flat.set(vector, slot * vector.length));
  return flat;
}
