/** The setup shared by all suites: Emoji-CLIP, real images of a bundled task, LoRA of rank 4 on q, k, v, o. */
import { initialAdapter } from '../src/copra/lora-init.ts';
import type { AdapterLayout } from '../src/core/adapter-layout.ts';
import type { Task } from '../src/data/task.ts';
import { ADAMW, type Engine, type Objective, type TrainBatch, type Trainer } from '../src/engine/engine.ts';
import type { LoadedBackbone } from '../src/model/load-backbone.ts';
import type { ArmConfig, StudyConfig } from '../src/study/config/config.ts';
import { createBatchPainter, createBatchSource, type DrawnBatch, type Patchified } from '../src/study/run/images.ts';
import { concatFloats } from '../src/core/concat-floats.ts';
import { planPopulations, type PlannedPopulation } from '../src/study/run/training/populations.ts';
import { defaultArm } from '../src/study/config/default-arm.ts';
import { full } from '../src/study/presets/full.ts';

export const BATCH = 32;
export const LEARNING_RATE = 1e-3;

export interface Fixture {
  readonly model: LoadedBackbone;
  readonly task: Task;
  readonly objective: Objective;
}

const arm = (method: ArmConfig['method']): ArmConfig => ({
  ...defaultArm(method, method, method),
  projections: ['q', 'k', 'v', 'o'],
});

/** A study with these methods and seeds that forms one population. */
export function studyConfig(methods: readonly ArmConfig['method'][], seeds: readonly number[]): StudyConfig {
  const { config } = full;
  return { ...config, arms: methods.map(arm), seeds: [...seeds], training: { ...config.training, batchSize: BATCH } };
}

export function planPopulation({ model, task }: Fixture, config: StudyConfig): PlannedPopulation {
  const [plan] = planPopulations(config, model, task);
  return plan;
}

/** An adapter with an effect in every layer: all values are random, including B. */
export function filledAdapter(layout: AdapterLayout, seed: number): Float32Array {
  const adapter = initialAdapter(layout, seed);
  layout.pairs.forEach(({ bOffset, outFeatures }) => {
    for (let i = 0; i < outFeatures * layout.rank; i++) adapter[bOffset + i] = 0.02 * Math.sin(i + seed + bOffset);
  });
  return adapter;
}

/** A trainer for some runs of a population, opened as in the study runner. */
export function openTrainer(
  engine: Engine,
  { objective }: Fixture,
  plan: PlannedPopulation,
  runs = plan.runs,
  weightDecay = plan.weightDecay,
): Trainer {
  return engine.createTrainer({
    objective,
    layout: plan.layout,
    scale: plan.scale,
    optimizer: { ...ADAMW, weightDecay },
    initial: runs.map(({ seed }) => initialAdapter(plan.layout, seed)),
    inputDropout: runs.map(() => 0),
    dropoutSeeds: runs.map(({ seed }) => seed),
  });
}

/** A drawn batch with its patches as prepared by the host. */
export interface PreparedBatch extends Patchified {
  readonly drawn: DrawnBatch;
}

/** Batches of one seed, prepared in advance so that decoding and augmentation are not timed. */
export function drawBatches(
  { task, model }: Pick<Fixture, 'task' | 'model'>,
  training: StudyConfig['training'],
  seed: number,
  count: number,
): PreparedBatch[] {
  const source = createBatchSource(task, training, seed);
  const paint = createBatchPainter(task, model);
  return Array.from({ length: count }, (_, step) => {
    const drawn = source(step);
    return { ...paint(drawn), drawn };
  });
}

/** The batch of a step: one source per distinct seed, and the gates of every run. */
export function trainBatch(
  runs: readonly { readonly seed: number }[],
  gates: readonly Uint8Array[],
  batchOfSeed: ReadonlyMap<number, Patchified>,
): TrainBatch {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const batches = seeds.map((seed) => {
    const batch = batchOfSeed.get(seed);
    if (!batch) throw new Error(`No batch was drawn for seed ${seed}.`);
    return batch;
  });
  return {
    patches: concatFloats(batches.map(({ patches }) => patches)),
    labels: Int32Array.from(batches.flatMap(({ labels }) => [...labels])),
    sourceOfRun: runs.map(({ seed }) => seeds.indexOf(seed)),
    gates: Uint8Array.from(gates.flatMap((of) => [...of])),
    learningRates: new Float32Array(runs.length).fill(LEARNING_RATE),
  };
}
