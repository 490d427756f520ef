/** Runs one of this project's engines on the shared training problem. */
import { allGates } from '../src/core/adapter-layout.ts';
import { ADAMW, type Engine, type Objective, type TrainBatch } from '../src/engine/engine.ts';
import { measuredSpec } from '../src/engine/measure/measured-training.ts';
import { packAugmentations } from '../src/study/run/images.ts';
import { concatFloats } from '../src/core/concat-floats.ts';
import { LEARNING_RATE, type PreparedBatch } from './fixture.ts';
import type { StepProblem } from './step-problem.ts';

export interface StepContender {
  readonly name: string;
  /** Number of runs trained per step. */
  readonly runs: number;
  /** One step on the batches of `index`; resolves to the first run's loss before the step. All commands are recorded when the call returns. */
  step(index: number): Promise<number>;
  /** Flat gradient of the first run in its first step; call it after that step. */
  firstGradient(): Promise<Float32Array>;
  dispose(): void;
}

export interface EngineContender extends StepContender {
  /** As `step`, with a new combination of gates. */
  stepOfNewGates(index: number): Promise<unknown>;
  /** So many steps whose results are read at once. */
  stepsTogether(count: number): Promise<unknown>;
  /** Compiles what steps will run, as a study does while its images are prepared. */
  warmUp(): Promise<void>;
}

type EngineProblem = Omit<StepProblem, 'objective'> & { readonly objective: Objective };

/** Trains all runs of the problem as one population. The engine must have loaded the backbone. */
export function createEngineContender(name: string, engine: Engine, problem: EngineProblem): EngineContender {
  const { layout, initial, batches, pixels } = problem;
  const runs = initial.length;
  const spec = measuredSpec(problem);
  const trainer = engine.createTrainer(spec);
  const held = engine.trainingImages(pixels);
  const patchesOf = (of: readonly PreparedBatch[]): TrainBatch['patches'] => {
    if (!held) return concatFloats(of.map(({ patches }) => patches));
    const augmentations = of.flatMap(({ drawn }) => drawn.augmentations ?? []);
    return {
      images: held,
      index: Int32Array.from(of.flatMap(({ drawn }) => [...drawn.index])),
      augmentation: augmentations.length > 0 ? packAugmentations(augmentations) : null,
    };
  };
  const inputs = batches[0].map((_, index): TrainBatch => ({
    patches: patchesOf(batches.map((of) => of[index])),
    labels: Int32Array.from(batches.flatMap((of) => [...of[index].labels])),
    sourceOfRun: initial.map((_, run) => run),
    gates: Uint8Array.from(initial.flatMap(() => [...allGates(layout)])),
    learningRates: new Float32Array(runs).fill(LEARNING_RATE),
  }));
  let combinations = 0;
  return {
    name,
    runs,
    async step(index) {
      const { loss } = await trainer.step(inputs[index % inputs.length]);
      return loss[0];
    },
    stepOfNewGates(index) {
      const batch = inputs[index % inputs.length];
      const gates = batch.gates.slice();
      const [gate, round] = [combinations % gates.length, Math.floor(combinations / gates.length)];
      gates[gate] = 0;
      if (round > 0) gates[(gate + round) % gates.length] = 0; // a combination that comes again is repeated
      combinations++;
      return trainer.step({ ...batch, gates });
    },
    stepsTogether: (count) =>
      Promise.all(Array.from({ length: count }, (_, i) => trainer.step(inputs[i % inputs.length], i < count - 1))),
    warmUp: () => engine.warmUp({ spec, batchSize: problem.batch, examples: [{}] }, () => undefined),
    async firstGradient() {
      const { step, firstMoments } = await trainer.save();
      if (step !== 1) throw new Error(`The first gradient is known after the first step only, not after ${step}.`);
      return firstMoments[0].map((moment) => moment / (1 - ADAMW.beta1));
    },
    dispose: () => {
      trainer.dispose();
      held?.dispose();
    },
  };
}
