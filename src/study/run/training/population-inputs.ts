/** A population's inputs at a step besides its images. */
import type { StepGates } from '../../../copra/gate-sampler.ts';
import { concatFloats } from '../../../core/concat-floats.ts';
import { learningRateAt } from '../../../copra/learning-rate.ts';
import type { TrainBatch } from '../../../engine/engine.ts';
import { completeArm, type StudyConfig } from '../../config/config.ts';
import type { PlannedRun } from './populations.ts';

/** Factors of all runs, [runs, pairs], if any run has them. */
function branchFactors(gates: readonly StepGates[], pairs: number): { branchFactors?: Float32Array } {
  if (gates.every(({ factors }) => factors === null)) return {};
  return { branchFactors: concatFloats(gates.map(({ factors }) => factors ?? new Float32Array(pairs).fill(1))) };
}

/** However few layers are active, the learning rate is at most so many times that of the schedule. */
const MOST_BY_ACTIVITY = 10;

/** Factor on the learning rate of a run in a step. */
const rateFactor = ({ arm }: PlannedRun, { activity }: StepGates): number =>
  completeArm(arm).rateByActivity ? Math.min(MOST_BY_ACTIVITY, 1 / activity) : 1;

export interface PopulationInputs {
  /** Per run, as drawn. */
  readonly gates: readonly StepGates[];
  readonly batch: Omit<TrainBatch, 'patches' | 'labels' | 'sourceOfRun'>;
}

/** @param training with the `steps` of the whole schedule */
export function populationInputs(
  runs: readonly PlannedRun[],
  step: number,
  training: Pick<StudyConfig['training'], 'steps' | 'learningRateSchedule' | 'warmupSteps'>,
): PopulationInputs {
  const gates = runs.map((run) => run.gates(step));
  return {
    gates,
    batch: {
      gates: Uint8Array.from(gates.flatMap(({ pairs }) => [...pairs])),
      learningRates: Float32Array.from(
        runs,
        (run, i) =>
          rateFactor(run, gates[i]) *
          learningRateAt(step, {
            peak: run.arm.learningRate,
            schedule: training.learningRateSchedule,
            totalSteps: training.steps,
            warmupSteps: training.warmupSteps,
          }),
      ),
      inputDropout: Float32Array.from(runs, (run) => run.inputDropout(step)),
      ...branchFactors(gates, gates[0].pairs.length),
    },
  };
}
