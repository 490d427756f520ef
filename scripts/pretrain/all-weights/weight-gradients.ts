/** Targets in which the passes accumulate the gradients of all weights. All are in one flat row, so each is an offset into `gradients` [1, size]. */
import type { Projection } from '../../../src/core/adapter-layout.ts';
import type { WeightGradient } from './trainable-device.ts';

export type BlockWeightGradients<T> = Readonly<Record<Projection | 'ln1' | 'ln2', WeightGradient<T>>>;

/** Final norm and projection: from a pooled token to a feature. */
export interface FeatureWeightGradients<T> {
  readonly finalNorm: WeightGradient<T>;
  readonly projection: WeightGradient<T>;
}

/** Rows of the vision embedding. */
export interface ImageEmbeddingGradients<T> {
  readonly patchEmbedding: WeightGradient<T>;
  /** [1, D] */
  readonly classToken: WeightGradient<T>;
  /** [1 + n, D] */
  readonly positions: WeightGradient<T>;
  readonly preNorm: WeightGradient<T> | null;
}

/** Rows of the text embedding. */
export interface TextEmbeddingGradients<T> {
  /** [vocabulary, D] */
  readonly tokenEmbedding: WeightGradient<T>;
  /** [context, D] */
  readonly positions: WeightGradient<T>;
}

export interface TowerWeightGradients<T, E> {
  readonly embedding: E;
  readonly blocks: readonly BlockWeightGradients<T>[];
  readonly feature: FeatureWeightGradients<T>;
}

export type VisionWeightGradients<T> = TowerWeightGradients<T, ImageEmbeddingGradients<T>>;
export type TextWeightGradients<T> = TowerWeightGradients<T, TextEmbeddingGradients<T>>;
