/** Which images an evaluation gets right, as bits. */
import { packBits, unpackBits } from '../../platform/bits.ts';

const WHAT = 'A list of answers';

/** Bits of some of the images. @param tested number of images in `bits` @throws RangeError when the text is damaged */
export function bitsAt(bits: string, tested: number, places: readonly number[]): string {
  const all = unpackBits(bits, tested, WHAT);
  return packBits(places.map((place) => all[place]));
}

/** What is kept of the answers of one evaluation. */
interface KeptBits {
  /** Of all tested images. */
  readonly correct?: string;
  /** Of the images at `places`. */
  readonly keptCorrect?: string;
}

/** [places]: 1 where the answer is right. Null where none are kept, or they are damaged. @param places of the kept images among the tested ones */
export function rightAt(
  { correct, keptCorrect }: KeptBits,
  tested: number,
  places: readonly number[],
): Uint8Array | null {
  try {
    if (correct !== undefined) {
      const all = unpackBits(correct, tested, WHAT);
      return Uint8Array.from(places, (place) => all[place]);
    }
    return keptCorrect === undefined ? null : unpackBits(keptCorrect, places.length, WHAT);
  } catch {
    return null; // Same handling as for other damaged lists of answers: they count as absent.
  }
}
