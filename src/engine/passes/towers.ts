/** Embeddings and pooling of the two towers. The blocks in between are in blocks.ts. */
import type { Device } from '../device.ts';
import type { DeviceLinear, Groups } from '../operands.ts';
import type { Objective } from '../engine.ts';
import type { BlockShape } from './block.ts';
import type { DeviceBackbone, DeviceNorm, DeviceText, DeviceVision } from './weights.ts';

const oneGroup = (rows: number): Groups => ({ count: 1, rowsPerGroup: rows });

/** @throws RangeError naming the first label that is not a class. */
export function checkLabels(labels: Int32Array, classes: number): void {
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) throw new RangeError(`Label ${labels[wrong]} of image ${wrong} is not one of ${classes} classes.`);
}

/** Patches [S·n, channels·patch²] → token embeddings [S·(1+n), D], after CLIP's pre-norm where there is one. */
export function embedImages<T>(device: Device<T>, vision: DeviceVision<T>, patches: T): T {
  const rows = device.shape(patches).rows;
  const embedded = device.applyLinear(patches, vision.patchEmbedding, oneGroup(rows), null, null); // [S·n, D]
  const tokens = device.assembleTokens(embedded, vision.classToken, vision.positions); // [S·(1+n), D]
  device.free(embedded);
  if (!vision.preNorm) return tokens;
  const { gain, bias, epsilon } = vision.preNorm;
  const { y, stats } = device.layerNorm(tokens, gain, bias, epsilon, oneGroup(device.shape(tokens).rows));
  device.free(tokens, stats);
  return y;
}

/** Class prompts, cut behind the last pooled token: with a causal mask nothing after it can matter. */
export interface PreparedPrompts {
  readonly classes: number;
  readonly tokens: number;
  /** [classes, tokens] */
  readonly ids: Int32Array;
  /** Pooled (end-of-text) position of each prompt. */
  readonly endPositions: Int32Array;
}

/**
 * Finds the pooled position of each prompt: the first end token (transformers' rule; OpenAI's argmax rule agrees wherever the end
 * token has the largest id).
 * @throws RangeError when a prompt has no end token or an id lies outside the vocabulary.
 */
export function preparePrompts<T>(text: DeviceText<T>, tokens: Int32Array, classes: number): PreparedPrompts {
  const context = tokens.length / classes;
  if (!Number.isInteger(context) || context < 1 || context > text.tokens)
    throw new RangeError(`Prompts of ${context} tokens do not fit a text tower of ${text.tokens} tokens.`);
  const endPositions = Int32Array.from({ length: classes }, (_, c) => {
    const prompt = tokens.subarray(c * context, (c + 1) * context);
    const invalid = prompt.find((id) => id < 0 || id >= text.vocabulary);
    if (invalid !== undefined)
      throw new RangeError(`Prompt ${c} has token id ${invalid}, outside the vocabulary of ${text.vocabulary}.`);
    const end = prompt.indexOf(text.endToken);
    if (end < 0) throw new RangeError(`Prompt ${c} has no end token (${text.endToken}).`);
    return end;
  });
  const length = Math.max(...endPositions) + 1;
  const ids = new Int32Array(classes * length);
  for (let c = 0; c < classes; c++) ids.set(tokens.subarray(c * context, c * context + length), c * length);
  return { classes, tokens: length, ids, endPositions };
}

/** Values of an objective with fixed class features, [classes, P]. @throws RangeError when they do not fit the backbone. */
export function fixedFeatures<T>(clip: NonNullable<DeviceBackbone<T>['clip']>, objective: Objective): Float32Array {
  const expected = objective.classes * clip.visionProjection.outFeatures;
  if (objective.kind !== 'features' || objective.features.length !== expected)
    throw new RangeError(`${objective.classes} classes need ${expected} feature values of this backbone.`);
  return objective.features;
}

/** Rows of the pooled tokens of `groups` copies of the prompts. */
export function endRows(prompts: PreparedPrompts, groups: number): Int32Array {
  const { classes, tokens, endPositions } = prompts;
  return Int32Array.from({ length: groups * classes }, (_, s) => s * tokens + endPositions[s % classes]);
}

/** What blocks of a text tower compute of `groups` copies of the prompts. */
export const textShape = <T>(text: DeviceText<T>, prompts: PreparedPrompts, groups: number): BlockShape => ({
  groups,
  batch: prompts.classes,
  tokens: prompts.tokens,
  heads: text.heads,
  causal: true,
  activation: text.activation,
  classTokenOnly: false,
});

/** What block `layer` of a vision tower computes of `batch` images per group: the last one needs its class token alone. */
export const visionShape = <T>(vision: DeviceVision<T>, groups: number, batch: number, layer: number): BlockShape => ({
  groups,
  batch,
  tokens: vision.tokens,
  heads: vision.heads,
  causal: false,
  activation: vision.activation,
  classTokenOnly: layer === vision.blocks.length - 1,
});

/** What the backward of a projected feature reads. */
export interface FeatureSaved<T> {
  readonly pooled: T;
  readonly stats: T;
  readonly normalized: T;
  readonly norms: T;
}

/**
 * Pooled tokens [N, D] → unit feature vectors [N, P] (final norm, projection, L2). Takes over `pooled`: freed here or with `saved`.
 */
export function projectFeatures<T>(
  device: Device<T>,
  pooled: T,
  norm: DeviceNorm<T>,
  projection: DeviceLinear,
  keep: boolean,
): { features: T; saved: FeatureSaved<T> | null } {
  const rows = oneGroup(device.shape(pooled).rows);
  const { y: normed, stats } = device.layerNorm(pooled, norm.gain, norm.bias, norm.epsilon, rows); // [N, D]
  const projected = device.applyLinear(normed, projection, rows, null, null); // [N, P]
  const { y: normalized, norms } = device.normalizeRows(projected); // [N, P]
  device.free(projected, normed);
  if (keep) return { features: normalized, saved: { pooled, stats, normalized, norms } };
  device.free(pooled, stats, norms);
  return { features: normalized, saved: null };
}

/** dFeatures [N, P] → dPooled [N, D]. Consumes dFeatures and `saved` (and with it the features). */
export function projectFeaturesGradient<T>(
  device: Device<T>,
  dFeatures: T,
  saved: FeatureSaved<T>,
  norm: DeviceNorm<T>,
  projection: DeviceLinear,
): T {
  const rows = oneGroup(device.shape(dFeatures).rows);
  const dProjected = device.normalizeRowsGradient(dFeatures, saved.normalized, saved.norms);
  const dNormed = device.linearInputGradient(dProjected, projection, rows, null, null);
  const dPooled = device.layerNormGradient(dNormed, saved.pooled, saved.stats, norm.gain, null, rows);
  device.free(dFeatures, dProjected, dNormed, saved.pooled, saved.stats, saved.normalized, saved.norms);
  return dPooled;
}
