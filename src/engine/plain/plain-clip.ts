/**
 * The model as one would write it with TensorFlow.js operations, the baseline for the engine's passes. It is written for speed: frozen weights
 * are constants without gradients, the frozen embedding and the class prompts are computed once outside the tape, the last block computes the
 * class token only, and matMul stays two-dimensional and unfused (the fused one computes gradients of frozen weights).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AdapterLayout, Projection } from '../../core/adapter-layout.ts';
import type { Objective } from '../engine.ts';
import type { BlockWeights, ClipBackbone, LayerNormWeights, LinearWeights, TowerConfig } from '../../model/backbone.ts';

interface Linear {
  /** [in, out] */
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D | null;
}
interface Norm {
  readonly gain: tf.Tensor1D;
  readonly bias: tf.Tensor1D;
}
type Block = Record<Projection, Linear> & { readonly ln1: Norm; readonly ln2: Norm };
interface Lora {
  /** [in, rank] */
  readonly a: tf.Tensor2D;
  /** [rank, out] */
  readonly b: tf.Tensor2D;
}
type BlockLora = Partial<Record<Projection, Lora>>;

const linear = ({ weight, bias, outFeatures, inFeatures }: LinearWeights): Linear => ({
  weight: tf.tidy(() => tf.transpose(tf.tensor2d(weight, [outFeatures, inFeatures]))),
  bias: bias && tf.tensor1d(bias),
});
const norm = ({ gain, bias }: LayerNormWeights): Norm => ({ gain: tf.tensor1d(gain), bias: tf.tensor1d(bias) });
const block = (weights: BlockWeights): Block => ({
  ln1: norm(weights.ln1),
  ln2: norm(weights.ln2),
  q: linear(weights.q),
  k: linear(weights.k),
  v: linear(weights.v),
  o: linear(weights.o),
  fc1: linear(weights.fc1),
  fc2: linear(weights.fc2),
});

function layerNorm(x: tf.Tensor2D, { gain, bias }: Norm, epsilon: number): tf.Tensor2D {
  const centred = tf.sub(x, tf.mean(x, 1, true));
  const deviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon));
  return tf.add(tf.mul(tf.mul(centred, deviation), gain), bias);
}

function applyLinear(x: tf.Tensor2D, { weight, bias }: Linear, lora: Lora | undefined, scale: number): tf.Tensor2D {
  let y: tf.Tensor2D = tf.matMul(x, weight);
  if (bias) y = tf.add(y, bias);
  if (!lora) return y;
  const update = tf.matMul<tf.Tensor2D>(tf.matMul(x, lora.a), lora.b);
  return tf.add(y, scale === 1 ? update : tf.mul(update, scale));
}

/** [S·tokens, D] → [S, heads, tokens, d]. */
function splitHeads(x: tf.Tensor2D, sequences: number, heads: number): tf.Tensor4D {
  const [rows, width] = x.shape;
  return tf.transpose<tf.Tensor4D>(tf.reshape(x, [sequences, rows / sequences, heads, width / heads]), [0, 2, 1, 3]);
}

interface Shape {
  readonly sequences: number;
  readonly config: TowerConfig;
  /** [tokens, tokens], added to the scores; null for vision. */
  readonly mask: tf.Tensor2D | null;
  /** Keep only the first token of every sequence after the attention. */
  readonly classTokenOnly: boolean;
}

function firstTokens(x: tf.Tensor2D, sequences: number): tf.Tensor2D {
  const [rows, width] = x.shape;
  const tokens = tf.reshape(x, [sequences, rows / sequences, width]);
  return tf.reshape(tf.slice(tokens, [0, 0, 0], [sequences, 1, width]), [sequences, width]);
}

function forwardBlock(x: tf.Tensor2D, weights: Block, lora: BlockLora, scale: number, shape: Shape): tf.Tensor2D {
  const { sequences, config, mask, classTokenOnly } = shape;
  const { heads, width, layerNormEps } = config;
  const normed = layerNorm(x, weights.ln1, layerNormEps);
  const queryInput = classTokenOnly ? firstTokens(normed, sequences) : normed;
  const q = splitHeads(applyLinear(queryInput, weights.q, lora.q, scale), sequences, heads);
  const k = splitHeads(applyLinear(normed, weights.k, lora.k, scale), sequences, heads);
  const v = splitHeads(applyLinear(normed, weights.v, lora.v, scale), sequences, heads);
  let scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width / heads)); // [S, heads, queries, tokens]
  if (mask) scores = tf.add(scores, mask);
  const mixed = tf.transpose(tf.matMul(tf.softmax(scores), v), [0, 2, 1, 3]);
  const context: tf.Tensor2D = tf.reshape(mixed, queryInput.shape);
  const residual = classTokenOnly ? firstTokens(x, sequences) : x;
  const x1: tf.Tensor2D = tf.add(residual, applyLinear(context, weights.o, lora.o, scale));
  const hidden = applyLinear(layerNorm(x1, weights.ln2, layerNormEps), weights.fc1, lora.fc1, scale);
  const activated: tf.Tensor2D = tf.mul(hidden, tf.sigmoid(tf.mul(hidden, 1.702))); // quick GELU
  return tf.add(x1, applyLinear(activated, weights.fc2, lora.fc2, scale));
}

function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.square(x), 1, true), 1e-24)));
}

