/** Adapters kept during training: for trajectories, for the evolution of Shapley values, and for measures along training. */
import type { StudyConfig } from '../../config/config.ts';
import type { PlannedPopulation } from './populations.ts';
import { SHARED_SETTINGS } from '../../config/settings/shared.ts';
import { STUDY_NOTICES } from '../words.ts';

/** Bytes of all snapshots of a study together. They stay in memory until its end and are not part of a checkpoint. */
export const SNAPSHOT_BYTES = 256 * 2 ** 20;

/** Number of adapters to keep of every run. */
const wantedSnapshots = ({ analyses }: StudyConfig): number => analyses.snapshots ?? SHARED_SETTINGS.snapshots.usual;

/** Number of adapters of every run that are known when all are kept that its analyses ask for, the trained one included. */
export const knownAdapters = (config: StudyConfig): number => planSnapshots(config, 0).steps.length + 1;

/** Steps at which Shapley values are analysed besides the last: the ends of the first and second third. */
export function evolutionSteps({ training, analyses }: StudyConfig): number[] {
  if (!analyses.shapley.enabled || analyses.shapley.evolution !== true) return [];
  return between(training.steps, [1 / 3, 2 / 3]);
}

/** Equally spaced steps from 0 on, without the last one, whose adapter is kept anyway. */
function trajectorySteps({ training, analyses }: StudyConfig, count: number): number[] {
  if (!analyses.plane?.enabled && !analyses.geometry?.enabled) return [];
  const shares = Array.from({ length: count - 1 }, (_, i) => i / (count - 1));
  return [0, ...between(training.steps, shares)];
}

/**
 * Steps whose adapters are tested along training, without the last, whose adapter is kept anyway: T (i / n)². They lie close together early, where little
 * training changes much, and are still no further apart than 2 T / n at the end.
 * @param count n, with the last
 */
export function timelineSteps({ training, analyses }: StudyConfig, count: number): number[] {
  if (!analyses.timeline?.enabled) return [];
  const shares = Array.from({ length: count - 1 }, (_, i) => ((i + 1) / count) ** 2);
  return between(training.steps, shares);
}

/** At most so many of a list, spread over it; its last stays. */
function thinned<T>(list: readonly T[], most: number): T[] {
  const stride = Math.max(1, Math.ceil(list.length / Math.max(1, most)));
  return list.filter((_, i) => (list.length - 1 - i) % stride === 0);
}

/** Steps at these shares of the training, without duplicates and without both ends. */
function between(steps: number, shares: readonly number[]): number[] {
  const rounded = shares.map((share) => Math.round(share * steps));
  return [...new Set(rounded)].filter((step) => step > 0 && step < steps);
}

export interface SnapshotPlan {
  /** Ascending. */
  readonly steps: readonly number[];
  /** Snapshots of a trajectory including its trained adapter; fewer than requested if memory would not hold them. */
  readonly perRun: number;
  /** How many of the adapters to test along training are not kept, for want of memory. */
  readonly untested: number;
}

/** @param bytes of one snapshot of all runs */
export function planSnapshots(config: StudyConfig, bytes: number): SnapshotPlan {
  const wanted = wantedSnapshots(config);
  const affordable = Math.max(2, Math.floor(SNAPSHOT_BYTES / bytes));
  const perRun = Math.min(wanted, affordable);
  const followed = [...trajectorySteps(config, perRun), ...evolutionSteps(config)];
  const tested = timelineSteps(config, config.analyses.timeline?.steps ?? 0);
  // The trained adapters take one place.
  const kept = thinned(tested, affordable - 1 - followed.length);
  const steps = new Set([...followed, ...kept]);
  return { steps: [...steps].sort((a, b) => a - b), perRun, untested: tested.length - kept.length };
}

interface NoticedStudy {
  readonly config: StudyConfig;
  readonly emit: (notice: { readonly type: 'notice'; readonly message: string }) => void;
}

/** The steps whose adapters are kept. Reports when there are fewer than requested. */
export function snapshotSteps({ config, emit }: NoticedStudy, plans: readonly PlannedPopulation[]): readonly number[] {
  const bytes = 4 * plans.reduce((sum, { layout, trainings }) => sum + layout.size * trainings.length, 0);
  const { steps, perRun, untested } = planSnapshots(config, bytes);
  const wanted = wantedSnapshots(config);
  if (perRun < wanted && trajectorySteps(config, wanted).length > 0)
    emit({
      type: 'notice',
      message: STUDY_NOTICES.fewerKept(perRun, wanted, SNAPSHOT_BYTES / 2 ** 20),
    });
  if (untested > 0)
    emit({
      type: 'notice',
      message: STUDY_NOTICES.fewerTested(untested, SNAPSHOT_BYTES / 2 ** 20),
    });
  return steps;
}
