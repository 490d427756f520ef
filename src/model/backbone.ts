/** Backbones as data: the contents of a checkpoint, independent of the file's tensor names and of any device. */
import type { PairShape, TowerName } from '../core/adapter-layout.ts';

export type Activation = 'quick_gelu' | 'gelu' | 'gelu_tanh';

export interface LinearWeights {
  /** [out, in], row-major, as in the checkpoint. */
  readonly weight: Float32Array;
  /** [out], or null where the map has none. */
  readonly bias: Float32Array | null;
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [out]: layer scale that was folded into weight and bias; adapters in files act before it. */
  readonly foldedScale?: Float32Array;
}

/** gain ∘ (x − mean) / σ + bias, each [width]. */
export interface LayerNormWeights {
  readonly gain: Float32Array;
  readonly bias: Float32Array;
}

/**
 * One pre-LN transformer block: x += s1·o(attn(ln1 x)); x += s2·fc2(act(fc1(ln2 x))). Layer scale s (DINOv2) is folded into o and fc2 when a
 * checkpoint is read: diag(s)·(Wx + b) = (diag(s)W)x + s∘b.
 */
export interface BlockWeights {
  readonly ln1: LayerNormWeights;
  readonly q: LinearWeights;
  readonly k: LinearWeights;
  readonly v: LinearWeights;
  readonly o: LinearWeights;
  readonly ln2: LayerNormWeights;
  readonly fc1: LinearWeights;
  readonly fc2: LinearWeights;
}

/** Sizes of a tower. A head has width / heads values. */
export interface TowerConfig {
  readonly layers: number;
  readonly width: number;
  readonly mlpWidth: number;
  readonly heads: number;
  /** Tokens of a full sequence: 1 + blank patches + patches for vision, context length for text. */
  readonly tokens: number;
  readonly activation: Activation;
  readonly layerNormEps: number;
}

export interface VisionTower {
  readonly config: TowerConfig & {
    readonly imageSize: number;
    readonly patchSize: number;
    readonly channels: number;
    /**
     * Number of tokens between the class token and the patches that carry no image content (DeiT's distillation token); default: none. They
     * are zero patches. Their row of `positions` cancels the embedding's bias, so devices need not treat them specially.
     */
    readonly blankPatches?: number;
  };
  /** [width, channels·patch·patch]: the convolution as a linear map over patches in (channel, row, column) order. */
  readonly patchEmbedding: LinearWeights;
  /** [width] */
  readonly classToken: Float32Array;
  /** [tokens, width] */
  readonly positions: Float32Array;
  /** CLIP's pre_layrnorm; null for ViT and DINOv2. */
  readonly preNorm: LayerNormWeights | null;
  readonly blocks: readonly BlockWeights[];
  /** CLIP post_layernorm / ViT layernorm. */
  readonly finalNorm: LayerNormWeights;
}

export interface TextTower {
  readonly config: TowerConfig & { readonly vocabulary: number; readonly endToken: number };
  /** [vocabulary, width] */
  readonly tokenEmbedding: Float32Array;
  /** [tokens, width] */
  readonly positions: Float32Array;
  readonly blocks: readonly BlockWeights[];
  readonly finalNorm: LayerNormWeights;
}

export interface ClipBackbone {
  readonly kind: 'clip';
  readonly vision: VisionTower;
  readonly text: TextTower;
  /** [projection, width], no bias. */
  readonly visionProjection: LinearWeights;
  readonly textProjection: LinearWeights;
  /** log of the temperature: logits = exp(logitScale) · cos(image, text). */
  readonly logitScale: number;
}

export interface VitBackbone {
  readonly kind: 'vit';
  readonly vision: VisionTower;
  /** The checkpoint's own classifier, if it has one (a study trains its own head). */
  readonly classifier: LinearWeights | null;
}

export type Backbone = ClipBackbone | VitBackbone;

/** The towers a backbone has. */
export const backboneTowers = (backbone: Backbone): readonly (VisionTower | TextTower)[] =>
  backbone.kind === 'clip' ? [backbone.vision, backbone.text] : [backbone.vision];

/** Every linear map that features go through: the embedding of patches, those of all blocks, and projections; no classifier. */
export function linearMaps(backbone: Backbone): LinearWeights[] {
  const blocks = backboneTowers(backbone).flatMap((tower) => tower.blocks);
  return [
    backbone.vision.patchEmbedding,
    ...blocks.flatMap(({ q, k, v, o, fc1, fc2 }) => [q, k, v, o, fc1, fc2]),
    ...(backbone.kind === 'clip' ? [backbone.visionProjection, backbone.textProjection] : []),
  ];
}

/** Layer counts and widths of the towers a backbone has: what createAdapterLayout needs. */
export function towerShapes(backbone: Backbone): Partial<Record<TowerName, TowerConfig>> {
  return backbone.kind === 'clip'
    ? { vision: backbone.vision.config, text: backbone.text.config }
    : { vision: backbone.vision.config };
}

/** The linear map that a pair of a layout adapts. @throws RangeError when the backbone has no such map of that size. */
export function adaptedMap(backbone: Backbone, pair: PairShape): LinearWeights {
  const { tower, layer, projection, inFeatures, outFeatures } = pair;
  const blocks = tower === 'vision' ? backbone.vision.blocks : backbone.kind === 'clip' ? backbone.text.blocks : [];
  const block: BlockWeights | undefined = blocks[layer];
  const linear = block?.[projection];
  if (linear?.inFeatures !== inFeatures || linear.outFeatures !== outFeatures)
    throw new RangeError(`The backbone has no ${projection} of that size in ${tower} layer ${layer + 1}.`);
  return linear;
}
