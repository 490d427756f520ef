/** Shots: how many training images per class a study gets, and which. */
import { stream } from '../core/rng.ts';

/** Every study of a task gets the same images, whatever its own seeds are. */
const SEED = 0;

/** @throws RangeError when shots is below 1 or not whole; null, which is all images, is fine */
export function checkShots(shots: number | null): void {
  if (shots !== null && !(Number.isInteger(shots) && shots >= 1))
    throw new RangeError(`Shots must be a whole number of at least 1, not ${shots}.`);
}

/** So many of the images of a class, in random order: the fewer are the first of the more. All where there are no more. */
export const sampleOf = <T>(ofClass: readonly T[], label: number, shots: number): T[] =>
  stream(SEED, 'split', label)
    .shuffle([...ofClass])
    .slice(0, shots);
