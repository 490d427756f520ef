/** The local steps of one round: all participating clients train as one population. */
import type { StudyContext } from '../../run/context.ts';
import type { ArmConfig } from '../../config/config.ts';
import { fitted } from '../../run/memory.ts';
import { plannedRun, type PlannedPopulation } from '../../run/training/populations.ts';
import { concatFloats } from '../../../core/concat-floats.ts';
import { populationInputs } from '../../run/training/population-inputs.ts';
import { mostInFlight, StepsInFlight } from '../../run/training/steps-in-flight.ts';
import { trainerSpec } from '../../run/training/trainer-spec.ts';
import { clientSeed, roundSeed, type Federation } from './clients.ts';
import type { FederatedSettings } from './settings.ts';

/** An arm as every client trains it. */
export interface FederatedArm extends Pick<PlannedPopulation, 'layout' | 'scale' | 'weightDecay'> {
  readonly arm: ArmConfig;
}

export interface LocalRound {
  readonly round: number;
  /** Participating clients. */
  readonly clients: readonly number[];
  /** The adapter they start from. */
  readonly start: Float32Array;
  readonly frozenA: boolean;
  readonly seed: number;
}

/**
 * The clients' adapters after their local steps, in the order of `clients`. The optimizer restarts; learning rate, gates, dropout rates and image order follow
 * the step counted over all rounds.
 * @param onStep called when a step starts and when a pause begins
 */
export async function trainClients(
  {
    config,
    engine,
    objective,
    task,
    memoryBytes,
    checkpoint,
  }: Pick<StudyContext, 'config' | 'engine' | 'objective' | 'task' | 'memoryBytes' | 'checkpoint'>,
  { rounds, localSteps }: FederatedSettings,
  { arm, layout, scale, weightDecay }: FederatedArm,
  { batches }: Pick<Federation, 'batches'>,
  { clients, start, frozenA, seed, round }: LocalRound,
  onStep: (done: number, pausing: boolean) => void,
): Promise<Float32Array[]> {
  const training = { ...config.training, steps: rounds * localSteps };
  const runs = clients.map((client) => plannedRun(arm, layout, training.steps, clientSeed(seed, client)));
  const spec = {
    ...trainerSpec(objective, { layout, scale, weightDecay, trainings: runs }),
    initial: clients.map(() => start),
    // A trainer counts its steps from 0; its masks must differ from those of the previous round.
    dropoutSeeds: runs.map((run) => roundSeed(run.seed, round)),
    frozenA,
  };
  const room = { chosenBytes: memoryBytes, task };
  const trainer = engine.createTrainer(fitted(engine, spec, runs, training.batchSize, room).spec);
  const flight = new StepsInFlight(mostInFlight(engine.info), () => engine.bringResults());
  try {
    for (let at = 0; at < localSteps; at++) {
      await checkpoint(async () => {
        await flight.settle();
        onStep(at, true);
      });
      const step = round * localSteps + at;
      const images = clients.flatMap((client) => batches[client]?.(step) ?? []);
      const batch = {
        ...populationInputs(runs, step, training).batch,
        patches: concatFloats(images.map(({ patches }) => patches)),
        labels: Int32Array.from(images.flatMap(({ labels }) => [...labels])),
        sourceOfRun: clients.map((_, i) => i),
      };
      await flight.add(async (readsLater) => void (await trainer.step(batch, readsLater)));
      onStep(at + 1, false);
    }
    await flight.settle();
    return await trainer.adapters();
  } finally {
    await flight.settle().catch(() => {}); // the first failure is the one to report
    trainer.dispose();
  }
}
