import { binomialStandardError } from '../core/statistics.ts';

/** Far below what one image more or less makes: a difference within it is none. */
const ROUNDING = 1e-12;

/**
 * Retained gain: (value − base) / (full − base), what pruning or merging keeps of what fine-tuning gained.
 * @param base accuracy without any adapter; @param full accuracy of the whole adapter
 * @returns null when fine-tuning gained nothing (full ≤ base): there is no gain to keep a share of
 */
export function retainedGain(value: number, base: number, full: number): number | null {
  const gain = full - base;
  return gain > ROUNDING ? (value - base) / gain : null;
}

/**
 * The sampling error of a gain full − base, as if both were measured on images of their own. Measured on the same images, as here, they err together, so that the
 * error is smaller: this is on the safe side.
 */
export const gainError = (base: number, full: number, images: number): number =>
  Math.hypot(binomialStandardError(base, images), binomialStandardError(full, images));

/**
 * retainedGain where the gain is more than its own sampling error. A share of less is noise divided by noise.
 * @param images test images behind all three accuracies
 * @returns null when fine-tuning gained too little to say
 */
export function clearRetainedGain(value: number, base: number, full: number, images: number): number | null {
  return full - base > gainError(base, full, images) ? retainedGain(value, base, full) : null;
}
