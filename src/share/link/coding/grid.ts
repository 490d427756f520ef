/** Numbers as whole multiples of 1, 2 or 5 times a power of ten, so that they read back as short decimals. */

const SMALLEST = -12;
const MANTISSAS = [1, 2, 5];
/** 1e-12, 2e-12, 5e-12, 1e-11 … 5e38: beyond float32. */
export const GRIDS = 3 * (38 - SMALLEST + 1);

/** Most steps that the numbers of a group may span. */
export const MAX_SPAN = 65535;
/** Whole numbers up to this are exact in float64, with room to spare. */
const MAX_MULTIPLE = 2 ** 50;

const mantissa = (grid: number): number => MANTISSAS[grid % 3];
const exponent = (grid: number): number => SMALLEST + Math.floor(grid / 3);

/** The steps of the grids, each exactly as its decimal notation. */
const STEPS = Array.from({ length: GRIDS }, (_, grid) => Number(`${mantissa(grid)}e${exponent(grid)}`));

export const stepOf = (grid: number): number => STEPS[grid];

export const toGrid = (value: number, grid: number): number => Math.round(value / STEPS[grid]);
export const fromGrid = (multiple: number, grid: number): number =>
  Number(`${multiple * mantissa(grid)}e${exponent(grid)}`);

export const onGrid = (value: number, grid: number): boolean =>
  Math.abs(value - fromGrid(toGrid(value, grid), grid)) <= 1e-9 * STEPS[grid];

/**
 * The grid with at least this many levels between the smallest and largest number, or a coarser one if all numbers already lie on it. Null if no grid can hold
 * them.
 */
export function chooseGrid(values: readonly number[], levels: number): number | null {
  let [lowest, highest, largest] = [Infinity, -Infinity, 0];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
    largest = Math.max(largest, Math.abs(value));
  }
  const wanted = Math.max((highest - lowest) / levels, (highest - lowest) / MAX_SPAN, largest / MAX_MULTIPLE);
  let finest = 0;
  while (finest + 1 < GRIDS && STEPS[finest + 1] <= wanted) finest++;
  if (!(STEPS[finest] * MAX_MULTIPLE >= largest && STEPS[finest] * MAX_SPAN >= highest - lowest)) finest++;
  if (finest >= GRIDS) return null;
  // Try one finer: numbers that were rounded once span slightly less than before.
  for (let grid = coarsest(largest); grid >= Math.max(0, finest - 1); grid--)
    if (values.every((value) => onGrid(value, grid)) && STEPS[grid] * MAX_SPAN >= highest - lowest) return grid;
  return finest;
}

function coarsest(largest: number): number {
  let grid = GRIDS - 1;
  while (grid > 0 && STEPS[grid] > largest) grid--;
  return grid;
}
