/** IEEE 754 binary16 ("half") ↔ binary32. */

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);
let decodeTable: Float32Array | null = null;

/** Value of one half: sign, 5 exponent bits (bias 15), 10 fraction bits. */
function decodeOne(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Halves (as their bits) → floats, exactly. All 65,536 values are tabulated at the first call (256 KiB). */
export function decodeFloat16(bits: Uint16Array): Float32Array {
  if (!decodeTable) decodeTable = Float32Array.from({ length: 65536 }, (_, i) => decodeOne(i));
  const table = decodeTable;
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = table[bits[i]];
  return out;
}

function encodeOne(value: number): number {
  scratch[0] = value;
  const bits = scratchBits[0];
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65520 is halfway to the next power of two: rounds to infinity
  if (magnitude < 0x38800000) {
    // Subnormal half: in [0.5, 1) a float's last bit is 2^-24, the subnormal's unit, so adding 0.5 rounds to it (ties to even).
    scratch[0] = Math.abs(scratch[0]) + 0.5;
    return sign | (scratchBits[0] - 0x3f000000);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1); // ties to even
  return sign | ((rounded - 0x38000000) >>> 13);
}

/** Floats → bits of the nearest half, ties to even; overflow gives infinity, every NaN the quiet NaN. */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = encodeOne(values[i]);
  return out;
}
