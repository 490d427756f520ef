/** Work done and work left, in image passes and in linear algebra between them: the basis of the estimated time. */
import { MERGING } from './analyses/merging/defaults.ts';
import { MAX_POINTS } from './analyses/geometry/most-points.ts';
import { DEFAULT_SNAPSHOTS } from './snapshots.ts';
import { mergeSeconds } from './analyses/merging/merge-work.ts';
import { MERGES, type Merge } from './analyses/merging/merges.ts';
import type { StudyConfig } from './config.ts';
import type { StudyPhase } from './events.ts';
import { mergeMethod } from '../copra/merging/methods.ts';
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { blockEvaluationsExact } from '../copra/shapley/coalitions.ts';
import { coalitionCount, estimatorFor } from './analyses/shapley/players.ts';

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
  /** Seeds that are federated. */
  readonly federatedSeeds: number;
  /** Further tasks that the runs are trained on, and tasks merged; 0 without. */
  readonly otherTasks: number;
  readonly tasks: number;
  /** Groups of runs that are merged, or span a plane, and the runs of each. */
  readonly groups: number;
  readonly groupRuns: number;
  /** Of the largest adapters. */
  readonly layout: AdapterLayout;
  readonly testImages: number;
  readonly trainImages: number;
  readonly validationImages: number;
}

export interface Work {
  /** Images that go through the backbone once. */
  readonly passes: number;
  /** Seconds that an ordinary laptop takes for the linear algebra between passes. */
  readonly algebra: number;
}

/** In the order in which the phases run. */
export type StudyWork = Readonly<Record<Exclude<StudyPhase, 'prepare'>, Work>>;

const passes = (count: number): Work => ({ passes: count, algebra: 0 });
const sum = (works: readonly Work[]): Work =>
  works.reduce((a, b) => ({ passes: a.passes + b.passes, algebra: a.algebra + b.algebra }), passes(0));
const times = (factor: number, work: Work): Work => ({ passes: factor * work.passes, algebra: factor * work.algebra });

/** Training runs on one task, side by side or one after the other. */
export const trainingWork = ({ training }: Pick<StudyConfig, 'training'>, runs: number): Work =>
  passes(runs * training.steps * training.batchSize * TRAINING_PASSES);

export interface MergeSizes {
  /** λ that are tried. */
  readonly scales: number;
  readonly layout: AdapterLayout;
  /** Adapters that become one. */
  readonly runs: number;
  readonly testImages: number;
  readonly validationImages: number;
}

/** One way of merging: λ is chosen on validation images, and task arithmetic is tested at every λ. */
export function mergeWork(merge: Merge, { scales, layout, runs, testImages, validationImages }: MergeSizes): Work {
  const chosen = mergeMethod(merge.method).scaled ? scales * validationImages : 0;
  const swept = merge.method === 'task-arithmetic' ? scales * testImages : 0;
  return { passes: chosen + testImages + swept, algebra: mergeSeconds(merge, layout, runs) };
}

/** All ways of merging a group. */
const mergesWork = (sizes: MergeSizes): Work => sum(MERGES.map((merge) => mergeWork(merge, sizes)));

/** Products of vectors of all pairs of `points` adapters. */
export function distancesWork({ rank, pairs }: AdapterLayout, points: number): Work {
  const perPair = pairs.reduce((total, { inFeatures, outFeatures }) => total + inFeatures + outFeatures, 0);
  return { passes: 0, algebra: 2e-9 * rank * rank * perPair * ((points * (points + 1)) / 2) };
}

