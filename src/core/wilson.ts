/** The 95 % interval of a share of n independent things (Wilson 1927): it stays within [0, 1] and is no point where all or none count. */

const Z = 1.959963984540054;

/**
 * @param share of n; a mean over several looks at the same things may lie between whole numbers
 * @returns [low, high]; [0, 1] for no things
 */
export function wilsonInterval(share: number, n: number): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const square = Z * Z;
  const centre = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
