/** Golden trajectories: a training run with fixed batches, gates and learning rates, step by step. */
import * as v from 'valibot';
import { gatesOfPlayers } from '../../../src/core/adapter-layout.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Backbone } from '../../../src/model/backbone.ts';
import { patchifyPixelValues } from '../../../src/model/patchify.ts';
import { adapterBaseOf } from '../../../src/model/peft/base.ts';
import type { PeftConfig } from '../../../src/model/peft/config.ts';
import { readPeft } from '../../../src/model/peft/read.ts';
import type { SafetensorsFile } from '../../../src/model/safetensors.ts';
import { normError, relativeError, worstRelativeError, type GoldenLine } from './compare.ts';

const TOLERANCE = 1e-3;
const gateRows = v.array(v.array(v.picklist([0, 1])));

export const ExpectedSchema = v.object({
  scale: v.number(),
  losses: v.array(v.number()),
  grad_norms: v.array(v.number()),
  gates_vision_then_text: gateRows,
  learning_rates: v.array(v.number()),
  eval_masks_vision_then_text: gateRows,
  adamw: v.object({ betas: v.tuple([v.number(), v.number()]), eps: v.number(), weight_decay: v.number() }),
});

export interface TrainingFiles {
  readonly config: PeftConfig;
  readonly expected: v.InferOutput<typeof ExpectedSchema>;
  readonly init: SafetensorsFile;
  readonly final: SafetensorsFile;
  readonly batches: SafetensorsFile;
  readonly evaluation: SafetensorsFile;
}

/** Trains along the recorded batches and compares losses, gradient norms, the final adapter and masked logits. */
export async function checkTraining(
  engine: Engine,
  name: string,
  backbone: Backbone,
  files: TrainingFiles,
): Promise<GoldenLine[]> {
  const { config, expected, batches, evaluation } = files;
  const base = adapterBaseOf(backbone, { modelType: 'clip' }, false);
  const { layout, scale, values: initial } = readPeft(config, files.init, base);
  const [classes] = batches.tensors.get('input_ids')!.shape;
  const [steps, batchSize] = batches.tensors.get('labels')!.shape;
  const objective = { kind: 'clip' as const, classes, tokens: batches.int32('input_ids') };
  const { imageSize, patchSize } = backbone.vision.config;
  const patches = patchifyPixelValues(batches.float32('pixel_values'), steps * batchSize, imageSize, patchSize);
  const labels = batches.int32('labels');
  const perBatch = patches.length / steps;

  engine.load(backbone);
  const trainer = engine.createTrainer({
    objective,
    layout,
    scale,
    optimizer: {
      beta1: expected.adamw.betas[0],
      beta2: expected.adamw.betas[1],
      epsilon: expected.adamw.eps,
      weightDecay: expected.adamw.weight_decay,
    },
    initial: [initial],
    inputDropout: [0],
    dropoutSeeds: [0],
  });
  const losses: number[] = [];
  const gradNorms: number[] = [];
  for (let step = 0; step < steps; step++) {
    const result = await trainer.step({
      patches: patches.subarray(step * perBatch, (step + 1) * perBatch),
      labels: labels.subarray(step * batchSize, (step + 1) * batchSize),
      sourceOfRun: [0],
      gates: gatesOfPlayers(layout, expected.gates_vision_then_text[step]),
      learningRates: Float32Array.of(expected.learning_rates[step]),
    });
    losses.push(result.loss[0]);
    gradNorms.push(result.gradientNorm[0]);
  }
  const [adapter] = await trainer.adapters();
  trainer.dispose();

  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const pixels = evaluation.float32('pixel_values');
  const [images] = evaluation.tensors.get('pixel_values')!.shape;
  const set = evaluator.imageSet(patchifyPixelValues(pixels, images, imageSize, patchSize), new Int32Array(images));
  const masks = [layout.players.map(() => 1), ...expected.eval_masks_vision_then_text];
  // The recorded logits belong to the recorded adapter.
  const reference = readPeft(config, files.final, base).values;
  const variants = masks.map((mask) => ({ adapter: reference, gates: gatesOfPlayers(layout, mask) }));
  const { logits } = await evaluator.evaluate(variants, set, { logits: true });
  set.dispose();
  evaluator.dispose();
  const perVariant = images * classes;

  return [
    { name: `${name} scale`, error: Math.abs(scale / expected.scale - 1), tolerance: 1e-6 },
    { name: `${name} losses`, error: worstRelativeError(losses, expected.losses), tolerance: TOLERANCE },
    { name: `${name} gradient norms`, error: worstRelativeError(gradNorms, expected.grad_norms), tolerance: TOLERANCE },
    { name: `${name} final adapter`, error: normError(adapter, reference), tolerance: TOLERANCE },
    {
      name: `${name} logits, everything on`,
      error: relativeError(logits!.subarray(0, perVariant), evaluation.float32('logits_all_on')),
      tolerance: TOLERANCE,
    },
    {
      name: `${name} logits under masks`,
      error: relativeError(logits!.subarray(perVariant), evaluation.float32('logits_masked')),
      tolerance: TOLERANCE,
    },
  ];
}