/** Unit features of the class prompts, transposed: [P, classes]. */
function promptFeatures({ text, textProjection }: ClipBackbone, tokens: Int32Array, classes: number): tf.Tensor2D {
  const { config } = text;
  return tf.tidy(() => {
    const context = tokens.length / classes;
    const table = tf.tensor2d(text.tokenEmbedding, [config.vocabulary, config.width]);
    const positions = tf.slice(
      tf.tensor2d(text.positions, [config.tokens, config.width]),
      [0, 0],
      [context, config.width],
    );
    const ids = tf.tensor2d(tokens, [classes, context], 'int32');
    let x: tf.Tensor2D = tf.reshape(tf.add(tf.gather(table, ids), positions), [classes * context, config.width]);
    const hidden = (i: number, j: number) => (j > i ? -1e9 : 0);
    const triangle = Float32Array.from({ length: context * context }, (_, at) =>
      hidden(Math.floor(at / context), at % context),
    );
    const mask = tf.tensor2d(triangle, [context, context]);
    const shape = { sequences: classes, config, mask, classTokenOnly: false };
    for (const weights of text.blocks) x = forwardBlock(x, block(weights), {}, 1, shape);
    const ends = Array.from({ length: classes }, (_, c) => {
      const prompt = tokens.subarray(c * context, (c + 1) * context);
      return c * context + prompt.indexOf(config.endToken);
    });
    const pooled = layerNorm(tf.gather(x, tf.tensor1d(ends, 'int32')), norm(text.finalNorm), config.layerNormEps);
    return tf.transpose(unitRows(applyLinear(pooled, linear(textProjection), undefined, 1)));
  });
}

/** The frozen model on the device; adapters are lists of factors in the order of toFactors. */
export interface PlainModel {
  /** [S·n, channels·patch²] → [S·tokens, D]. Frozen, so call it outside the tape. */
  embed(patches: Float32Array, sequences: number): tf.Tensor2D;
  /** [S·tokens, D] → logits [S, classes]. Pairs with closed gates cost nothing. */
  logits(embedded: tf.Tensor2D, factors: readonly tf.Tensor2D[], gates: Uint8Array): tf.Tensor2D;
  /** Frees the frozen weights. */
  dispose(): void;
}

/** @throws Error when the plain model does not support the backbone or the layout. */
export function createPlainModel(
  backbone: ClipBackbone,
  objective: Extract<Objective, { kind: 'clip' }>,
  layout: AdapterLayout,
  scale: number,
): PlainModel {
  const { vision } = backbone;
  const { config } = vision;
  if (config.activation !== 'quick_gelu') throw new Error('The plain model is written for CLIP with quick GELU.');
  if (layout.pairs.some(({ tower }) => tower !== 'vision'))
    throw new Error('The plain model adapts the vision tower only.');
  const blocks = vision.blocks.map(block);
  const embedding = linear(vision.patchEmbedding);
  const classToken = tf.tensor3d(vision.classToken, [1, 1, config.width]);
  const positions = tf.tensor2d(vision.positions, [config.tokens, config.width]);
  const preNorm = vision.preNorm && norm(vision.preNorm);
  const finalNorm = norm(vision.finalNorm);
  const projection = linear(backbone.visionProjection);
  const prompts = promptFeatures(backbone, objective.tokens, objective.classes);
  const logitFactor = Math.exp(backbone.logitScale);
  return {
    embed: (patches, sequences) =>
      tf.tidy(() => {
        const rows = tf.tensor2d(patches, [sequences * (config.tokens - 1), vision.patchEmbedding.inFeatures]);
        const embedded = tf.reshape(applyLinear(rows, embedding, undefined, 1), [
          sequences,
          config.tokens - 1,
          config.width,
        ]);
        const sequence = tf.add(tf.concat([tf.tile(classToken, [sequences, 1, 1]), embedded], 1), positions);
        const flat: tf.Tensor2D = tf.reshape(sequence, [sequences * config.tokens, config.width]);
        return preNorm ? layerNorm(flat, preNorm, config.layerNormEps) : flat;
      }),
    logits: (embedded, factors, gates) => {
      const lora: BlockLora[] = blocks.map(() => ({}));
      layout.pairs.forEach(({ layer, projection: name }, p) => {
        if (gates[p]) lora[layer][name] = { a: factors[2 * p], b: factors[2 * p + 1] };
      });
      const sequences = embedded.shape[0] / config.tokens;
      let x = embedded;
      blocks.forEach((weights, layer) => {
        const classTokenOnly = layer === blocks.length - 1;
        x = forwardBlock(x, weights, lora[layer], scale, { sequences, config, mask: null, classTokenOnly });
      });
      const normed = layerNorm(x, finalNorm, config.layerNormEps);
      const features = unitRows(applyLinear(normed, projection, undefined, 1));
      return tf.mul(tf.matMul(features, prompts), logitFactor);
    },
    dispose: () => {
      const norms = [finalNorm, ...(preNorm ? [preNorm] : []), ...blocks.flatMap(({ ln1, ln2 }) => [ln1, ln2])];
      const linears = [embedding, projection, ...blocks.flatMap(({ q, k, v, o, fc1, fc2 }) => [q, k, v, o, fc1, fc2])];
      for (const { gain, bias } of norms) tf.dispose([gain, bias]);
      for (const { weight, bias } of linears) tf.dispose(bias ? [weight, bias] : weight);
      tf.dispose([classToken, positions, prompts]);
    },
  };
}
