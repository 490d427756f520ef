/** Which images are right without one layer. */
import { bytesFromBase64, bytesToBase64, packBits, unpackBits } from '../../../platform/bits.ts';
import type { ShapleyResult } from './result.ts';

const WHAT = 'A list of answers without one layer';

const rowBytes = (images: number): number => Math.ceil(images / 8);

/** @param rows [rows][images] of 0 and 1 */
export function packRows(rows: readonly (readonly number[])[]): string {
  const bytes = rows.flatMap((row) => [...bytesFromBase64(packBits(row), WHAT)]);
  return bytesToBase64(Uint8Array.from(bytes));
}

/**
 * [images] each: 1 where the answer is right, without one layer and with all. Null where it is not kept.
 * @param player index among the run's players
 */
export function rightWithout(
  { players, images, withoutOne }: ShapleyResult,
  player: number,
): { readonly without: Uint8Array; readonly full: Uint8Array } | null {
  if (withoutOne === undefined) return null;
  try {
    const bytes = bytesFromBase64(withoutOne, WHAT);
    const row = (index: number): Uint8Array =>
      unpackBits(bytesToBase64(bytes.subarray(index * rowBytes(images), (index + 1) * rowBytes(images))), images, WHAT);
    return { without: row(player), full: row(players.length) };
  } catch {
    return null; // Damaged lists count as absent.
  }
}
