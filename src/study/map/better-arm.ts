/** Which arm a cell of a map finds better. */
import { clearSide } from '../../copra/seed-differences.ts';
import type { Measure } from '../result/measures/measure.ts';
import { intervalOf, type CellDifference } from './map-result.ts';

/** 1 where the other arm is clearly better, −1 where the baseline is, 0 where the 95 % interval contains 0; null from too few seeds. */
export function betterArm(
  difference: CellDifference,
  { lowerIsBetter }: Pick<Measure, 'lowerIsBetter'>,
): -1 | 0 | 1 | null {
  const side = clearSide(intervalOf(difference));
  if (side === null || side === 0) return side;
  return side > 0 === lowerIsBetter ? -1 : 1;
}
