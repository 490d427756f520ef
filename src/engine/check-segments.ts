/** Checks of the arguments of `adamw` and `scaleSegments` that all devices share. */
import type { OptimizerSegment } from './operands.ts';

function checkBounds(name: string, cols: number, segments: readonly OptimizerSegment[]): void {
  for (const { offset, length } of segments)
    if (!(offset >= 0 && length >= 0 && offset + length <= cols))
      throw new RangeError(
        `${name}: segment [${offset}, ${offset + length}) is not within the ${cols} values of a slot.`,
      );
}

/**
 * @param rows slots; @param cols values of a slot
 * @throws Error when coefficients or decay factors do not fit the segments, RangeError when a segment leaves its slot
 */
export function checkAdamw(
  rows: number,
  cols: number,
  segments: readonly OptimizerSegment[],
  coefficients: Float32Array,
  decay: Float32Array,
): void {
  if (coefficients.length !== 4 * rows * segments.length)
    throw new Error(`adamw: ${coefficients.length} coefficients for ${rows} slots × ${segments.length} segments.`);
  if (decay.length !== segments.length)
    throw new Error(`adamw: ${decay.length} decay factors for ${segments.length} segments.`);
  checkBounds('adamw', cols, segments);
}

/**
 * @param rows slots; @param cols values of a slot
 * @throws Error when there is not one factor per slot and segment, RangeError when a segment leaves its slot
 */
export function checkSegments(
  rows: number,
  cols: number,
  segments: readonly OptimizerSegment[],
  factors: Float32Array,
): void {
  if (factors.length !== rows * segments.length)
    throw new Error(`scaleSegments: ${factors.length} factors for ${rows} slots × ${segments.length} segments.`);
  checkBounds('scaleSegments', cols, segments);
}
