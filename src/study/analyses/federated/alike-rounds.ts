/**
 * The rounds over which arms are compared in what averaging A and B gets wrong. The error is made of the clients' differences, so clients that move little err
 * little: in the first rounds of a ramp most layers of CopRA do not train, and its clients move a seventh as far as those of LoRA. That says nothing of how well
 * their adapters average. Rounds in which the clients of all arms move about equally far do. What is compared there is the error by their squared distance, as it is
 * of second order: as a share of the update of all rounds so far it would speak for the arm that has learned more.
 */
import { mean } from '../../../core/statistics.ts';
import type { ComparedRuns } from './compared.ts';

/** The arm that moves least moves at least this share of what the one that moves most does. */
const ALIKE = 0.9;

/** The rule whose error is compared. */
export const COMPARED_RULE = 'fedit';

/** Counted from 0. Arms without an error (DoRA) do not count. */
export function alikeRounds({ rounds, runs }: Pick<ComparedRuns, 'rounds' | 'runs'>): number[] {
  const averaged = runs.filter(({ rule, error }) => rule === COMPARED_RULE && error.length > 0);
  const arms = [...new Set(averaged.map(({ arm }) => arm))];
  return Array.from({ length: rounds }, (_, round) => round).filter((round) => {
    const moved = arms.map((arm) => mean(averaged.filter((run) => run.arm === arm).map((run) => run.movement[round])));
    return Math.min(...moved) >= ALIKE * Math.max(...moved);
  });
}
