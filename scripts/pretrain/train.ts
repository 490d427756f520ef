/** A pretraining run: batches, learning rate, progress, checkpoints and periodic evaluation. */
import { stream } from '../../src/core/rng.ts';
import type { AtlasIndex } from '../../src/data/bundled/atlas.ts';
import { createContrastiveTrainer } from './all-weights/contrastive-trainer.ts';
import { initialClip, type ClipShape } from './all-weights/initial-clip.ts';
import type { TrainableDevice } from './all-weights/trainable-device.ts';
import type { ClipBackbone } from '../../src/model/backbone.ts';
import { createBatches } from './batches.ts';
import type { Pictures } from './pictures.ts';
import { measureQuality, type Inputs, type Quality } from './quality.ts';
import { learningRate, type Recipe } from './recipe.ts';
import { loadState, saveState } from './saved-state.ts';

/** Measured fastest with the caches of ordinary machines; other sizes give equal results up to rounding. */
const SIZES = { imagesPerChunk: 64, textBuckets: 6 };

export interface TrainOptions {
  readonly shape: ClipShape;
  readonly recipe: Recipe;
  readonly seed: number;
  /** Folder of the saved state; an unfinished run found there is resumed. */
  readonly folder: string;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
  /** Epochs between two evaluations; 0 = none. */
  readonly evaluateEvery: number;
  /** Stops after this many steps in total; a later call resumes. */
  readonly stopAfter?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: TrainProgress) => void;
  readonly onQuality?: (epoch: number, quality: Quality) => void;
}

export interface TrainProgress {
  /** Steps done. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly logitScale: number;
  readonly imagesPerSecond: number;
  /** Remaining time, in seconds. */
  readonly remaining: number;
}

export interface TrainResult {
  readonly weights: ClipBackbone;
  readonly step: number;
  readonly finished: boolean;
  /** Time spent over all calls. */
  readonly seconds: number;
}

/** @throws Error when the folder contains the state of another run, or when training diverges */
export async function train<T>(
  device: TrainableDevice<T>,
  index: AtlasIndex,
  pictures: Pictures,
  inputs: Inputs,
  options: TrainOptions,
): Promise<TrainResult> {
  const { shape, recipe, seed, folder, checkpointEvery, evaluateEvery, stopAfter, signal } = options;
  const batches = createBatches(index, pictures, inputs, recipe, seed);
  const steps = batches.stepsPerEpoch * recipe.epochs;
  const trainer = createContrastiveTrainer(device, initialClip(shape, stream(seed, 'pretrain')), {
    optimizer: recipe.optimizer,
    gradientClip: recipe.gradientClip,
    sizes: SIZES,
  });
  const run = JSON.stringify({ shape, recipe, seed, device: device.info.device, build: index.build });
  const saved = loadState(folder, run);
  if (saved) trainer.restore(saved.state);
  const last = Math.min(steps, stopAfter ?? steps);
  const first = saved?.state.step ?? 0;
  const before = saved?.seconds ?? 0;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;

  let step = first;
  for (; step < last && !signal?.aborted;) {
    const result = await trainer.step(batches.batch(step), learningRate(recipe, step, steps));
    step++;
    const perStep = seconds() / (step - first);
    options.onStep?.({
      ...result,
      step,
      steps,
      epoch: step / batches.stepsPerEpoch,
      imagesPerSecond: recipe.batch / perStep,
      remaining: (last - step) * perStep,
    });
    if (step % checkpointEvery === 0) await saveState(folder, run, await trainer.save(), before + seconds());
    if (evaluateEvery > 0 && step < steps && step % (evaluateEvery * batches.stepsPerEpoch) === 0)
      options.onQuality?.(step / batches.stepsPerEpoch, await measureQuality(device, trainer.backbone, index, inputs));
  }
  await saveState(folder, run, await trainer.save(), before + seconds());
  const weights = await trainer.weights();
  trainer.dispose();
  return { weights, step, finished: step === steps, seconds: before + seconds() };
}
