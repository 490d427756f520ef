/**
 * Does some steps of every training again, each run on its own, and measures them. In the study all runs train together, where their times cannot be told
 * apart. What a step costs depends on its gates, not on the weights, so the steps are done from the initial factors. The runs of a seed take turns at every step:
 * whatever else the machine does in the meantime concerns all of them.
 */
import { timedSteps } from '../../../copra/spending/time.ts';
import type { TrainBatch, Trainer } from '../../../engine/engine.ts';
import { reportPhase, type StudyContext } from '../../run/context.ts';
import { trainingPixels } from '../../run/images.ts';
import { fitted } from '../../run/memory.ts';
import { planPopulations, type PlannedPopulation, type PlannedRun } from '../../run/training/populations.ts';
import { imagesOfSteps } from '../../run/training/step-images.ts';
import { populationInputs } from '../../run/training/population-inputs.ts';
import { trainerSpec } from '../../run/training/trainer-spec.ts';
import { found } from '../../result/result-parts.ts';
import { REPEATS, WARM_STEPS } from './settings.ts';
import type { TimingResult } from './result.ts';
import { runOf } from '../../result/run-names.ts';

/** A training, and the runs that are taken of it. */
interface Job {
  readonly plan: PlannedPopulation;
  readonly training: PlannedRun;
  readonly runs: readonly PlannedRun[];
}

interface OpenJob {
  readonly job: Job;
  readonly trainer: Trainer;
}

/** The trainings of a seed of which a run is not known yet. */
function jobsOf({ known }: StudyContext, plans: readonly PlannedPopulation[], seed: number): Job[] {
  const isKnown = ({ arm }: PlannedRun): boolean => runOf(known?.timing, arm.id, seed) !== undefined;
  const jobs = plans.flatMap((plan) =>
    plan.trainings.map((training, place) => ({
      plan,
      training,
      runs: plan.runs.filter((_, run) => plan.trainingOf[run] === place),
    })),
  );
  return jobs.filter(({ training, runs }) => training.seed === seed && !runs.every(isKnown));
}

/**
 * @param steps counted from 1
 * @param onStep awaited before every step of all trainings, with the share that is done
 * @returns [jobs][steps] in seconds, the least of all repetitions
 */
async function timeSteps(
  { config }: StudyContext,
  jobs: readonly OpenJob[],
  steps: readonly number[],
  imagesOf: (step: number) => Pick<TrainBatch, 'patches' | 'labels'>,
  onStep: (share: number) => Promise<void>,
): Promise<number[][]> {
  const least = jobs.map(() => steps.map(() => Infinity));
  const rounds = [
    ...Array.from({ length: WARM_STEPS }, () => ({ place: 0, counts: false })),
    ...steps.flatMap((_, place) => Array.from({ length: REPEATS }, () => ({ place, counts: true }))),
  ];
  for (const [round, { place, counts }] of rounds.entries()) {
    await onStep(round / rounds.length);
    const step = steps[place] - 1;
    const images = imagesOf(step);
    for (const [j, { job, trainer }] of jobs.entries()) {
      const { batch } = populationInputs([job.training], step, config.training);
      const from = performance.now();
      await trainer.step({ ...batch, ...images, sourceOfRun: [0] });
      const seconds = (performance.now() - from) / 1000;
      if (counts) least[j][place] = Math.min(least[j][place], seconds);
    }
  }
  return least;
}

export async function runTiming(context: StudyContext): Promise<void> {
  const { config, engine, model, task, objective, emit } = context;
  const { timing } = config.analyses;
  if (!timing) return;
  const { seeds, arms, training } = config;
  const steps = timedSteps(training.steps, timing.steps);
  const plans = planPopulations(config, model, task);
  const held = engine.trainingImages(trainingPixels(task, model));
  const entries: TimingResult[] = [];
  try {
    const imagesOfStep = imagesOfSteps(context, seeds, held);
    for (const [source, seed] of seeds.entries()) {
      const jobs = jobsOf(context, plans, seed);
      const open: OpenJob[] = [];
      try {
        // The last may find no memory beside the others, which must not stay then.
        for (const job of jobs) {
          const spec = trainerSpec(objective, { ...job.plan, trainings: [job.training] });
          const room = { chosenBytes: context.memoryBytes, task };
          const cut = fitted(engine, spec, [job.training], training.batchSize, room);
          open.push({ job, trainer: engine.createTrainer(cut.spec) });
        }
        const imagesOf = (step: number) => imagesOfStep(step)([source]);
        const times = await timeSteps(context, open, steps, imagesOf, async (share) => {
          await context.checkpoint();
          reportPhase(context, 'timing', (source + share) / seeds.length);
        });
        jobs.forEach(({ runs }, j) =>
          entries.push(...runs.map(({ arm }) => ({ arm: arm.id, seed, steps, seconds: times[j] }))),
        );
      } finally {
        open.forEach(({ trainer }) => trainer.dispose());
      }
    }
  } finally {
    held?.dispose();
  }
  const inOrder = arms.flatMap(({ id }) => entries.filter(({ arm }) => arm === id));
  emit(found('timing', inOrder));
}
