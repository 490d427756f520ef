/**
 * The weights of PEFT's add_weighted_adapter, with which its methods work entry by entry on A and B (elementwise.ts). Its "svd" is
 * `bestOfRank` of low-rank.ts, which splits the same update differently between A and B; its "cat" is `stackAdapters`.
 */

/** PEFT's weights of A and B: √|weight · scale| on both, with the sign on A. */
export function peftRoots({ weight, scale }: { readonly weight: number; readonly scale: number }): {
  a: number;
  b: number;
} {
  const total = weight * scale;
  const b = Math.sqrt(Math.abs(total));
  return { a: Math.sign(total) * b, b };
}
