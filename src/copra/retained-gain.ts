import { adjustedError } from '../core/statistics.ts';

/** Differences below this count as zero; it is far below the effect of a single image. */
const ROUNDING = 1e-12;

/**
 * Retained gain: (value − base) / (full − base), the share of the fine-tuning gain that pruning or merging keeps.
 * @param base accuracy without any adapter; @param full accuracy of the whole adapter
 * @returns null when fine-tuning gained nothing (full ≤ base): there is no gain of which to keep a share
 */
export function retainedGain(value: number, base: number, full: number): number | null {
  const gain = full - base;
  return gain > ROUNDING ? (value - base) / gain : null;
}

/**
 * Sampling error of a gain full − base, as if both were measured on different images. Here both use the same images and their errors are
 * correlated, so the true error is smaller and this value is conservative. As Agresti & Caffo (2000) do for differences of shares, each counts two images more, one
 * of them right, or the gain from no right answer to all would have no error, even of one image. They shrink a gain by n/(n + 2), for which this error grows here.
 */
export const gainError = (base: number, full: number, images: number): number =>
  (1 + 2 / images) * Math.hypot(adjustedError(base, images, 2), adjustedError(full, images, 2));

/**
 * retainedGain, if the gain exceeds its own sampling error. Otherwise the share would be noise divided by noise.
 * @param images independent test images behind all three accuracies (core/clusters.ts)
 * @returns null when the gain does not exceed its sampling error
 */
export function clearRetainedGain(value: number, base: number, full: number, images: number): number | null {
  return full - base > gainError(base, full, images) ? retainedGain(value, base, full) : null;
}
