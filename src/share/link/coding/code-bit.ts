/**
 * One bit in either direction: an encoder is told the bit and gives it back, a decoder finds it and ignores what it is told. What is written
 * in terms of it cannot be read in another way than it was written.
 */
export type CodeBit = (zero: number, bit: 0 | 1) => 0 | 1;

/** A probability in 65,536ths, none of them impossible. Also where rounding left no number. */
export const inUnits = (probability: number): number => {
  const units = Math.round(65536 * probability);
  return units >= 1 ? Math.min(65535, units) : 1;
};
