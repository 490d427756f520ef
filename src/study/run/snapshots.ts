/** Adapters kept during training: for trajectories, and for the evolution of Shapley values. */
import type { StudyConfig } from '../config/config.ts';
import { SHARED_SETTINGS } from '../config/settings/shared.ts';

/** Bytes of all snapshots of a study together. They stay in memory until its end and are not part of a checkpoint. */
export const SNAPSHOT_BYTES = 256 * 2 ** 20;

/** Number of adapters to keep of every run. */
export const wantedSnapshots = ({ analyses }: StudyConfig): number =>
  analyses.snapshots ?? SHARED_SETTINGS.snapshots.usual;

/** Steps at which Shapley values are analysed besides the last: the ends of the first and second third. */
export function evolutionSteps({ training, analyses }: StudyConfig): number[] {
  if (!analyses.shapley.enabled || analyses.shapley.evolution !== true) return [];
  return between(training.steps, [1 / 3, 2 / 3]);
}

/** Equally spaced steps from 0 on, without the last one, whose adapter is kept anyway. */
export function trajectorySteps({ training, analyses }: StudyConfig, count: number): number[] {
  if (!analyses.plane?.enabled && !analyses.geometry?.enabled) return [];
  const shares = Array.from({ length: count - 1 }, (_, i) => i / (count - 1));
  return [0, ...between(training.steps, shares)];
}

/** Steps at these shares of the training, without duplicates and without both ends. */
function between(steps: number, shares: readonly number[]): number[] {
  const rounded = shares.map((share) => Math.round(share * steps));
  return [...new Set(rounded)].filter((step) => step > 0 && step < steps);
}

export interface SnapshotPlan {
  /** Ascending. */
  readonly steps: readonly number[];
  /** Snapshots of a run including its trained adapter; fewer than requested if memory would not hold them. */
  readonly perRun: number;
}

/** @param bytes of one snapshot of all runs */
export function planSnapshots(config: StudyConfig, bytes: number): SnapshotPlan {
  const wanted = wantedSnapshots(config);
  const affordable = Math.max(2, Math.floor(SNAPSHOT_BYTES / bytes));
  const perRun = Math.min(wanted, affordable);
  const steps = new Set([...trajectorySteps(config, perRun), ...evolutionSteps(config)]);
  return { steps: [...steps].sort((a, b) => a - b), perRun };
}
