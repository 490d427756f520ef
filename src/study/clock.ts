/** Work done and work left, in image passes: the basis of the estimated time. */
import { MERGING } from './merging-defaults.ts';
import { MERGES } from './merges.ts';
import type { StudyConfig } from './config.ts';
import { MERGE_METHODS } from '../copra/merging/methods.ts';
import { blockEvaluationsExact } from '../copra/shapley/coalitions.ts';
import { coalitionCount, estimatorFor } from './shapley-players.ts';

/** A training step reads an image about three times as long as an evaluation: forward, and a backward of twice its work. */
const TRAINING_PASSES = 3;

export interface WorkSizes {
  /** Runs that are trained; adapters at hand are only evaluated. */
  readonly trained: number;
  readonly runs: number;
  /** Pairs of runs whose landscape is measured. */
  readonly pairs: number;
  /** Runs whose Shapley values are measured. */
  readonly analysed: number;
  readonly players: number;
  /** Further tasks that the runs are trained on, and tasks merged; 0 without. */
  readonly otherTasks: number;
  readonly tasks: number;
  /** Groups of runs that are merged, or span a plane. */
  readonly groups: number;
  readonly testImages: number;
  readonly trainImages: number;
  readonly validationImages: number;
}

export interface StudyWork {
  readonly train: number;
  readonly test: number;
  readonly landscape: number;
  readonly plane: number;
  readonly geometry: number;
  readonly shapley: number;
  readonly pruning: number;
  readonly merging: number;
  readonly federated: number;
  readonly multitask: number;
}

/** Image passes of the merges of one group: λ is chosen on validation images, and task arithmetic is tested at every λ. */
function mergingPasses(scales: number, testImages: number, validationImages: number): number {
  const scaled = MERGE_METHODS.filter((method) => method.scaled).length;
  return (MERGES.length + scales) * testImages + scaled * scales * validationImages;
}

/** Image passes of a federation; its server's algebra is not counted. */
function federatedPasses({ analyses: { federated }, arms, seeds, training }: StudyConfig, testImages: number): number {
  if (!federated?.enabled) return 0;
  const { rules, rounds, localSteps, clients, participation } = federated;
  const courses = Math.min(federated.seeds, seeds.length) * arms.length * new Set(rules).size;
  const taking = Math.max(1, Math.round(participation * clients));
  return courses * rounds * (taking * localSteps * training.batchSize * TRAINING_PASSES + testImages);
}

/** Paths that are measured between two runs. */
export const landscapeCurves = ({ paths, alignments = [] }: StudyConfig['analyses']['landscape']): number =>
  paths.length + (paths.includes('factor') ? new Set(alignments).size : 0);

/** Image passes of every phase of a study. */
export function studyWork(config: StudyConfig, sizes: WorkSizes): StudyWork {
  const {
    trained,
    runs,
    pairs,
    analysed,
    players,
    groups,
    otherTasks,
    tasks,
    testImages,
    trainImages,
    validationImages,
  } = sizes;
  const { training, analyses } = config;
  const { landscape, plane, shapley, pruning, merging } = analyses;
  const shapleyPasses =
    estimatorFor(shapley, players) === 'exact'
      ? blockEvaluationsExact(players) / Math.max(1, players)
      : coalitionCount(shapley, players) * 0.5;
  const adapters = analysed * (trained > 0 && shapley.evolution ? 3 : 1);
  return {
    train: trained * training.steps * training.batchSize * TRAINING_PASSES,
    test: (runs + 1) * testImages,
    landscape: landscape.enabled
      ? pairs *
        landscapeCurves(landscape) *
        landscape.points *
        (testImages + Math.min(landscape.trainImages ?? 0, trainImages))
      : 0,
    plane: plane?.enabled ? groups * plane.grid ** 2 * testImages : 0,
    geometry: 0, // no image is looked at
    shapley: shapley.enabled ? adapters * Math.min(shapley.images, testImages) * shapleyPasses : 0,
    pruning: pruning.enabled ? runs * testImages * (20 + pruning.sparsities.length * pruning.scopes.length) : 0,
    merging: merging?.enabled
      ? runs * testImages + groups * mergingPasses(merging.scales.length, testImages, validationImages)
      : 0,
    federated: federatedPasses(config, testImages),
    multitask:
      trained *
      (otherTasks * training.steps * training.batchSize * TRAINING_PASSES +
        mergingPasses((merging ?? MERGING).scales.length, tasks * testImages, tasks * validationImages)),
  };
}

/** Keeps the time of a study. `now` is injected: seconds. */
export class StudyClock {
  private readonly start: number;
  private readonly total: number;
  private done = 0;
  private pausedFor = 0;

  constructor(
    private readonly work: StudyWork,
    private readonly now: () => number,
    /** Seconds that went into the study before it was interrupted. */
    spent = 0,
  ) {
    this.start = now() - spent;
    this.total = Object.values<number>({ ...work }).reduce((sum, part) => sum + part, 0);
  }

  /** Sets the share of a phase that is done; phases run in the order of StudyWork. */
  advance(phase: keyof StudyWork, share: number): void {
    let before = 0;
    for (const key of Object.keys(this.work) as (keyof StudyWork)[]) {
      if (key === phase) break;
      before += this.work[key];
    }
    this.done = before + share * this.work[phase];
  }

  /** Excludes waiting time (a pause) from the estimate. */
  async excluding<R>(wait: Promise<R>): Promise<R> {
    const from = this.now();
    try {
      return await wait;
    } finally {
      this.pausedFor += this.now() - from;
    }
  }

  get seconds(): number {
    return this.now() - this.start - this.pausedFor;
  }

  /** Training images per second so far; null at the start. */
  rate(images: number): number | null {
    return this.seconds > 0 ? images / this.seconds : null;
  }

  /** Null until two per cent are done. */
  get remainingSeconds(): number | null {
    return this.done < 0.02 * this.total ? null : (this.seconds * (this.total - this.done)) / this.done;
  }
}
