/** A population in training: its trainer, its runs, and what is kept of them. */
import type { Trainer, TrainerSpec } from '../../../engine/engine.ts';
import type { PopulationState } from '../../checkpoint/checkpoint.ts';
import type { StudyContext } from '../context.ts';
import { LiveRun } from './live-run.ts';
import type { PlannedPopulation } from './populations.ts';
import type { ImagesOf } from './step-images.ts';
import { populationInputs } from './population-inputs.ts';
import type { StepsInFlight } from './steps-in-flight.ts';
import type { Taking } from './taking.ts';

export interface LivePopulation {
  readonly plan: PlannedPopulation;
  readonly trainer: Trainer;
  readonly runs: readonly LiveRun[];
  /** The trainings' seeds as indices among the trained seeds, without duplicates: the batches that this population sees. */
  readonly sources: readonly number[];
  /** For every training, which of `sources` it sees. */
  readonly sourceOfRun: readonly number[];
  /** Per run, which of its adapters stands for it. */
  readonly takings: readonly Taking[];
  /** Adapters of all trainings at earlier steps. */
  readonly snapshots: { readonly step: number; readonly adapters: readonly Float32Array[] }[];
}

export function openPopulation(
  context: StudyContext,
  plan: PlannedPopulation,
  spec: TrainerSpec,
  trained: readonly number[],
  steps: readonly number[],
  takings: readonly Taking[],
): LivePopulation {
  const { engine } = context;
  const seeds = plan.trainings.map((run) => trained.indexOf(run.seed));
  const sources = [...new Set(seeds)].sort((a, b) => a - b);
  return {
    plan,
    trainer: engine.createTrainer(spec),
    runs: plan.runs.map((run) => new LiveRun(run, context, plan.layout.players.length)),
    sources,
    sourceOfRun: seeds.map((seed) => sources.indexOf(seed)),
    takings,
    snapshots: steps.includes(0) ? [{ step: 0, adapters: spec.initial }] : [],
  };
}

/** Whether no run is left to train. */
export const haveDiverged = (populations: readonly LivePopulation[]): boolean =>
  populations.every(({ runs }) => runs.every(({ hasDiverged }) => hasDiverged));

/** Trains a population for a step. @param readsLater whether its results may come with those of a later step @returns what its runs keep of the step, once it is called */
export async function stepPopulation(
  context: StudyContext,
  population: LivePopulation,
  imagesOf: ImagesOf,
  step: number,
  readsLater: boolean,
): Promise<() => void> {
  const { training } = context.config;
  const { plan, trainer, runs, sources, sourceOfRun } = population;
  const { gates, batch } = populationInputs(plan.trainings, step, training);
  const result = await trainer.step({ ...batch, ...imagesOf(sources), sourceOfRun }, readsLater);
  return () =>
    runs.forEach((run, i) => {
      const training = plan.trainingOf[i];
      run.record(result.loss[training], gates[training].players);
    });
}

/** Lets every run keep its adapter of this step, if it wants it. */
export async function keepAdapters(
  flight: StepsInFlight,
  populations: readonly LivePopulation[],
  done: number,
): Promise<void> {
  for (const { plan, trainer, runs, takings } of populations) {
    if (!takings.some(({ steps }) => steps.has(done))) continue;
    if (takings.some(({ readsLoss }) => readsLoss)) await flight.settle();
    const adapters = await trainer.adapters();
    takings.forEach((taking, i) => {
      if (taking.steps.has(done)) taking.keep(done, adapters[plan.trainingOf[i]], runs[i].curve);
    });
  }
}

/** Keeps a copy of all adapters of this step. */
export async function keepSnapshots(populations: readonly LivePopulation[], done: number): Promise<void> {
  for (const { trainer, snapshots } of populations) snapshots.push({ step: done, adapters: await trainer.adapters() });
}

export async function savePopulation({ trainer, runs, takings }: LivePopulation): Promise<PopulationState> {
  const kept = takings.map((taking) => taking.kept);
  return {
    trainer: await trainer.save(),
    runs: runs.map((run, i) => ({
      ...run.save(),
      ...(kept[i].steps.length > 0 && { keptSteps: [...kept[i].steps] }),
    })),
    kept: kept.map(({ adapters }) => adapters),
  };
}

/** Restores the checkpoint, if there is one. Returns the first step to run. */
export function restorePopulations({ resume }: StudyContext, populations: readonly LivePopulation[]): number {
  if (!resume) return 0;
  populations.forEach(({ trainer, runs, takings }, p) => {
    trainer.restore(resume.trainers[p]);
    runs.forEach((run, r) => {
      const state = resume.head.runs[p][r];
      run.restore(state);
      takings[r].restore({ steps: state.keptSteps ?? [], adapters: resume.kept?.[p][r] ?? [] });
    });
  });
  return resume.head.step;
}
