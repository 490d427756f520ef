/** The source of a study's runs. */
import { pairCount } from '../../core/pairs.ts';
import type { Engine, KindOfSteps, Objective } from '../../engine/engine.ts';
import { knowsPair } from '../analyses/landscape/part.ts';
import { pairsOfSeeds, type RunPair } from './run-pairs.ts';
import type { RunGroup } from '../analyses/merging/run.ts';
import type { WorkSizes } from './work.ts';
import type { StudyConfig } from '../config/config.ts';
import type { StudyContext, TrainedRun } from './context.ts';
import { newSeeds, type KnownStudy } from '../result/known-study.ts';
import { fittedTogether, type FittedTraining, type MemoryRoom } from './memory.ts';
import type { PlannedPopulation } from './training/populations.ts';
import { populationInputs } from './training/population-inputs.ts';
import { snapshotSteps } from './training/snapshots.ts';
import { trainRuns } from './training/train.ts';
import { runOf } from '../result/run-names.ts';

/** The runs are trained, or exist already. */
export interface RunSource {
  /** One layout and scale per kind of run, known before the runs exist. */
  readonly kinds: readonly Pick<TrainedRun, 'layout' | 'scale'>[];
  readonly work: Pick<WorkSizes, 'trained' | 'runs' | 'pairs' | 'analysed' | 'groups' | 'groupRuns' | 'federatedSeeds'>;
  /** The runs, with their test accuracy measured and reported. @param trainings what `fit` gave */
  runs(context: StudyContext, trainings: readonly FittedTraining[]): Promise<TrainedRun[]>;
  /** What is trained, one training per population, cut so that it fits the memory of the device. */
  fit(engine: Engine, objective: Objective, room: Pick<MemoryRoom, 'chosenBytes' | 'task'>): FittedTraining[];
  /** The training steps of `runs`, for which a device prepares. @param trainings what `fit` gave */
  steps(trainings: readonly FittedTraining[]): KindOfSteps[];
  /** Pairs with paths between them, in groups of one layout and scale. */
  pairs(runs: readonly TrainedRun[]): readonly (readonly RunPair[])[];
  /** Groups of runs to merge; up to three of a group span a plane. */
  groups(runs: readonly TrainedRun[]): readonly RunGroup[];
}

/** The runs of a known study, as training would have left them. If a run has several adapters, the first is used. */
const knownRuns = (config: StudyConfig, { result, adapters }: KnownStudy): TrainedRun[] =>
  config.arms.flatMap((arm) =>
    result.config.seeds.flatMap((seed) => {
      const adapter = runOf(adapters, arm.id, seed);
      return adapter ? [{ arm, seed, layout: adapter.layout, scale: adapter.scale, adapter: adapter.values }] : [];
    }),
  );

/**
 * Trains runs, and adds those of a study that is known already.
 * @param plans of the seeds to train; none when all are known
 */
export function trainingSource(
  config: StudyConfig,
  plans: readonly PlannedPopulation[],
  known: KnownStudy | null,
): RunSource {
  const { arms, seeds, analyses } = config;
  const fresh = newSeeds(config, known);
  const had = known ? knownRuns(config, known) : [];
  const unknown = (pair: RunPair): boolean => !known || !knowsPair(known.result, pair);
  const missing = pairsOfSeeds(arms, had).flat().filter(unknown).length;
  const analysed = fresh.filter((seed) => seeds.indexOf(seed) < analyses.shapley.seedsPerArm).length;
  return {
    kinds: plans.length > 0 ? plans : had,
    work: {
      trained: arms.length * fresh.length,
      runs: arms.length * fresh.length,
      pairs: arms.length * (pairCount(seeds.length) - pairCount(seeds.length - fresh.length)) + missing,
      analysed: arms.length * analysed,
      groups: seeds.length > 1 ? arms.length : 0,
      groupRuns: seeds.length,
      federatedSeeds: fresh.filter((seed) => seeds.indexOf(seed) < (analyses.federated?.seeds ?? 0)).length,
    },
    fit: (engine, objective, room) => fittedTogether(engine, objective, plans, config.training.batchSize, room),
    steps(trainings) {
      const { steps, batchSize } = config.training;
      return plans.map((plan, p) => ({
        spec: trainings[p].spec,
        batchSize,
        // Schedules at their start, midway, and after their end.
        examples: [0, Math.floor(steps / 2), steps - 1].map(
          (step) => populationInputs(plan.trainings, step, config.training).batch,
        ),
      }));
    },
    async runs(context, trainings) {
      const trained = plans.length > 0 ? await trainRuns(context, plans, trainings, snapshotSteps(context, plans)) : [];
      if (!known) return trained;
      const all = [...had, ...trained];
      return arms.flatMap(({ id }) =>
        seeds.flatMap((seed) => all.filter((run) => run.arm.id === id && run.seed === seed)),
      );
    },
    pairs: (runs) => pairsOfSeeds(arms, runs),
    groups: (runs) =>
      arms
        .map(({ id }) => ({ arm: id, runs: runs.filter(({ arm }) => arm.id === id) }))
        .filter((group) => group.runs.length > 0),
  };
}
