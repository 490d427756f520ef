/** A training problem as PyTorch reads it: one file of float32 and one that says what is where. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stream } from '../src/core/rng.ts';
import type { Objective } from '../src/engine/engine.ts';
import type { LinearWeights } from '../src/model/backbone.ts';
import { LEARNING_RATE } from './fixture.ts';
import type { StepProblem } from './step-problem.ts';

/** Programs that may be a Python with PyTorch. */
export const INTERPRETERS = ['python3', '/usr/bin/python3'];

/** Unit rows [classes, projection], in place of class prompts: no contender computes the text tower. */
export function classFeatures({ backbone, objective }: StepProblem): Extract<Objective, { kind: 'features' }> {
  const { outFeatures: projection } = backbone.visionProjection;
  const { classes } = objective;
  const rng = stream(5, 'analysis');
  const features = Float32Array.from({ length: classes * projection }, () => rng.normal());
  for (let row = 0; row < classes; row++) {
    const values = features.subarray(row * projection, (row + 1) * projection);
    const length = Math.hypot(...values);
    values.forEach((value, i) => (values[i] = value / length));
  }
  return { kind: 'features', classes, features };
}

/** patches [images, patches, in], those of the problem's batches over and over. */
export function patchesOf({ batches, batch }: StepProblem, images: number): Float32Array {
  const perImage = batches[0][0].patches.length / batch;
  const patches = new Float32Array(images * perImage);
  for (let image = 0; image < images; image++) {
    const { patches: source } = batches[0][Math.floor(image / batch) % batches[0].length];
    const at = image % batch;
    patches.set(source.subarray(at * perImage, (at + 1) * perImage), image * perImage);
  }
  return patches;
}

/** Writes what torch_peer.py and torch_card.py read. @param images of a forward; a step takes the first batch */
export function writeTorchProblem(folder: string, problem: StepProblem, images: number, features: Float32Array): void {
  const { backbone, layout, scale, initial, batches, batch } = problem;
  const { vision, visionProjection } = backbone;
  const { heads, tokens, width, layers, layerNormEps } = vision.config;
  const tensors: [string, Float32Array, number[]][] = [];
  const linear = (name: string, { weight, bias, inFeatures, outFeatures }: LinearWeights) => {
    tensors.push([`${name}.weight`, weight, [outFeatures, inFeatures]]);
    if (bias) tensors.push([`${name}.bias`, bias, [outFeatures]]);
  };
  const norm = (name: string, { gain, bias }: { readonly gain: Float32Array; readonly bias: Float32Array }) => {
    tensors.push([`${name}.gain`, gain, [width]], [`${name}.bias`, bias, [width]]);
  };
  linear('embedding', vision.patchEmbedding);
  tensors.push(['classToken', vision.classToken, [1, 1, width]], ['positions', vision.positions, [tokens, width]]);
  if (vision.preNorm) norm('preNorm', vision.preNorm);
  vision.blocks.forEach(({ ln1, ln2, ...maps }, layer) => {
    norm(`blocks.${layer}.ln1`, ln1);
    norm(`blocks.${layer}.ln2`, ln2);
    for (const [name, map] of Object.entries(maps)) linear(`blocks.${layer}.${name}`, map);
  });
  norm('finalNorm', vision.finalNorm);
  linear('projection', visionProjection);
  tensors.push(['features', features, [problem.objective.classes, visionProjection.outFeatures]]);
  const patches = patchesOf(problem, images);
  tensors.push(['patches', patches, [images, tokens - 1, vision.patchEmbedding.inFeatures]]);
  const adapted = layout.pairs.map(({ layer, projection, aOffset, bOffset, inFeatures, outFeatures }) => {
    const name = `blocks.${layer}.${projection}`;
    const { rank } = layout;
    const [flat] = initial;
    tensors.push([`${name}.A`, flat.subarray(aOffset, aOffset + rank * inFeatures), [rank, inFeatures]]);
    tensors.push([`${name}.B`, flat.subarray(bOffset, bOffset + rank * outFeatures), [outFeatures, rank]]);
    return name;
  });
  const values = new Float32Array(tensors.reduce((sum, [, { length }]) => sum + length, 0));
  let at = 0;
  for (const [, data] of tensors) {
    values.set(data, at);
    at += data.length;
  }
  writeFileSync(path.join(folder, 'problem.bin'), new Uint8Array(values.buffer));
  writeFileSync(
    path.join(folder, 'problem.json'),
    JSON.stringify({
      tensors: tensors.map(([name, , shape]) => [name, shape]),
      config: { heads, tokens, width, layers, epsilon: layerNormEps },
      temperature: Math.exp(backbone.logitScale),
      scale,
      rate: LEARNING_RATE,
      labels: [...batches[0][0].labels].slice(0, batch),
      adapted,
    }),
  );
}
