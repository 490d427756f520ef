/**
 * Codes one bit in either direction. An encoder is given the bit and returns it; a decoder reads it and ignores its argument. Code written in terms of it reads
 * exactly what it writes.
 */
export type CodeBit = (zero: number, bit: 0 | 1) => 0 | 1;

/** A probability in 65,536ths, never 0 or 1, even if rounding gives NaN. */
export const inUnits = (probability: number): number => {
  const units = Math.round(65536 * probability);
  return units >= 1 ? Math.min(65535, units) : 1;
};
