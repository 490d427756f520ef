/** Shots: how many training images per class a study gets, and which. */
import { stream } from '../core/rng.ts';

/** Which of its training images a study gets, whatever its seeds are. */
export interface Shots {
  /** Images per class; null: all. */
  readonly shots: number | null;
  /** Another number draws other images; absent: 0. Without effect where all are taken. */
  readonly draw?: number;
}

/** All training images of a task. */
export const ALL_SHOTS: Shots = { shots: null };

const isFrom = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;

/** @throws RangeError when shots is below 1 or draw below 0, or one is not whole; null, which is all images, is fine */
export function checkShots({ shots, draw = 0 }: Shots): void {
  if (shots !== null && !isFrom(shots, 1))
    throw new RangeError(`Shots must be a whole number of at least 1, not ${shots}.`);
  if (!isFrom(draw, 0)) throw new RangeError(`The draw of shots must be a whole number of at least 0, not ${draw}.`);
}

/** So many of the images of a class, in random order: the fewer are the first of the more. All where there are no more. */
export const sampleOf = <T>(ofClass: readonly T[], label: number, { shots, draw = 0 }: Shots): T[] =>
  // All of them have one order, whatever the draw.
  stream(shots === null ? 0 : draw, 'split', label)
    .shuffle([...ofClass])
    .slice(0, shots ?? Infinity);
