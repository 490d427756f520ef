/**
 * The model as one would write it in jax-js, with the optimisations of plain-clip.ts: frozen weights are constants, the class prompts are
 * computed once, and the last block computes the class token only. jax-js counts references: an operation consumes its arguments, and `x.ref`
 * keeps x for another use.
 */
import { nn, numpy as np } from '@jax-js/jax';
import type { AdapterLayout, Projection } from '../src/core/adapter-layout.ts';
import type { Objective } from '../src/engine/engine.ts';
import type { BlockWeights, ClipBackbone, LayerNormWeights, LinearWeights } from '../src/model/backbone.ts';

export type Tensor = np.Array;

interface Linear {
  /** [in, out] */
  readonly weight: Tensor;
  readonly bias: Tensor | null;
}
interface Norm {
  readonly gain: Tensor;
  readonly bias: Tensor;
  readonly epsilon: number;
}
interface Lora {
  /** [in, rank] */
  readonly a: Tensor;
  /** [rank, out] */
  readonly b: Tensor;
}
type Block = Record<Projection, Linear> & { readonly ln1: Norm; readonly ln2: Norm };
type BlockLora = Partial<Record<Projection, Lora>>;

/** Copies the values, because jax-js accepts only arrays over a plain ArrayBuffer. */
export const tensor = (values: Float32Array, shape: number[]): Tensor =>
  np.array(new Float32Array(values)).reshape(shape);

/** Consumes x and waits until it is computed. */
export const valuesOf = async (x: Tensor): Promise<Float32Array> =>
  Float32Array.from((await x.data()) as ArrayLike<number>);

const linear = ({ weight, bias, outFeatures, inFeatures }: LinearWeights): Linear => {
  const transposed = new Float32Array(weight.length);
  for (let o = 0; o < outFeatures; o++)
    for (let i = 0; i < inFeatures; i++) transposed[i * outFeatures + o] = weight[o * inFeatures + i];
  return { weight: tensor(transposed, [inFeatures, outFeatures]), bias: bias && tensor(bias, [outFeatures]) };
};
const norm = ({ gain, bias }: LayerNormWeights, epsilon: number): Norm => ({
  gain: tensor(gain, [gain.length]),
  bias: tensor(bias, [bias.length]),
  epsilon,
});
const block = (weights: BlockWeights, epsilon: number): Block => ({
  ln1: norm(weights.ln1, epsilon),
  ln2: norm(weights.ln2, epsilon),
  q: linear(weights.q),
  k: linear(weights.k),
  v: linear(weights.v),
  o: linear(weights.o),
  fc1: linear(weights.fc1),
  fc2: linear(weights.fc2),
});

/** Consumes x [rows, D]. */
function layerNorm(x: Tensor, { gain, bias, epsilon }: Norm): Tensor {
  const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
  const variance = np.square(centred.ref).mean(-1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(epsilon)))
    .mul(gain.ref)
    .add(bias.ref);
}

/** Consumes x [rows, in] and the factors. */
function applyLinear(x: Tensor, { weight, bias }: Linear, lora: Lora | undefined, scale: number): Tensor {
  const update = lora && np.matmul(np.matmul(x.ref, lora.a), lora.b).mul(scale);
  const mapped = np.matmul(x, weight.ref);
  const y = bias ? mapped.add(bias.ref) : mapped;
  return update ? y.add(update) : y;
}

interface Shape {
  readonly sequences: number;
  readonly heads: number;
  /** [tokens, tokens], added to the scores; null for vision. */
  readonly mask: Tensor | null;
  readonly classTokenOnly: boolean;
}

/** Consumes x [S·tokens, D] → [S, D]. */
function firstTokens(x: Tensor, sequences: number): Tensor {
  const [rows, width] = x.shape;
  return x.reshape([sequences, rows / sequences, width]).slice([], 0);
}

/** Consumes x [S·tokens, D]. */
function forwardBlock(
  x: Tensor,
  weights: Block,
  lora: BlockLora,
  offset: Tensor | null,
  scale: number,
  shape: Shape,
): Tensor {
  const { sequences, heads, mask, classTokenOnly } = shape;
  const width = x.shape[1];
  const split = (y: Tensor) =>
    np.transpose(y.reshape([sequences, y.shape[0] / sequences, heads, width / heads]), [0, 2, 1, 3]); // [S, heads, tokens, d]
  const normed = layerNorm(x.ref, weights.ln1);
  const queryInput = classTokenOnly ? firstTokens(normed.ref, sequences) : normed.ref;
  const rows = queryInput.shape[0];
  const q = split(applyLinear(queryInput, weights.q, lora.q, scale));
  const k = split(applyLinear(normed.ref, weights.k, lora.k, scale));
  const v = split(applyLinear(normed, weights.v, lora.v, scale));
  const scores = np.matmul(q, np.transpose(k, [0, 1, 3, 2])).mul(1 / Math.sqrt(width / heads)); // [S, heads, queries, tokens]
  const probabilities = nn.softmax(mask ? scores.add(mask.ref) : scores);
  const context = np.transpose(np.matmul(probabilities, v), [0, 2, 1, 3]).reshape([rows, width]);
  const residual = classTokenOnly ? firstTokens(x, sequences) : x;
  const x1 = residual.add(applyLinear(context, weights.o, lora.o, scale));
  const mapped = applyLinear(layerNorm(x1.ref, weights.ln2), weights.fc1, lora.fc1, scale);
  const hidden = offset ? mapped.add(offset) : mapped;
  const activated = hidden.ref.mul(nn.sigmoid(hidden.mul(1.702))); // quick GELU
  return x1.add(applyLinear(activated, weights.fc2, lora.fc2, scale));
}

