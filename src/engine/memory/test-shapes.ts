/** Backbones of which only the shapes are known, for tests of memory plans. */
import { createAdapterLayout, PROJECTIONS, type AdapterTargets } from '../../core/adapter-layout.ts';
import type { TrainerSpec } from '../engine.ts';
import type { DeviceLinear } from '../operands.ts';
import type { DeviceBackbone, DeviceBlock, DeviceNorm } from '../passes/weights.ts';

export interface Shape {
  readonly rows: number;
  readonly cols: number;
}

interface TowerSize {
  readonly width: number;
  readonly layers: number;
  readonly tokens: number;
}

export interface ClipSize {
  readonly vision: TowerSize & { readonly patchSize: number };
  readonly text: TowerSize & { readonly vocabulary: number };
  readonly projection: number;
}

/** CLIP ViT-B for 224 pixels. */
export const clipB = (patchSize: 16 | 32, layers = 12): ClipSize => ({
  vision: { width: 768, layers, tokens: 1 + (224 / patchSize) ** 2, patchSize },
  text: { width: 512, layers, tokens: 77, vocabulary: 49408 },
  projection: 512,
});

const linear = (outFeatures: number, inFeatures: number): DeviceLinear => ({ inFeatures, outFeatures });

const norm = (width: number): DeviceNorm<Shape> => ({
  gain: { rows: 1, cols: width },
  bias: { rows: 1, cols: width },
  epsilon: 1e-5,
});

function tower({ width, layers, tokens }: TowerSize) {
  const block: DeviceBlock<Shape> = {
    ln1: norm(width),
    q: linear(width, width),
    k: linear(width, width),
    v: linear(width, width),
    o: linear(width, width),
    ln2: norm(width),
    fc1: linear(4 * width, width),
    fc2: linear(width, 4 * width),
  };
  return {
    tokens,
    width,
    mlpWidth: 4 * width,
    heads: width / 64,
    activation: 'quick_gelu' as const,
    blocks: new Array<DeviceBlock<Shape>>(layers).fill(block),
    finalNorm: norm(width),
    positions: { rows: tokens, cols: width },
  };
}

export function shapesOf({ vision, text, projection }: ClipSize): DeviceBackbone<Shape> {
  const patchLength = 3 * vision.patchSize ** 2;
  return {
    vision: {
      ...tower(vision),
      patchEmbedding: linear(vision.width, patchLength),
      patches: vision.tokens - 1,
      patchLength,
      classToken: { rows: 1, cols: vision.width },
      preNorm: norm(vision.width),
    },
    clip: {
      text: {
        ...tower(text),
        tokenEmbedding: { rows: text.vocabulary, cols: text.width },
        endToken: text.vocabulary - 1,
        vocabulary: text.vocabulary,
      },
      visionProjection: linear(projection, vision.width),
      textProjection: linear(projection, text.width),
      logitScale: 1,
    },
    free: () => {},
  };
}

/** Runs on both towers, with ten prompts of eight tokens. */
export function specOf(
  { vision, text }: ClipSize,
  runs: number,
  targets: Partial<AdapterTargets> = {},
  classes = 10,
): TrainerSpec {
  const tokens = new Int32Array(classes * text.tokens);
  for (let c = 0; c < classes; c++) tokens[c * text.tokens + 7] = text.vocabulary - 1;
  const sized = ({ width, layers }: TowerSize) => ({ width, layers, mlpWidth: 4 * width });
  const all: AdapterTargets = { rank: 2, towers: ['vision', 'text'], projections: PROJECTIONS, ...targets };
  const layout = createAdapterLayout({ vision: sized(vision), text: sized(text) }, all, null);
  return {
    objective: { kind: 'clip', classes, tokens },
    layout,
    scale: 1,
    optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    initial: new Array<Float32Array>(runs).fill(new Float32Array(layout.size)),
    inputDropout: new Array<number>(runs).fill(0),
    dropoutSeeds: new Array<number>(runs).fill(1),
  };
}
