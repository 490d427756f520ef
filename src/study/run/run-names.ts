/** Runs as results name them: by arm and seed. */
import type { TrainedRun } from './context.ts';
import type { OfRun } from '../result/result-part.ts';

export type NamedRun = Pick<TrainedRun, 'arm' | 'seed'>;

export const namesOf = (runs: readonly NamedRun[]): OfRun[] => runs.map(({ arm, seed }) => ({ arm: arm.id, seed }));

export const isSameRun = (a: OfRun, b: OfRun): boolean => a.arm === b.arm && a.seed === b.seed;

/** The same runs in the same order. */
export const sameRuns = (first: readonly OfRun[], second: readonly OfRun[]): boolean =>
  first.length === second.length && first.every((run, i) => isSameRun(run, second[i]));