/** Image passes of a federation; its server's algebra is not counted. */
function federatedPasses(
  { analyses: { federated }, arms, training }: StudyConfig,
  seeds: number,
  testImages: number,
): number {
  if (!federated?.enabled) return 0;
  const { rules, rounds, localSteps, clients, participation } = federated;
  const courses = seeds * arms.length * new Set(rules).size;
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
    groupRuns,
    layout,
    otherTasks,
    tasks,
    testImages,
    trainImages,
    validationImages,
  } = sizes;
  const { analyses } = config;
  const { landscape, plane, geometry, shapley, pruning, merging } = analyses;
  const shapleyPasses =
    estimatorFor(shapley, players) === 'exact'
      ? blockEvaluationsExact(players) / Math.max(1, players)
      : coalitionCount(shapley, players) * 0.5;
  const adapters = analysed * (trained > 0 && shapley.evolution ? 3 : 1);
  const { scales } = merging ?? MERGING;
  const points = Math.min(
    MAX_POINTS,
    config.arms.length * config.seeds.length * (trained > 0 ? (analyses.snapshots ?? DEFAULT_SNAPSHOTS) : 1),
  );
  const ofTasks = {
    scales: scales.length,
    layout,
    runs: tasks,
    testImages: tasks * testImages,
    validationImages: tasks * validationImages,
  };
  const work: Record<keyof StudyWork, number | Work> = {
    train: trainingWork(config, trained),
    test: (runs + 1) * testImages,
    landscape: landscape.enabled
      ? pairs *
        landscapeCurves(landscape) *
        landscape.points *
        (testImages + Math.min(landscape.trainImages ?? 0, trainImages))
      : 0,
    plane: plane?.enabled ? groups * plane.grid ** 2 * testImages : 0,
    geometry: geometry?.enabled ? distancesWork(layout, points) : 0,
    shapley: shapley.enabled ? adapters * Math.min(shapley.images, testImages) * shapleyPasses : 0,
    pruning: pruning.enabled ? runs * testImages * (20 + pruning.sparsities.length * pruning.scopes.length) : 0,
    merging: merging?.enabled
      ? times(
          groups,
          sum([
            passes(groupRuns * testImages),
            mergesWork({ scales: scales.length, layout, runs: groupRuns, testImages, validationImages }),
          ]),
        )
      : 0,
    federated: federatedPasses(config, sizes.federatedSeeds, testImages),
    multitask:
      tasks > 0
        ? times(
            trained,
            sum([trainingWork(config, otherTasks), passes(tasks * ofTasks.testImages), mergesWork(ofTasks)]),
          )
        : 0,
  };
  const entries = Object.entries(work).map(([phase, amount]) => [
    phase,
    typeof amount === 'number' ? passes(amount) : amount,
  ]);
  return Object.fromEntries(entries) as StudyWork;
}

/** Passes per second before any was measured. */
const ASSUMED_RATE = 1000;

/**
 * Keeps the time of a study. Passes left cost what passes cost so far, algebra what it was assumed to, or so many times that as it turned
 * out to; the phase under way more and more what its own speed says. `now` is injected: seconds.
 */
export class StudyClock {
  private readonly start: number;
  private readonly total: Work;
  private phase: keyof StudyWork = 'train';
  private share = 0;
  /** Seconds when the phase began. */
  private began = 0;
  /** Seconds at the last advance. */
  private last = 0;
  private pausedFor = 0;
  /** Algebra that was measured: as assumed, and in seconds. */
  private assumed = 0;
  private measured = 0;

  constructor(
    private readonly work: StudyWork,
    private readonly now: () => number,
    /** Seconds that went into the study before it was interrupted. */
    spent = 0,
  ) {
    this.start = now() - spent;
    this.total = sum(Object.values(work));
  }

  /** Sets the share of a phase that is done; phases run in the order of StudyWork. */
  advance(phase: keyof StudyWork, share: number): void {
    if (phase !== this.phase) this.began = this.last;
    this.phase = phase;
    this.share = share;
    this.last = this.seconds;
  }

  /** Tells what a piece of algebra took. @param assumed its Work.algebra */
  tookAlgebra(assumed: number, seconds: number): void {
    this.assumed += assumed;
    this.measured += seconds;
  }

  /** Seconds that work will take at the speeds seen so far. */
  cost({ passes: count, algebra }: Work): number {
    const { passes: done } = this.done;
    const perPass = done > 0 ? Math.max(0, this.seconds - this.measured) / done : 1 / ASSUMED_RATE;
    return count * perPass + algebra * (this.assumed > 0 ? this.measured / this.assumed : 1);
  }

  private get done(): Work {
    const phases = Object.keys(this.work) as (keyof StudyWork)[];
    const before = phases.slice(0, phases.indexOf(this.phase)).map((phase) => this.work[phase]);
    return sum([...before, times(this.share, this.work[this.phase])]);
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

  /** Null until two per cent of the passes are done. */
  get remainingSeconds(): number | null {
    const { done, total, share } = this;
    if (done.passes < 0.02 * total.passes) return null;
    const left = { passes: total.passes - done.passes, algebra: Math.max(0, total.algebra - done.algebra) };
    const ofPhase = this.cost(times(1 - share, this.work[this.phase]));
    const later = Math.max(0, this.cost(left) - ofPhase);
    const bySpeed = share > 0 ? ((this.seconds - this.began) * (1 - share)) / share : ofPhase;
    return later + share * bySpeed + (1 - share) * ofPhase;
  }
}
