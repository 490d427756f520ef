/** Forward and backward pass of both towers on a batch of images and captions, with gradients of all weights. */
import type { BlockSaved } from '../../../src/engine/passes/block.ts';
import { preparePrompts, visionShape, type PreparedPrompts } from '../../../src/engine/passes/towers.ts';
import type { DeviceBackbone } from '../../../src/engine/passes/weights.ts';
import { captionBuckets } from './caption-buckets.ts';
import type { ClipWeightGradients } from './parameter-views.ts';
import {
  backwardBlocks,
  embedImagesGradient,
  embedImagesKept,
  encodePromptsKept,
  encodePromptsKeptGradient,
  forwardBlocks,
  projectFeaturesKept,
  projectFeaturesKeptGradient,
  type EmbeddingSaved,
  type FeatureKept,
  type PromptsSaved,
} from './tower-passes.ts';
import type { TrainableDevice } from './trainable-device.ts';

export interface ImagesAndCaptions {
  /** [images, patches, channels·patch²], patchified and normalised. */
  readonly patches: Float32Array;
  /** Distinct captions, [captions, context]. */
  readonly tokens: Int32Array;
  /** [images]: the caption of each image. */
  readonly captionOfImage: Int32Array;
}

interface ImageChunk<T> {
  /** Rows of these images in the batch. */
  readonly rows: Int32Array;
  readonly embedding: EmbeddingSaved<T>;
  readonly blocks: readonly BlockSaved<T>[];
  readonly feature: FeatureKept<T>;
}

interface TextBucket<T> {
  /** Indices of these captions in the batch. */
  readonly rows: Int32Array;
  readonly prompts: PreparedPrompts;
  readonly saved: PromptsSaved<T>;
}

export interface ContrastiveForward<T> {
  /** [images, captions] */
  readonly cosines: T;
  readonly saved: {
    readonly imageFeatures: T;
    readonly textFeatures: T;
    readonly chunks: readonly ImageChunk<T>[];
    readonly buckets: readonly TextBucket<T>[];
  };
}

export interface PassSizes {
  /** Images per chunk: one chunk's working set should fit a cache. */
  readonly imagesPerChunk: number;
  readonly textBuckets: number;
}

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);

function forwardImages<T>(
  device: TrainableDevice<T>,
  { vision, clip }: DeviceBackbone<T>,
  patches: Float32Array,
  rows: Int32Array,
): { features: T; chunk: ImageChunk<T> } {
  if (!clip) throw new RangeError('Contrastive training needs a backbone with a text tower.');
  const size = vision.patches * vision.patchLength;
  const chosen = patches.subarray(rows[0] * size, (rows[0] + rows.length) * size);
  const uploaded = device.upload(chosen, rows.length * vision.patches, vision.patchLength);
  const { tokens, saved: embedding } = embedImagesKept(device, vision, uploaded);
  const { y, saved: blocks } = forwardBlocks(device, vision.blocks, tokens, (layer) =>
    visionShape(vision, 1, rows.length, layer),
  );
  const { features, saved: feature } = projectFeaturesKept(device, y, vision.finalNorm, clip.visionProjection);
  return { features, chunk: { rows, embedding, blocks, feature } };
}

function forwardText<T>(
  device: TrainableDevice<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  tokens: Int32Array,
  context: number,
  rows: Int32Array,
): { features: T; bucket: TextBucket<T> } {
  const chosen = new Int32Array(rows.length * context);
  rows.forEach((row, i) => chosen.set(tokens.subarray(row * context, (row + 1) * context), i * context));
  const prompts = preparePrompts(clip.text, chosen, rows.length);
  const { features, saved } = encodePromptsKept(device, clip, prompts);
  return { features, bucket: { rows, prompts, saved } };
}

/**
 * Forward pass of a batch. The caller owns everything returned: pass `saved` to contrastiveBackward, free `cosines`.
 * @throws RangeError when captions or patches do not fit the backbone.
 */
