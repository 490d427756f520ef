/** Runs as results name them: by arm and seed. */
import type { ArmConfig } from '../config/config.ts';
import type { OfRun } from './result-part.ts';

export interface NamedRun {
  readonly arm: ArmConfig;
  readonly seed: number;
}

export const namesOf = (runs: readonly NamedRun[]): OfRun[] => runs.map(({ arm, seed }) => ({ arm: arm.id, seed }));

/** The entry of a run among entries of runs, of each of which there is one; absent: there are none. */
export const runOf = <T extends OfRun>(entries: readonly T[] | undefined, arm: string, seed: number): T | undefined =>
  entries?.find((entry) => entry.arm === arm && entry.seed === seed);

export const isSameRun = (a: OfRun, b: OfRun): boolean => a.arm === b.arm && a.seed === b.seed;

/** Whether an entry is of a run. */
export const isOf = (entry: OfRun, { arm, seed }: NamedRun): boolean => entry.arm === arm.id && entry.seed === seed;

/** Whether an entry is of two runs of its arm, in either direction. */
export const isPairOf = (
  { arm, seeds: [a, b] }: { readonly arm: string; readonly seeds: readonly [number, number] },
  [first, second]: readonly [NamedRun, NamedRun],
): boolean =>
  arm === first.arm.id && ((a === first.seed && b === second.seed) || (a === second.seed && b === first.seed));

/** The same runs in the same order. */
export const sameRuns = (first: readonly OfRun[], second: readonly OfRun[]): boolean =>
  first.length === second.length && first.every((run, i) => isSameRun(run, second[i]));
