/** Adapters that are kept on the way through training: for trajectories, and for the evolution of Shapley values. */
import type { StudyConfig } from '../config/config.ts';

/** Snapshots of a run where the configuration says nothing: its beginning, its end and five between them. */
export const DEFAULT_SNAPSHOTS = 7;
/** All snapshots of a study together. They stay in memory until its end and are no part of a checkpoint. */
export const SNAPSHOT_BYTES = 256 * 2 ** 20;

/** Steps after which Shapley values are analysed besides the last: the ends of the first and second third. */
export function evolutionSteps({ training, analyses }: StudyConfig): number[] {
  if (!analyses.shapley.enabled || analyses.shapley.evolution !== true) return [];
  return between(training.steps, [1 / 3, 2 / 3]);
}

/** Equally spaced steps from 0 on, without the last one: the trained adapter is kept anyway. */
export function trajectorySteps({ training, analyses }: StudyConfig, count: number): number[] {
  if (!analyses.plane?.enabled && !analyses.geometry?.enabled) return [];
  const shares = Array.from({ length: count - 1 }, (_, i) => i / (count - 1));
  return [0, ...between(training.steps, shares)];
}

/** Steps at these shares of the training, each once, without its two ends. */
function between(steps: number, shares: readonly number[]): number[] {
  const rounded = shares.map((share) => Math.round(share * steps));
  return [...new Set(rounded)].filter((step) => step > 0 && step < steps);
}

export interface SnapshotPlan {
  /** Rising. */
  readonly steps: readonly number[];
  /** Snapshots of a run including its trained adapter; fewer than asked for where memory would not hold them. */
  readonly perRun: number;
}

/** @param bytes of one snapshot of all runs */
export function planSnapshots(config: StudyConfig, bytes: number): SnapshotPlan {
  const wanted = config.analyses.snapshots ?? DEFAULT_SNAPSHOTS;
  const affordable = Math.max(2, Math.floor(SNAPSHOT_BYTES / bytes));
  const perRun = Math.min(wanted, affordable);
  const steps = new Set([...trajectorySteps(config, perRun), ...evolutionSteps(config)]);
  return { steps: [...steps].sort((a, b) => a - b), perRun };
}
