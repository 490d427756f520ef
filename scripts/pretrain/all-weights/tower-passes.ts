/** Passes of both towers that keep the data needed for the gradients of all weights. Blocks and shapes are the engine's. */
import type { DeviceLinear, Groups } from '../../../src/engine/operands.ts';
import {
  blockBackward,
  blockForward,
  type BlockSaved,
  type BlockShape,
  type WeightWatcher,
} from '../../../src/engine/passes/block.ts';
import { endRows, textShape, type FeatureSaved, type PreparedPrompts } from '../../../src/engine/passes/towers.ts';
import type { DeviceBackbone, DeviceBlock, DeviceNorm, DeviceVision } from '../../../src/engine/passes/weights.ts';
import type { TrainableDevice } from './trainable-device.ts';
import type {
  BlockWeightGradients,
  FeatureWeightGradients,
  ImageEmbeddingGradients,
  TextWeightGradients,
} from './weight-gradients.ts';

const oneGroup = (rows: number): Groups => ({ count: 1, rowsPerGroup: rows });

/** Applies the blocks of a tower, x → y. Consumes x. */
export function forwardBlocks<T>(
  device: TrainableDevice<T>,
  blocks: readonly DeviceBlock<T>[],
  x: T,
  shapeOf: (layer: number) => BlockShape,
): { y: T; saved: BlockSaved<T>[] } {
  let y = x;
  const saved = blocks.map((block, layer) => {
    const forward = blockForward(device, block, y, shapeOf(layer), {}, true, true);
    if (!forward.saved) throw new Error('The forward kept nothing for its backward.');
    y = forward.y;
    return forward.saved;
  });
  return { y, saved };
}

const watcher = <T>(device: TrainableDevice<T>, into: BlockWeightGradients<T>): WeightWatcher<T> => ({
  linear: (projection, dy, x) => device.linearWeightGradient(dy, x, into[projection]),
  norm: (norm, dy, x, stats) => device.layerNormWeightGradient(dy, x, stats, into[norm]),
});

/** Backward pass of forwardBlocks, dy → dx. Consumes dy and `saved`. */
export function backwardBlocks<T>(
  device: TrainableDevice<T>,
  blocks: readonly DeviceBlock<T>[],
  dy: T,
  saved: readonly BlockSaved<T>[],
  shapeOf: (layer: number) => BlockShape,
  into: readonly BlockWeightGradients<T>[],
): T {
  let dx = dy;
  for (let layer = blocks.length - 1; layer >= 0; layer--) {
    const dInput = blockBackward(device, blocks[layer], {
      dy: dx,
      saved: saved[layer],
      shape: shapeOf(layer),
      lora: {},
      gradients: into[layer].q.gradients,
      live: Uint8Array.of(1),
      needInput: true,
      watcher: watcher(device, into[layer]),
    });
    if (!dInput) throw new Error('The backward of a block gave no gradient of its input.');
    dx = dInput;
  }
  return dx;
}

/** Data for the backward pass of the image embedding. */
export interface EmbeddingSaved<T> {
  readonly patches: T;
  /** Input and statistics of the pre-norm, if there is one. */
  readonly norm: { readonly tokens: T; readonly stats: T } | null;
}

/** Patches [S·n, channels·patch²] → token embeddings [S·(1+n), D]. Takes over `patches`. */
export function embedImagesKept<T>(
  device: TrainableDevice<T>,
  vision: DeviceVision<T>,
  patches: T,
): { tokens: T; saved: EmbeddingSaved<T> } {
  const { rows } = device.shape(patches);
  const embedded = device.applyLinear(patches, vision.patchEmbedding, oneGroup(rows), null, null); // [S·n, D]
  const tokens = device.assembleTokens(embedded, vision.classToken, vision.positions); // [S·(1+n), D]
  device.free(embedded);
  if (!vision.preNorm) return { tokens, saved: { patches, norm: null } };
  const { gain, bias, epsilon } = vision.preNorm;
  const { y, stats } = device.layerNorm(tokens, gain, bias, epsilon, oneGroup(device.shape(tokens).rows));
  return { tokens: y, saved: { patches, norm: { tokens, stats } } };
}

/** dTokens [S·(1+n), D] → gradients of the embedding's weights. Consumes dTokens and `saved`. */
export function embedImagesGradient<T>(
  device: TrainableDevice<T>,
  vision: DeviceVision<T>,
  dTokens: T,
  { patches, norm }: EmbeddingSaved<T>,
  into: ImageEmbeddingGradients<T>,
): void {
  const { rows } = device.shape(dTokens);
  let dAssembled = dTokens;
  if (norm && vision.preNorm && into.preNorm) {
    device.layerNormWeightGradient(dTokens, norm.tokens, norm.stats, into.preNorm);
    const { gain } = vision.preNorm;
    dAssembled = device.layerNormGradient(dTokens, norm.tokens, norm.stats, gain, null, oneGroup(rows));
    device.free(dTokens, norm.tokens, norm.stats);
  }
  const { classToken, positions, patchEmbedding } = into;
  device.sumRowsInto(dAssembled, vision.tokens, positions.gradients, positions.weightOffset);
  const sequences = rows / vision.tokens;
  const isClassRow = (row: number) => row % vision.tokens === 0;
  const classRows = Int32Array.from({ length: sequences }, (_, s) => s * vision.tokens);
  const patchRows = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => !isClassRow(row));
  const dClass = device.gatherRows(dAssembled, classRows); // [S, D]
  device.sumRowsInto(dClass, 1, classToken.gradients, classToken.weightOffset);
  const dPatches = device.gatherRows(dAssembled, patchRows); // [S·n, D]
  device.linearWeightGradient(dPatches, patches, patchEmbedding);
  device.free(dAssembled, dClass, dPatches, patches);
}

