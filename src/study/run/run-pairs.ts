/** Pairs of runs that differ in their seed. */
import { pairsOf } from '../../core/pairs.ts';
import type { ArmConfig } from '../config/config.ts';
import type { TrainedRun } from './context.ts';

/** Two runs of one layout and scale. */
export type RunPair = readonly [TrainedRun, TrainedRun];

/** Every pair of seeds of every arm, arm by arm. */
export function pairsOfSeeds(arms: readonly ArmConfig[], runs: readonly TrainedRun[]): RunPair[][] {
  return arms.map((arm) => pairsOf(runs.filter((run) => run.arm.id === arm.id)));
}