/** Consumes x [rows, P]. */
function unitRows(x: Tensor): Tensor {
  const squares = np.square(x.ref).sum(-1, { keepdims: true });
  return x.div(np.sqrt(squares.add(1e-24)));
}

/** Unit features of the class prompts, transposed: [P, classes]. Computed once. */
function promptFeatures({ text, textProjection }: ClipBackbone, tokens: Int32Array, classes: number): Tensor {
  const { config } = text;
  const context = tokens.length / classes;
  const embedded = new Float32Array(tokens.length * config.width);
  tokens.forEach((id, row) => {
    for (let i = 0; i < config.width; i++)
      embedded[row * config.width + i] =
        text.tokenEmbedding[id * config.width + i] + text.positions[(row % context) * config.width + i];
  });
  let x = tensor(embedded, [tokens.length, config.width]);
  const triangle = Float32Array.from({ length: context * context }, (_, at) =>
    at % context > Math.floor(at / context) ? -1e9 : 0,
  );
  const mask = tensor(triangle, [context, context]);
  const shape = { sequences: classes, heads: config.heads, mask, classTokenOnly: false };
  for (const weights of text.blocks) x = forwardBlock(x, block(weights, config.layerNormEps), {}, null, 1, shape);
  const ends = Int32Array.from({ length: classes }, (_, c) => {
    const prompt = tokens.subarray(c * context, (c + 1) * context);
    return c * context + prompt.indexOf(config.endToken);
  });
  const pooled = layerNorm(x.slice(np.array(ends)), norm(text.finalNorm, config.layerNormEps));
  return np.transpose(unitRows(applyLinear(pooled, linear(textProjection), undefined, 1)));
}

export interface JaxModel {
  /** Consumes patches [S·n, channels·patch²] → [S·tokens, D]. */
  embed(patches: Tensor, sequences: number): Tensor;
  /**
   * Mean cross-entropy. Consumes everything.
   * @param factors as toFactors orders them
   * @param offsets per block, added to its hidden layer [S·tokens, mlp] ([S, mlp] in the last)
   * @param target one-hot, [S, classes]
   */
  loss(factors: Tensor[], offsets: Tensor[], embedded: Tensor, target: Tensor): Tensor;
  /** Shapes of the offsets for S sequences. */
  offsetShapes(sequences: number): [number, number][];
}

export function createJaxModel(
  backbone: ClipBackbone,
  objective: Extract<Objective, { kind: 'clip' }>,
  layout: AdapterLayout,
  scale: number,
): JaxModel {
  const { vision } = backbone;
  const { config } = vision;
  const blocks = vision.blocks.map((weights) => block(weights, config.layerNormEps));
  const embedding = linear(vision.patchEmbedding);
  const classToken = tensor(vision.classToken, [1, 1, config.width]);
  const positions = tensor(vision.positions, [config.tokens, config.width]);
  const preNorm = vision.preNorm && norm(vision.preNorm, config.layerNormEps);
  const finalNorm = norm(vision.finalNorm, config.layerNormEps);
  const projection = linear(backbone.visionProjection);
  const features = promptFeatures(backbone, objective.tokens, objective.classes);
  const logitFactor = Math.exp(backbone.logitScale);

  /** Consumes patches [S·n, channels·patch²] → [S·tokens, D]. */
  const embed = (patches: Tensor, sequences: number): Tensor => {
    const embedded = applyLinear(patches, embedding, undefined, 1).reshape([
      sequences,
      config.tokens - 1,
      config.width,
    ]);
    const classTokens = np.broadcastTo(classToken.ref, [sequences, 1, config.width]);
    const flat = np
      .concatenate([classTokens, embedded], 1)
      .add(positions.ref)
      .reshape([sequences * config.tokens, config.width]);
    return preNorm ? layerNorm(flat, preNorm) : flat;
  };

  /** Mean cross-entropy; see JaxModel. */
  const loss = (factors: Tensor[], offsets: Tensor[], embedded: Tensor, target: Tensor): Tensor => {
    const sequences = target.shape[0];
    const lora: BlockLora[] = blocks.map(() => ({}));
    layout.pairs.forEach(({ layer, projection: name }, p) => {
      lora[layer][name] = { a: factors[2 * p], b: factors[2 * p + 1] };
    });
    let x = embedded;
    blocks.forEach((weights, layer) => {
      const classTokenOnly = layer === blocks.length - 1;
      x = forwardBlock(x, weights, lora[layer], offsets[layer], scale, {
        sequences,
        heads: config.heads,
        mask: null,
        classTokenOnly,
      });
    });
    const unit = unitRows(applyLinear(layerNorm(x, finalNorm), projection, undefined, 1));
    const logits = np.matmul(unit, features.ref).mul(logitFactor); // [S, classes]
    return nn.logSoftmax(logits).mul(target).sum(-1).mean().mul(-1);
  };

  return {
    embed,
    loss,
    offsetShapes: (sequences) =>
      blocks.map((_, layer) => [layer < blocks.length - 1 ? sequences * config.tokens : sequences, config.mlpWidth]),
  };
}
