/** Pairs of runs that differ in their seed. */
import { seedPairs } from '../../copra/landscape.ts';
import type { ArmConfig } from '../config/config.ts';
import type { TrainedRun } from './context.ts';

/** Two runs of one layout and scale. */
export type RunPair = readonly [TrainedRun, TrainedRun];

/** Every pair of seeds of every arm, arm by arm. */
export function pairsOfSeeds(arms: readonly ArmConfig[], runs: readonly TrainedRun[]): RunPair[][] {
  return arms.map((arm) => {
    const ofArm = runs.filter((run) => run.arm.id === arm.id);
    const bySeed = (seed: number) => ofArm.find((run) => run.seed === seed)!;
    return seedPairs(ofArm.map((run) => run.seed)).map(([a, b]): RunPair => [bySeed(a), bySeed(b)]);
  });
}
