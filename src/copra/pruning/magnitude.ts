/** Finds the smallest entries of a vector in magnitude: exact, in linear time, with ties broken by position. */

/** The bits of |x| as an unsigned integer: for float32 they have the same order as the magnitudes. */
const magnitudeBits = (values: Float32Array) => {
  const bits = new Uint32Array(values.length);
  new Float32Array(bits.buffer).set(values);
  for (let i = 0; i < bits.length; i++) bits[i] &= 0x7fffffff;
  return bits;
};

/** Index of the bin in which the `rank`-th (0-based) entry lies, and how many entries the bins before it hold. */
function binOfRank(histogram: Uint32Array, rank: number): { bin: number; before: number } {
  let before = 0;
  let bin = 0;
  while (before + histogram[bin] <= rank) before += histogram[bin++];
  return { bin, before };
}

/**
 * A copy of `values` in which the `count` smallest entries in magnitude are 0. Among equal magnitudes, later entries are removed first. The
 * `count`-th magnitude is found by a radix selection over the float bits: two histograms of 2^16 bins.
 * @param count entries to zero, clamped to 0 … length
 */
export function zeroSmallest(values: Float32Array, count: number): Float32Array {
  const pruned = values.slice();
  if (count <= 0) return pruned;
  if (count >= values.length) return pruned.fill(0);
  const bits = magnitudeBits(values);
  const high = new Uint32Array(65536);
  for (let i = 0; i < bits.length; i++) high[bits[i] >>> 16]++;
  const upper = binOfRank(high, count - 1);
  const low = new Uint32Array(65536);
  for (let i = 0; i < bits.length; i++) if (bits[i] >>> 16 === upper.bin) low[bits[i] & 0xffff]++;
  const lower = binOfRank(low, count - 1 - upper.before);
  const threshold = upper.bin * 65536 + lower.bin;
  let ties = count - upper.before - lower.before;
  for (let i = values.length - 1; i >= 0; i--) {
    if (bits[i] < threshold) pruned[i] = 0;
    else if (bits[i] === threshold && ties > 0) {
      pruned[i] = 0;
      ties--;
    }
  }
  return pruned;
}
