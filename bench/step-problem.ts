/** One training problem, identical for all contenders. */
import { createAdapterLayout, type AdapterLayout, type Projection } from '../src/core/adapter-layout.ts';
import type { Objective, TrainingPixels } from '../src/engine/engine.ts';
import { tinyClip, tinyPrompts, type TinyClipShape } from '../src/engine/tiny-clip.ts';
import { towerShapes, type ClipBackbone } from '../src/model/backbone.ts';
import { trainingPixels } from '../src/study/run/images.ts';
import {
  BATCH,
  drawBatches,
  filledAdapter,
  planPopulation,
  studyConfig,
  type Fixture,
  type PreparedBatch,
} from './fixture.ts';

export interface StepProblem {
  readonly backbone: ClipBackbone;
  readonly objective: Extract<Objective, { kind: 'clip' }>;
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly batch: number;
  /** One per run. Contenders that train one run take the first. */
  readonly initial: readonly Float32Array[];
  /** [runs][steps], reused cyclically when a contender takes more steps. */
  readonly batches: readonly (readonly PreparedBatch[])[];
  /** The images that batches are drawn from. */
  readonly pixels: TrainingPixels;
}

/** Emoji-CLIP with LoRA r = 4 on q, k, v, o: the bundled backbone on images of a bundled task. */
export function emojiClipProblem(fixture: Fixture, runs: number): StepProblem {
  const { model, objective } = fixture;
  if (model.backbone.kind !== 'clip' || objective.kind !== 'clip')
    throw new Error('The benchmark needs a CLIP backbone.');
  const seeds = Array.from({ length: runs }, (_, seed) => seed);
  const config = studyConfig(['lora'], seeds);
  const { layout, scale } = planPopulation(fixture, config);
  return {
    backbone: model.backbone,
    objective,
    layout,
    scale,
    batch: BATCH,
    initial: seeds.map((seed) => filledAdapter(layout, seed)),
    batches: seeds.map((seed) => drawBatches(fixture, config.training, seed, 8)),
    pixels: trainingPixels(fixture.task, model),
  };
}

const CLASSES = 8;

/** A task of noise images at a backbone's input size. */
function noiseFixture(backbone: ClipBackbone, count: number): Pick<Fixture, 'task' | 'model'> {
  const { imageSize } = backbone.vision.config;
  const pixels = Uint8Array.from({ length: count * imageSize ** 2 * 3 }, (_, i) => (i * 2654435761) >>> 24);
  const train = { count, pixels, labels: Int32Array.from({ length: count }, (_, i) => i % CLASSES) };
  const preprocessing = { imageSize, filter: 'bicubic', rescale: 1 / 128, mean: [1, 1, 1], std: [1, 1, 1] };
  // Batches do not need the other parts of a task and a model.
  return { task: { imageSize, train }, model: { backbone, preprocessing } } as unknown as Fixture;
}

interface NoiseOptions {
  readonly rank: number;
  readonly projections: readonly Projection[];
  readonly runs: number;
  readonly batch: number;
  readonly augment: boolean;
}

/** Vision towers of a given shape with random weights, on noise. */
function noiseProblem(shape: TinyClipShape, { rank, projections, runs, batch, augment }: NoiseOptions): StepProblem {
  const backbone = tinyClip(shape);
  const layout = createAdapterLayout(towerShapes(backbone), { rank, towers: ['vision'], projections });
  const fixture = noiseFixture(backbone, batch);
  const seeds = Array.from({ length: runs }, (_, seed) => seed);
  const training = { ...studyConfig(['lora'], [0]).training, batchSize: batch, augment };
  return {
    backbone,
    objective: { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) },
    layout,
    scale: 1,
    batch,
    initial: seeds.map((seed) => filledAdapter(layout, seed)),
    batches: seeds.map((seed) => drawBatches(fixture, training, seed, 1)),
    pixels: trainingPixels(fixture.task, fixture.model),
  };
}

/** CLIP ViT-B/32's vision tower with random weights, with all or some of its 12 layers; LoRA r = 2 on q, k, v. */
export function vitB32Problem(layers: number, batch = 8): StepProblem {
  const shape = { layers, width: 768, heads: 12, imageSize: 224, patchSize: 32 };
  return noiseProblem(shape, { rank: 2, projections: ['q', 'k', 'v'], runs: 1, batch, augment: false });
}

/** The host-side equivalent of emojiClipProblem without files: the shapes of Emoji-CLIP, random weights, noise. */
export function emojiClipShapes(runs: number, batch = BATCH): StepProblem {
  const shape = { layers: 12, width: 64, heads: 4, imageSize: 32, patchSize: 8 };
  return noiseProblem(shape, { rank: 4, projections: ['q', 'k', 'v', 'o'], runs, batch, augment: true });
}