/** Data for the backward pass of a projected feature, with the input of the projection [N, D]. */
export interface FeatureKept<T> extends FeatureSaved<T> {
  readonly normed: T;
}

/** Pooled tokens [N, D] → unit feature vectors [N, P]. Takes over `pooled`. */
export function projectFeaturesKept<T>(
  device: TrainableDevice<T>,
  pooled: T,
  norm: DeviceNorm<T>,
  projection: DeviceLinear,
): { features: T; saved: FeatureKept<T> } {
  const rows = oneGroup(device.shape(pooled).rows);
  const { y: normed, stats } = device.layerNorm(pooled, norm.gain, norm.bias, norm.epsilon, rows); // [N, D]
  const projected = device.applyLinear(normed, projection, rows, null, null); // [N, P]
  const { y: normalized, norms } = device.normalizeRows(projected); // [N, P]
  device.free(projected);
  return { features: normalized, saved: { pooled, stats, normalized, norms, normed } };
}

/** dFeatures [N, P] → dPooled [N, D]. Consumes dFeatures and `saved` (and with it the features). */
export function projectFeaturesKeptGradient<T>(
  device: TrainableDevice<T>,
  dFeatures: T,
  { pooled, stats, normalized, norms, normed }: FeatureKept<T>,
  norm: DeviceNorm<T>,
  projection: DeviceLinear,
  into: FeatureWeightGradients<T>,
): T {
  const rows = oneGroup(device.shape(dFeatures).rows);
  const dProjected = device.normalizeRowsGradient(dFeatures, normalized, norms);
  device.linearWeightGradient(dProjected, normed, into.projection);
  const dNormed = device.linearInputGradient(dProjected, projection, rows, null, null);
  device.layerNormWeightGradient(dNormed, pooled, stats, into.finalNorm);
  const dPooled = device.layerNormGradient(dNormed, pooled, stats, norm.gain, null, rows);
  device.free(dFeatures, dProjected, dNormed, pooled, stats, normalized, norms, normed);
  return dPooled;
}

export interface PromptsSaved<T> {
  readonly blocks: readonly BlockSaved<T>[];
  readonly feature: FeatureKept<T>;
}

/** Prompts → unit feature vectors [prompts, P]. */
export function encodePromptsKept<T>(
  device: TrainableDevice<T>,
  { text, textProjection }: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
): { features: T; saved: PromptsSaved<T> } {
  const places = Int32Array.from({ length: prompts.tokens }, (_, i) => i);
  const positions = device.gatherRows(text.positions, places); // [L, D]
  const embedded = device.embedTokens(prompts.ids, text.tokenEmbedding, positions); // [C·L, D]
  device.free(positions);
  const shape = textShape(text, prompts, 1);
  const { y, saved: blocks } = forwardBlocks(device, text.blocks, embedded, () => shape);
  const pooled = device.gatherRows(y, endRows(prompts, 1)); // [C, D]
  device.free(y);
  const { features, saved: feature } = projectFeaturesKept(device, pooled, text.finalNorm, textProjection);
  return { features, saved: { blocks, feature } };
}

/** dFeatures [prompts, P] → gradients of all weights of the text tower. Consumes dFeatures and `saved`. */
export function encodePromptsKeptGradient<T>(
  device: TrainableDevice<T>,
  { text, textProjection }: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  dFeatures: T,
  { blocks, feature }: PromptsSaved<T>,
  into: TextWeightGradients<T>,
): void {
  const shape = textShape(text, prompts, 1);
  const dPooled = projectFeaturesKeptGradient(device, dFeatures, feature, text.finalNorm, textProjection, into.feature);
  const dy = device.scatterRows(dPooled, endRows(prompts, 1), prompts.classes * prompts.tokens); // [C·L, D]
  device.free(dPooled);
  const dEmbedded = backwardBlocks(device, text.blocks, dy, blocks, () => shape, into.blocks);
  const { tokenEmbedding, positions } = into.embedding;
  device.scatterRowsInto(dEmbedded, prompts.ids, tokenEmbedding.gradients, tokenEmbedding.weightOffset);
  device.sumRowsInto(dEmbedded, prompts.tokens, positions.gradients, positions.weightOffset);
  device.free(dEmbedded);
}