export function contrastiveForward<T>(
  device: TrainableDevice<T>,
  backbone: DeviceBackbone<T>,
  { patches, tokens, captionOfImage }: ImagesAndCaptions,
  { imagesPerChunk, textBuckets }: PassSizes,
): ContrastiveForward<T> {
  const { clip, vision } = backbone;
  if (!clip) throw new RangeError('Contrastive training needs a backbone with a text tower.');
  const images = captionOfImage.length;
  if (patches.length !== images * vision.patches * vision.patchLength)
    throw new RangeError(`The batch has ${patches.length} patch values for ${images} images.`);
  const context = clip.text.tokens;
  const captions = tokens.length / context;
  const projection = clip.visionProjection.outFeatures;

  const imageFeatures = device.zeros(images, projection);
  const chunks: ImageChunk<T>[] = [];
  for (let from = 0; from < images; from += imagesPerChunk) {
    const rows = range(from, Math.min(images, from + imagesPerChunk));
    const { features, chunk } = forwardImages(device, backbone, patches, rows);
    device.addToSlots(features, imageFeatures, 0, rows);
    chunks.push(chunk);
  }
  const { endPositions } = preparePrompts(clip.text, tokens, captions);
  const textFeatures = device.zeros(captions, projection);
  const lengths = Array.from(endPositions, (end) => end + 1);
  const buckets = captionBuckets(lengths, textBuckets).map((rows) => {
    const { features, bucket } = forwardText(device, clip, tokens, context, rows);
    device.addToSlots(features, textFeatures, 0, rows);
    return bucket;
  });
  const cosines = device.groupScores(imageFeatures, textFeatures, null, 1, 1, 1); // [B, U]
  return { cosines, saved: { imageFeatures, textFeatures, chunks, buckets } };
}

/** dCosines [B, U] → gradients of all weights, accumulated into `into`. Consumes dCosines and `saved`. */
export function contrastiveBackward<T>(
  device: TrainableDevice<T>,
  backbone: DeviceBackbone<T>,
  dCosines: T,
  saved: ContrastiveForward<T>['saved'],
  into: ClipWeightGradients<T>,
): void {
  const { vision, clip } = backbone;
  if (!clip) throw new RangeError('Contrastive training needs a backbone with a text tower.');
  const { imageFeatures, textFeatures, chunks, buckets } = saved;
  const dImages = device.groupScoresInputGradient(dCosines, textFeatures, 1, 1, 1); // [B, P]
  const dTexts = device.groupScoresWeightGradient(dCosines, imageFeatures, 1, 1, 1); // [U, P]
  device.free(dCosines, imageFeatures, textFeatures);
  for (const { rows, prompts, saved: kept } of buckets) {
    const dFeatures = device.gatherRows(dTexts, rows);
    encodePromptsKeptGradient(device, clip, prompts, dFeatures, kept, into.text);
  }
  for (const chunk of chunks)
    backwardImages(device, { vision, clip }, device.gatherRows(dImages, chunk.rows), chunk, into);
  device.free(dImages, dTexts);
}

function backwardImages<T>(
  device: TrainableDevice<T>,
  { vision, clip }: { vision: DeviceBackbone<T>['vision']; clip: NonNullable<DeviceBackbone<T>['clip']> },
  dFeatures: T,
  { rows, embedding, blocks, feature }: ImageChunk<T>,
  into: ClipWeightGradients<T>,
): void {
  const dPooled = projectFeaturesKeptGradient(
    device,
    dFeatures,
    feature,
    vision.finalNorm,
    clip.visionProjection,
    into.vision.feature,
  ); // [b, D]
  const shapeOf = (layer: number) => visionShape(vision, 1, rows.length, layer);
  const dTokens = backwardBlocks(device, vision.blocks, dPooled, blocks, shapeOf, into.vision.blocks);
  embedImagesGradient(device, vision, dTokens, embedding, into.vision.embedding);
}
