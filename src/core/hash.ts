/** Counter-based random numbers: the same mask on every device, in any order of evaluation. */

/** 32-bit finaliser (Chris Wellons' lowbias32). */
export function hash32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** 2³² / φ: neighbouring elements of a mask get distant values. */
const STRIDE = 0x9e3779b9;

/** Uniform in [0, 1) with 24 bits, exact in float32: element `index` of the mask with key `key`. */
export function dropoutUniform(key: number, index: number): number {
  return (hash32(key + Math.imul(index, STRIDE)) >>> 8) / 16777216;
}

/** The key of the mask whose element i is element `first` + i of the mask with key `key`. */
export const dropoutKeyBehind = (key: number, first: number): number => (key + Math.imul(first, STRIDE)) >>> 0;
