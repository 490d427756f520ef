/** Trains runs: opens their populations side by side on the device, and gives it back. */
import { checkFits } from '../../checkpoint/checkpoint.ts';
import type { StudyContext, TrainedRun } from '../context.ts';
import { trainingPixels } from '../images.ts';
import { openPopulation, type LivePopulation } from './live-population.ts';
import type { FittedTraining } from '../memory.ts';
import type { PlannedPopulation } from './populations.ts';
import { takingsOf } from './taking.ts';
import { TrainingLoop } from './training-loop.ts';

/**
 * Trains the runs and measures their test accuracy; diverged runs are left out.
 * @param fitted the trainings of the plans, as the memory allows
 * @param snapshots steps at which adapters are copied
 * @throws StudyCheckpointError when the checkpoint at which the study goes on is not of these plans
 * @throws StudyStopped when the study is stopped
 */
export async function trainRuns(
  context: StudyContext,
  plans: readonly PlannedPopulation[],
  fitted: readonly FittedTraining[],
  snapshots: readonly number[],
): Promise<TrainedRun[]> {
  const { config, engine, task, model } = context;
  const seeds = [...new Set(plans.flatMap(({ runs }) => runs.map(({ seed }) => seed)))];
  if (context.resume) checkFits(context.resume, plans);
  const takings = takingsOf(config, plans);
  const held = engine.trainingImages(trainingPixels(task, model));
  const populations: LivePopulation[] = [];
  try {
    // The last may find no memory beside the others, which must not stay then.
    for (const [p, plan] of plans.entries())
      populations.push(openPopulation(context, plan, fitted[p].spec, seeds, snapshots, takings[p]));
    return await new TrainingLoop(context, { populations, fitted, seeds, snapshots, held }).run();
  } finally {
    populations.forEach(({ trainer }) => trainer.dispose());
    held?.dispose();
  }
}
