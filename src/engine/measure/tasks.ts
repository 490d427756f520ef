/**
 * What "Measure this device" asks of every contender: the protocol as data. A piece is the least part of a task that a contender can do alone;
 * contenders that do a whole task at once have one piece. A change of anything here is a new PROTOCOL.
 */
import { forwardFlops, trainingFlops, weightsInBlocks, type TowerFacts } from '../../model/model-facts.ts';

/**
 * Number of the protocol. 2 adds contenders to 1 and leaves its tasks as they are: what two measurements both have is comparable. 3 tells of short tasks what a further piece
 * takes, so that how long the news of a card is under way is no part of its rates; elsewhere it is the same. 4 copies more than caches hold.
 */
export const PROTOCOL = 4;

export const TASK_IDS = [
  'product-square',
  'product-fc1',
  'product-fc2',
  'product-vit',
  'copy',
  'call',
  'step-1',
  'step-4',
  'landscape',
  'shapley',
  'vit-step',
] as const;
export type TaskId = (typeof TASK_IDS)[number];

/** How the seconds of a task are told: products per second, bytes per second, seconds per call, seconds, variants per second. */
export type Measure = 'flops' | 'bytes' | 'per-call' | 'seconds' | 'per-second';

/** A task that is measured, with what it costs at least. */
export interface MeasuredTask {
  readonly id: TaskId;
  readonly measure: Measure;
  /** Calls or variants in the task; 1 where that is nothing. */
  readonly count: number;
  /** Multiplications and additions of the whole task, each counted. Work that an implementation can share between variants is counted once. */
  readonly flops: number;
  /** Bytes that no implementation avoids: inputs and results of blocks, weights, images. */
  readonly bytes: number;
  /** Share of the time budget beside the other tasks. */
  readonly weight: number;
  /** Needs much memory: contenders do it one after the other instead of in turns, and small devices leave it out. */
  readonly heavy: boolean;
}

/** x [rows, inputs] · W [inputs, outputs]. */
export interface ProductShape {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** The matrix products that are measured: [rows, inputs] · [inputs, outputs]. */
export const PRODUCT_SHAPES = {
  'product-square': { rows: 1024, inputs: 1024, outputs: 1024 },
  'product-fc1': { rows: 4 * 32 * 17, inputs: 64, outputs: 256 },
  'product-fc2': { rows: 4 * 32 * 17, inputs: 256, outputs: 64 },
  'product-vit': { rows: 400, inputs: 768, outputs: 3072 },
} as const satisfies Partial<Record<TaskId, ProductShape>>;

export type ProductId = keyof typeof PRODUCT_SHAPES;
export const isProduct = (id: TaskId): id is ProductId => id in PRODUCT_SHAPES;

/**
 * The tensors that are copied, one a piece, [rows, columns]: 32 MiB each. Their copies are kept until they are made anew, so that 256 MiB are gone through before anything is
 * read or written again: cards cache up to 128.
 */
export const COPIED = { rows: 8192, columns: 1024, tensors: 4 } as const;
/** Gigabytes that this takes on a device: twice what the tensors and their copies hold. */
export const COPY_GIGABYTES = 0.5;
/** Since this protocol. */
const COPIES_MUCH = 4;
/** Whether a task is the same in two protocols. */
export const isSameTask = (id: TaskId, one: number, other: number): boolean =>
  id !== 'copy' || one >= COPIES_MUCH === other >= COPIES_MUCH;
/** The tensor of an empty round trip: next to nothing, but more than TensorFlow.js takes for so little that the processor computes it instead of the card. */
export const TRIP = { rows: 32, columns: 64 } as const;
/** Small products one after the other, each of the one before: [rows, width] by [width, width]. */
export const CALLS = { count: 256, rows: 16, width: 64 } as const;

export interface ModelShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly imageSize: number;
  readonly patchSize: number;
}

