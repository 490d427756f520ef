/** What is asked about single pictures, and the answer: any pictures, any variants of the adapters of a study. Structured-cloneable. */
import type { Player } from '../../core/adapter-layout.ts';
import type { ScaledAdapter } from '../../copra/align.ts';
import type { StudyConfig } from '../config/config.ts';
import type { NotedPrecision } from '../kernels/study-precision.ts';

/** An adapter that variants are made of. */
export interface HeldAdapter extends ScaledAdapter {
  /** Unique among the held ones. */
  readonly id: string;
}

/** Whose answers are asked for. It stays the same over many questions, so that the worker keeps it. */
export interface PredictorSetting {
  readonly config: Pick<StudyConfig, 'backbone' | 'imageSize' | 'prompts' | 'arms'>;
  /** Names of the classes, in the order of their labels. */
  readonly classes: readonly string[];
  readonly adapters: readonly HeldAdapter[];
  /** Of the study. */
  readonly precision?: NotedPrecision;
  /** The classifier of a backbone without a text tower, as a result holds it; null or damaged: the backbone cannot answer. */
  readonly head: string | null;
}

/** How several adapters become one: the average of their A and B, or of their updates B·A. With weights 1 − λ and λ these are the two paths. */
export type Averaging = 'factors' | 'updates';

/** The backbone, an adapter, a point between two, or a merge of several; each with any layers switched off. */
export interface PictureVariant {
  /** Ids of held adapters and their weights; empty: the backbone without adapters. */
  readonly parts: readonly { readonly adapter: string; readonly weight: number }[];
  readonly method: Averaging;
  /** Layers without their adapter. */
  readonly off: readonly Player[];
}

export type PictureInput =
  /** A picture that needs no cropping: [size, size, 3] uint8 RGB. Test images are such, and pictures that were read before. */
  | { readonly kind: 'square'; readonly pixels: Uint8Array<ArrayBuffer>; readonly size: number }
  /** An opaque frame of a camera, [height, width, 4] uint8 RGBA: resized and cropped like the images of a data set. */
  | {
      readonly kind: 'frame';
      readonly pixels: Uint8ClampedArray<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
    };

export interface PictureQuestion {
  readonly pictures: readonly PictureInput[];
  readonly variants: readonly PictureVariant[];
  /** Further candidate classes, for backbones with a text tower. */
  readonly words: readonly string[];
}

/** Asks what variants attend to on one picture. */
export interface InsideQuestion {
  readonly picture: PictureInput;
  readonly variants: readonly PictureVariant[];
}

/** What one variant attends to, by attention rollout (copra/attention-rollout.ts). */
export interface PictureLook {
  /** [side, side]: shares of the patches, adding up to 1. */
  readonly patches: Float32Array<ArrayBuffer>;
  /** Share that stays on the class token, and on other tokens that are no patches. */
  readonly rest: number;
}

export interface InsideAnswer {
  /** Patches per side of the picture. */
  readonly side: number;
  /** [variants] */
  readonly looks: readonly PictureLook[];
}

export interface PictureAnswers {
  /** The classes, and behind them the words. */
  readonly classes: readonly string[];
  /** Per variant, [pictures, classes]: probabilities. Null for a variant without a classifier of these classes. */
  readonly probabilities: readonly (Float32Array<ArrayBuffer> | null)[];
  /** Words, or parts of them, that are not in the vocabulary of the text tower. */
  readonly unknown: readonly string[];
}
