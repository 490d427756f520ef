/** Peers of the engine in the WebGPU suite: stock TensorFlow.js, tuned TensorFlow.js, and jax-js; and the check that their first steps agree. */
import type { StepContender } from './engine-contender.ts';
import { LEARNING_RATE } from './fixture.ts';
import { createGradientSwitch } from './gradient-tuning.ts';
import { createJaxTrainer } from './jax-training.ts';
import { createPlainTrainer } from '../src/engine/plain/plain-training.ts';
import type { StepProblem } from './step-problem.ts';

/** Stock or tuned TensorFlow.js; its backend must be selected. */
export function createTfjsContender(name: string, problem: StepProblem, tuned: boolean): StepContender {
  const { backbone, objective, layout, scale, initial, batches } = problem;
  const trainer = createPlainTrainer(backbone, objective, layout, scale, initial[0], LEARNING_RATE);
  const useTunedGradients = createGradientSwitch();
  return {
    ...trainer,
    name,
    runs: 1,
    step(index) {
      const { patches, labels } = batches[0][index % batches[0].length];
      useTunedGradients(tuned);
      const loss = trainer.step(patches, labels); // the tape has run when this returns
      useTunedGradients(false);
      return loss;
    },
  };
}

/** jax-js must have been started. */
export function createJaxContender(name: string, problem: StepProblem): StepContender {
  const { backbone, objective, layout, scale, initial, batches } = problem;
  const trainer = createJaxTrainer(backbone, objective, layout, scale, initial[0], LEARNING_RATE);
  return {
    ...trainer,
    name,
    runs: 1,
    step(index) {
      const { patches, labels } = batches[0][index % batches[0].length];
      return trainer.step(patches, labels);
    },
  };
}

export interface FirstStep {
  readonly loss: number;
  readonly gradient: Float32Array;
}

export async function firstStep(contender: StepContender): Promise<FirstStep> {
  return { loss: await contender.step(0), gradient: await contender.firstGradient() };
}

const LOSS_TOLERANCE = 1e-4;
const GRADIENT_TOLERANCE = 1e-3;

/** Relative deviations from the reference values. */
export interface Deviation {
  readonly loss: number;
  /** ‖g − g_reference‖ / ‖g_reference‖. */
  readonly gradient: number;
}

const length = (vector: Float32Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

/** @throws Error naming the contender whose first loss or gradient differs from the reference. */
export function checkFirstStep(name: string, { loss, gradient }: FirstStep, reference: FirstStep): Deviation {
  const deviation = {
    loss: Math.abs(loss - reference.loss) / Math.abs(reference.loss),
    gradient: length(gradient.map((value, at) => value - reference.gradient[at])) / length(reference.gradient),
  };
  if (deviation.loss <= LOSS_TOLERANCE && deviation.gradient <= GRADIENT_TOLERANCE) return deviation;
  throw new Error(
    `The first step of "${name}" is not that of the engine: loss ${loss} against ${reference.loss}, and the gradient differs by ` +
      `${deviation.gradient} of its norm.`,
  );
}
