/** Architecture and training recipe of Emoji-CLIP. */
import { PRETRAINING_STYLES } from '../../src/data/bundled/atlas.ts';
import type { StyleAugmentation } from '../../src/data/image/augment.ts';
import type { ClipShape } from './all-weights/initial-clip.ts';

const TOWER = { width: 64, mlpWidth: 256, heads: 4, activation: 'quick_gelu', layerNormEps: 1e-5 } as const;

export const SHAPE: ClipShape = {
  vision: { ...TOWER, layers: 12, tokens: 17, imageSize: 32, patchSize: 8, channels: 3 },
  text: { ...TOWER, layers: 4, tokens: 20, vocabulary: 4179, endToken: 4178 },
  projection: 64,
};
export const START_TOKEN = 1;
export const PAD_TOKEN = 0;

export interface Recipe {
  readonly styles: typeof PRETRAINING_STYLES;
  readonly batch: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly warmup: number;
  readonly optimizer: { beta1: number; beta2: number; epsilon: number; weightDecay: number };
  readonly gradientClip: number;
  /** The last steps augment more strongly: otherwise longer training reduces quality on unseen styles. */
  readonly augmentation: {
    readonly first: StyleAugmentation;
    readonly last: StyleAugmentation & { readonly steps: number };
  };
}

export const RECIPE: Recipe = {
  styles: PRETRAINING_STYLES,
  batch: 256,
  epochs: 300,
  learningRate: 3e-3,
  warmup: 200,
  optimizer: { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.05 },
  gradientClip: 1,
  augmentation: {
    first: { gain: 0.15, grey: 0.15, outlined: 0 },
    last: { gain: 0.3, grey: 0.25, outlined: 0.3, steps: 1500 },
  },
};

/** @param step counts from 0 */
export const augmentationAt = (
  { augmentation: { first, last } }: Recipe,
  step: number,
  steps: number,
): StyleAugmentation => (step < steps - last.steps ? first : last);

/** Linear warm-up, then cosine to 0. @param step counts from 0 */
export function learningRate({ learningRate: peak, warmup }: Recipe, step: number, steps: number): number {
  if (step < warmup) return (peak * (step + 1)) / warmup;
  return (peak / 2) * (1 + Math.cos((Math.PI * (step - warmup)) / Math.max(1, steps - warmup)));
}

/** The classes of the figure "sub16". */
export const QUALITY_SUBGROUPS: readonly string[] = [
  'animal-mammal',
  'animal-bird',
  'animal-marine',
  'animal-bug',
  'plant-flower',
  'plant-other',
  'food-fruit',
  'food-vegetable',
  'food-prepared',
  'food-sweet',
  'drink',
  'transport-ground',
  'transport-air',
  'transport-water',
  'sky-weather',
  'clothing',
];
