/** Groups captions of similar length: padding to the longest of a batch would double the work of the text tower. */

/** Minimum number of captions per bucket. */
const SMALLEST = 16;

/**
 * Splits captions into at most `most` buckets that minimise the rows computed, captions × longest of the bucket.
 * @param lengths [captions], tokens up to the pooled one
 * @returns the captions of each bucket, shorter buckets first
 */
export function captionBuckets(lengths: readonly number[], most: number): Int32Array[] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a] - lengths[b] || a - b);
  const buckets = [order];
  while (buckets.length < most) {
    let best = { gain: 0, bucket: -1, at: 0 };
    buckets.forEach((bucket, index) => {
      const longest = lengths[bucket[bucket.length - 1]];
      for (let at = SMALLEST; at <= bucket.length - SMALLEST; at++) {
        const gain = at * (longest - lengths[bucket[at - 1]]);
        if (gain > best.gain) best = { gain, bucket: index, at };
      }
    });
    if (best.bucket < 0) break;
    const split = buckets[best.bucket];
    buckets.splice(best.bucket, 1, split.slice(0, best.at), split.slice(best.at));
  }
  return buckets.map((bucket) => Int32Array.from(bucket));
}
