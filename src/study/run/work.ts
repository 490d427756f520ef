/** Work of a study, in image passes and in linear algebra between them: the basis of the estimated time. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { Task } from '../../data/task.ts';
import type { TowerPlayers } from '../analyses/shapley/players.ts';
import { mean } from '../../core/statistics.ts';
import type { AnalysisId, ArmConfig, StudyConfig } from '../config/config.ts';
import { passesOfStep } from '../config/passes.ts';
import { trainedArms } from '../config/trainings.ts';

export interface WorkSizes {
  /** Runs to train; existing adapters are only evaluated. */
  readonly trained: number;
  readonly runs: number;
  /** Pairs of runs whose landscape is measured. */
  readonly pairs: number;
  /** Runs whose Shapley values are measured. */
  readonly analysed: number;
  /** Most players of each tower, over all runs. */
  readonly players: TowerPlayers;
  /** Number of federated seeds. */
  readonly federatedSeeds: number;
  readonly task: Pick<Task, 'id' | 'classes' | 'others'>;
  /** Number of groups of runs that are merged or span a plane, and the runs of each. */
  readonly groups: number;
  readonly groupRuns: number;
  /** Layout of the largest adapters. */
  readonly layout: AdapterLayout;
  readonly testImages: number;
  readonly trainImages: number;
  readonly validationImages: number;
}

/** In the order in which the phases run. */
export type StudyWork = Readonly<Record<'train' | 'test' | AnalysisId, Work>>;

export interface Work {
  /** Image passes through the backbone. */
  readonly passes: number;
  /** Seconds of linear algebra between passes on an ordinary laptop. */
  readonly algebra: number;
}

export const passes = (count: number): Work => ({ passes: count, algebra: 0 });
export const sum = (works: readonly Work[]): Work =>
  works.reduce((a, b) => ({ passes: a.passes + b.passes, algebra: a.algebra + b.algebra }), passes(0));
export const times = (factor: number, work: Work): Work => ({
  passes: factor * work.passes,
  algebra: factor * work.algebra,
});

/**
 * Image passes of a training step per image, the mean over the arms. A step costs about three evaluations: a forward pass, and a backward pass of twice its
 * work.
 */
export const trainingPasses = (arms: readonly ArmConfig[]): number => 3 * mean(arms.map(passesOfStep));

/** Training runs on one task, side by side or one after the other; runs that are taken of one training count once. */
export function trainingWork({ training, arms }: Pick<StudyConfig, 'training' | 'arms'>, runs: number): Work {
  const trained = trainedArms(arms);
  const trainings = (runs * trained.length) / arms.length;
  return passes(trainings * training.steps * training.batchSize * trainingPasses(trained));
}
