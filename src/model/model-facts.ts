/** Sizes and costs of a backbone, known before any weight is read. */
import * as v from 'valibot';
import type { Projection } from '../core/adapter-layout.ts';
import { atImageSize, squareGeometry, type ImageGeometry } from './image-geometry.ts';

const Size = v.pipe(v.number(), v.integer(), v.minValue(1));
const TowerFactsSchema = v.object({
  layers: Size,
  width: Size,
  mlpWidth: Size,
  heads: Size,
  /** Tokens of a full sequence. */
  tokens: Size,
});
export type TowerFacts = v.InferOutput<typeof TowerFactsSchema>;

export const ModelFactsSchema = v.object({
  /** For people: "CLIP", "timm ViT". */
  family: v.string(),
  vision: v.object({ ...TowerFactsSchema.entries, imageSize: Size, patchSize: Size }),
  /** Null: images only; a study trains a head. */
  text: v.nullable(TowerFactsSchema),
  /** How images become squares; default: resize the shorter edge to the side and crop the centre. */
  geometry: v.optional(
    v.object({
      resizeTo: Size,
      keepAspect: v.boolean(),
      filter: v.picklist(['bilinear', 'bicubic', 'box']),
      /** Absent: 'down'. */
      cropRounding: v.optional(v.picklist(['down', 'even'])),
    }),
  ),
  /** Number of parameters kept. */
  parameters: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type ModelFacts = v.InferOutput<typeof ModelFactsSchema>;

/** The same backbone for images of another size. @param imageSize pixels, a multiple of the patch size */
export function atSize(facts: ModelFacts, imageSize: number): ModelFacts {
  const { vision } = facts;
  const patches = (side: number) => Math.floor(side / vision.patchSize) ** 2;
  const tokens = vision.tokens - patches(vision.imageSize) + patches(imageSize);
  return { ...facts, vision: { ...vision, imageSize, tokens } };
}

/** How images become inputs of a side of `imageSize` pixels. */
export function geometryOf({ geometry, vision }: ModelFacts, imageSize: number): ImageGeometry {
  const own = vision.imageSize;
  return geometry
    ? atImageSize({ cropRounding: 'down', ...geometry, imageSize: own }, imageSize)
    : squareGeometry(imageSize);
}

/** Weights of the linear maps in all blocks of a tower, without biases. */
export const weightsInBlocks = ({ layers, width, mlpWidth }: TowerFacts): number =>
  layers * (4 * width ** 2 + 2 * width * mlpWidth);

/** Multiplications and additions of one forward pass of one sequence: the four maps of attention, its two products, and the MLP. */
export function forwardFlops(tower: TowerFacts): number {
  const { layers, width, tokens } = tower;
  return 2 * tokens * weightsInBlocks(tower) + 4 * layers * tokens ** 2 * width;
}

/**
 * Multiplications and additions of one training step of the vision tower: forward, and the gradient of its input, which costs as much.
 * Adapters cost little beside them.
 */
export function trainingFlops({ vision }: { readonly vision: TowerFacts }, images: number): number {
  return 2 * images * forwardFlops(vision);
}

/**
 * Bytes of the activations that the backward pass of one sequence through a tower reads, about.
 * @param dora projections whose magnitudes are trained: their outputs are read again
 */
export function activationBytes(
  { layers, width, mlpWidth, heads, tokens }: TowerFacts,
  dora: readonly Projection[] = [],
): number {
  // Per token of a block: its input, two norms' outputs, q, k, v, attention and its output (8 rows of `width`), the MLP before and after
  // its activation, and one row of attention weights per head.
  const outputs = dora.reduce((sum, projection) => sum + (projection === 'fc1' ? mlpWidth : width), 0);
  return 4 * tokens * layers * (8 * width + 2 * mlpWidth + heads * tokens + outputs);
}

/**
 * Bytes a study needs at its peak, about: the weights twice (as read and on the device) and the activations a backward pass reads.
 * @param runs trained together. @param batchSize images of each
 */
export function trainingBytes({ vision, parameters }: ModelFacts, runs: number, batchSize: number): number {
  return 8 * parameters + runs * batchSize * activationBytes(vision);
}