/** The sizes of models that are measured: of the bundled backbone, and of ViT-B/32. Images and patches in pixels. */
export const EMOJI_CLIP: ModelShape = { layers: 12, width: 64, heads: 4, imageSize: 32, patchSize: 8 };
/** The vision tower of CLIP ViT-B/32 (Radford et al., 2021). */
export const VIT_B32: ModelShape = { layers: 12, width: 768, heads: 12, imageSize: 224, patchSize: 32 };
/** Images of a run in a step, of each model. */
export const EMOJI_BATCH = 32;
export const VIT_BATCH = 8;
export const LANDSCAPE = { points: 21, images: 64 } as const;
/** All sets of the vision tower's layers. */
export const SHAPLEY = { coalitions: 2 ** EMOJI_CLIP.layers, images: 4 } as const;

const FLOAT = 4;

function factsOf({ layers, width, heads, imageSize, patchSize }: ModelShape): TowerFacts {
  return { layers, width, mlpWidth: 4 * width, heads, tokens: 1 + (imageSize / patchSize) ** 2 };
}

/**
 * Bytes of one training step where caches hold all inside a block: weights read twice, the input of every block written once and read twice, its gradient
 * written and read once.
 */
function stepBytes(tower: TowerFacts, sequences: number): number {
  return FLOAT * (2 * weightsInBlocks(tower) + 5 * sequences * tower.tokens * tower.width * tower.layers);
}

/** Bytes of `passes` passes through single blocks: weights of each block read once, its input read and its output written. */
function passBytes(tower: TowerFacts, passes: number): number {
  return FLOAT * (weightsInBlocks(tower) + 2 * passes * tower.tokens * tower.width);
}

function step(id: TaskId, shape: ModelShape, sequences: number, weight: number, heavy = false): MeasuredTask {
  const tower = factsOf(shape);
  const flops = trainingFlops({ vision: tower }, sequences);
  return { id, measure: 'seconds', count: 1, flops, bytes: stepBytes(tower, sequences), weight, heavy };
}

/** @param blocks passes of one image through one block */
function evaluation(id: TaskId, measure: Measure, count: number, blocks: number, weight: number): MeasuredTask {
  const tower = factsOf(EMOJI_CLIP);
  const flops = (blocks * forwardFlops(tower)) / tower.layers;
  return { id, measure, count, flops, bytes: passBytes(tower, blocks), weight, heavy: false };
}

function product(id: ProductId): MeasuredTask {
  const { rows, inputs, outputs } = PRODUCT_SHAPES[id];
  const bytes = FLOAT * (rows * inputs + inputs * outputs + rows * outputs);
  return { id, measure: 'flops', count: 1, flops: 2 * rows * inputs * outputs, bytes, weight: 1, heavy: false };
}

/** In the order in which they are measured: small ones first, by which a slow contender knows what to leave out. */
export const TASKS: readonly MeasuredTask[] = [
  product('product-fc1'),
  product('product-fc2'),
  product('product-vit'),
  product('product-square'),
  {
    id: 'copy',
    measure: 'bytes',
    count: 1,
    flops: 0,
    bytes: 2 * FLOAT * COPIED.rows * COPIED.columns,
    weight: 1,
    heavy: true,
  },
  {
    id: 'call',
    measure: 'per-call',
    count: CALLS.count,
    flops: CALLS.count * 2 * CALLS.rows * CALLS.width ** 2,
    bytes: CALLS.count * FLOAT * (2 * CALLS.rows * CALLS.width + CALLS.width ** 2),
    weight: 1,
    heavy: false,
  },
  step('step-1', EMOJI_CLIP, EMOJI_BATCH, 3),
  step('step-4', EMOJI_CLIP, 4 * EMOJI_BATCH, 3),
  evaluation('landscape', 'seconds', LANDSCAPE.points, LANDSCAPE.points * LANDSCAPE.images * EMOJI_CLIP.layers, 4),
  // Sets with the same lowest layers share those: the trie of all sets has 2 + 4 + … + 2ⁿ blocks.
  evaluation('shapley', 'per-second', SHAPLEY.coalitions, (2 * SHAPLEY.coalitions - 2) * SHAPLEY.images, 4),
  step('vit-step', VIT_B32, VIT_BATCH, 6, true),
];

/** @throws RangeError for a task that there is none of */
export function taskOf(id: TaskId): MeasuredTask {
  const task = TASKS.find((known) => known.id === id);
  if (!task) throw new RangeError(`There is no task "${id}".`);
  return task;
}
