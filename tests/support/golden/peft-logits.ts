/** Our logits of adapters on the inputs of golden forwards. */
import path from 'node:path';
import { expect } from 'vitest';
import { allGates } from '../../../src/core/adapter-layout.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Backbone } from '../../../src/model/backbone.ts';
import { patchifyPixelValues } from '../../../src/model/patchify.ts';
import type { FlatAdapter } from '../../../src/model/peft/write.ts';
import { readTensors } from '../../../src/model/test-golden-files.ts';
import { relativeError } from './compare.ts';

/** Relative error of logits that PEFT and this project may have. */
const TOLERANCE = 1e-4;

/**
 * [images, classes]
 * @param golden folder of the golden forward
 * @param classes of a trained classifier; null: the golden forward has prompts
 */
async function adaptedLogits(
  engine: Engine,
  backbone: Backbone,
  golden: string,
  classes: number | null,
  { layout, scale, values }: FlatAdapter,
): Promise<Float32Array> {
  const inputs = readTensors(path.join(golden, 'forward.safetensors'));
  const { imageSize, patchSize } = backbone.vision.config;
  const [images] = inputs.tensors.get('pixel_values')!.shape;
  const patches = patchifyPixelValues(inputs.float32('pixel_values'), images, imageSize, patchSize);
  const objective =
    classes === null
      ? { kind: 'clip' as const, classes: inputs.tensors.get('input_ids')!.shape[0], tokens: inputs.int32('input_ids') }
      : { kind: 'linear' as const, classes };
  engine.load(backbone);
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const set = evaluator.imageSet(patches, new Int32Array(images));
  const { logits } = await evaluator.evaluate([{ adapter: values, gates: allGates(layout) }], set, { logits: true });
  set.dispose();
  evaluator.dispose();
  return logits!;
}

/**
 * Expects PEFT's logits of us, which the adapter changes far beyond the tolerance.
 * @param from folders of the golden forward and of PEFT's logits, and classes as of a trained classifier
 */
export async function expectTheirLogits(
  engine: Engine,
  backbone: Backbone,
  adapter: FlatAdapter,
  from: { readonly golden: string; readonly folder: string; readonly classes: number | null },
  what: string,
): Promise<void> {
  const theirs = readTensors(path.join(from.folder, 'logits.safetensors')).float32('logits');
  const ours = (values: Float32Array) =>
    adaptedLogits(engine, backbone, from.golden, from.classes, { ...adapter, values });
  const { pairs, head, size } = adapter.layout;
  const withoutPairs = adapter.values.slice();
  withoutPairs.fill(0, 0, head ? head.weightOffset : size);
  expect.soft(pairs.length, what).toBeGreaterThan(0);
  const changed = relativeError(await ours(withoutPairs), theirs);
  expect.soft(changed, `${what}: what the adapter changes`).toBeGreaterThan(100 * TOLERANCE);
  expect.soft(relativeError(await ours(adapter.values), theirs), what).toBeLessThan(TOLERANCE);
}
