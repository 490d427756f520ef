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
