/** An initial CLIP backbone for pretraining: normal weights with CLIP's initial standard deviations (Radford et al. 2021, appendix). */
import type { Rng } from '../../../src/core/rng.ts';
import type {
  BlockWeights,
  ClipBackbone,
  LayerNormWeights,
  LinearWeights,
  TextTower,
  TowerConfig,
  VisionTower,
} from '../../../src/model/backbone.ts';

export interface ClipShape {
  readonly vision: VisionTower['config'];
  readonly text: TextTower['config'];
  /** Dimensions of the joint space. */
  readonly projection: number;
}

const TOKEN_STD = 0.02;
const POSITION_STD = 0.01;
/** Its exponential is 1/0.07. */
const LOGIT_SCALE = Math.log(1 / 0.07);

export function initialClip({ vision, text, projection }: ClipShape, rng: Rng): ClipBackbone {
  const normal = (count: number, std: number) => Float32Array.from({ length: count }, () => std * rng.normal());
  const norm = (width: number): LayerNormWeights => ({
    gain: new Float32Array(width).fill(1),
    bias: new Float32Array(width),
  });
  const linear = (inFeatures: number, outFeatures: number, std: number, hasBias: boolean): LinearWeights => ({
    weight: normal(inFeatures * outFeatures, std),
    bias: hasBias ? new Float32Array(outFeatures) : null,
    inFeatures,
    outFeatures,
  });
  const blocks = ({ layers, width, mlpWidth }: TowerConfig): BlockWeights[] => {
    const inner = width ** -0.5; // q, k, v
    const residual = inner * (2 * layers) ** -0.5; // maps that write to the residual stream
    return Array.from({ length: layers }, () => ({
      ln1: norm(width),
      q: linear(width, width, inner, true),
      k: linear(width, width, inner, true),
      v: linear(width, width, inner, true),
      o: linear(width, width, residual, true),
      ln2: norm(width),
      fc1: linear(width, mlpWidth, (2 * width) ** -0.5, true),
      fc2: linear(mlpWidth, width, residual, true),
    }));
  };
  const patch = vision.channels * vision.patchSize ** 2;
  return {
    kind: 'clip',
    vision: {
      config: vision,
      patchEmbedding: linear(patch, vision.width, patch ** -0.5, false),
      classToken: normal(vision.width, vision.width ** -0.5),
      positions: normal(vision.tokens * vision.width, POSITION_STD),
      preNorm: norm(vision.width),
      blocks: blocks(vision),
      finalNorm: norm(vision.width),
    },
    text: {
      config: text,
      tokenEmbedding: normal(text.vocabulary * text.width, TOKEN_STD),
      positions: normal(text.tokens * text.width, POSITION_STD),
      blocks: blocks(text),
      finalNorm: norm(text.width),
    },
    visionProjection: linear(vision.width, projection, vision.width ** -0.5, false),
    textProjection: linear(text.width, projection, text.width ** -0.5, false),
    logitScale: LOGIT_SCALE,
  };
}
