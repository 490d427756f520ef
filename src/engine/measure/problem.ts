/** The model, the adapters and the images of the protocol: random and the same for all contenders, so that nothing is loaded. */
import { allGates, createAdapterLayout, gatesOfPlayers, type AdapterLayout } from '../../core/adapter-layout.ts';
import { initialAdapter } from '../../copra/lora-init.ts';
import { factorPath, lambdas } from '../../copra/landscape.ts';
import { exactPlan } from '../../copra/shapley/plan.ts';
import { towerShapes, type ClipBackbone } from '../../model/backbone.ts';
import { patchify } from '../../model/patchify.ts';
import type { Objective, TrainingPixels, Variant } from '../engine.ts';
import { tinyClip, tinyPrompts } from '../tiny-clip.ts';
import { EMOJI_BATCH, EMOJI_CLIP, LANDSCAPE, SHAPLEY, VIT_B32, VIT_BATCH, type ModelShape } from './tasks.ts';

export const LEARNING_RATE = 1e-3;
const CLASSES = 8;
const PREPROCESSING = { filter: 'bicubic', rescale: 1 / 128, mean: [1, 1, 1], std: [1, 1, 1] } as const;

export interface MeasuredModel {
  readonly backbone: ClipBackbone;
  readonly objective: Extract<Objective, { kind: 'clip' }>;
  readonly layout: AdapterLayout;
  readonly scale: number;
}

/** Images of noise, as pixels and as patches. */
export interface MeasuredImages {
  readonly pixels: TrainingPixels;
  /** [count, patches, 3 · patch²] */
  readonly patches: Float32Array;
  /** [count] */
  readonly labels: Int32Array;
}

export interface StepProblem {
  readonly model: MeasuredModel;
  readonly images: MeasuredImages;
  readonly batch: number;
  /** One adapter per run. */
  readonly initial: readonly Float32Array[];
}

export interface EvaluationProblem {
  readonly model: MeasuredModel;
  readonly images: MeasuredImages;
  readonly variants: readonly Variant[];
  /** The variant whose losses are compared. */
  readonly compared: number;
}

/** All blocks have the same weights, which spares drawing a hundred million numbers; devices keep a copy of each. */
function backboneOf(shape: ModelShape): ClipBackbone {
  const single = tinyClip({ ...shape, layers: 1 });
  const { vision } = single;
  return {
    ...single,
    vision: {
      ...vision,
      config: { ...vision.config, layers: shape.layers },
      blocks: Array.from({ length: shape.layers }, () => vision.blocks[0]),
    },
  };
}

function modelOf(shape: ModelShape, rank: number, projections: readonly ('q' | 'k' | 'v' | 'o')[]): MeasuredModel {
  const backbone = backboneOf(shape);
  return {
    backbone,
    objective: { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) },
    layout: createAdapterLayout(towerShapes(backbone), { rank, towers: ['vision'], projections }),
    scale: 1,
  };
}

const emojiModel = (): MeasuredModel => modelOf(EMOJI_CLIP, 4, ['q', 'k', 'v', 'o']);

/** An adapter with an effect in every layer: B is not 0. */
function filledAdapter(layout: AdapterLayout, seed: number): Float32Array {
  const adapter = initialAdapter(layout, seed);
  layout.pairs.forEach(({ bOffset, outFeatures }) => {
    for (let i = 0; i < outFeatures * layout.rank; i++) adapter[bOffset + i] = 0.02 * Math.sin(i + seed + bOffset);
  });
  return adapter;
}

function imagesOf({ imageSize, patchSize }: ModelShape, count: number): MeasuredImages {
  const pixels = Uint8Array.from({ length: count * imageSize ** 2 * 3 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  const preprocessing = { ...PREPROCESSING, imageSize };
  return {
    pixels: { pixels, count, size: imageSize, borders: new Uint8Array(3 * count), preprocessing },
    patches: patchify(pixels, count, imageSize, patchSize, preprocessing),
    labels: Int32Array.from({ length: count }, (_, i) => i % CLASSES),
  };
}

/** A step of Emoji-CLIP's shapes: LoRA r = 4 on q, k, v, o of twelve layers. */
export function emojiStep(runs: number): StepProblem {
  const model = emojiModel();
  return {
    model,
    images: imagesOf(EMOJI_CLIP, EMOJI_BATCH),
    batch: EMOJI_BATCH,
    initial: Array.from({ length: runs }, (_, run) => filledAdapter(model.layout, run)),
  };
}

/** A step of ViT-B/32's shapes: LoRA r = 2 on q, k, v of twelve layers. */
export function vitStep(): StepProblem {
  const model = modelOf(VIT_B32, 2, ['q', 'k', 'v']);
  return { model, images: imagesOf(VIT_B32, VIT_BATCH), batch: VIT_BATCH, initial: [filledAdapter(model.layout, 0)] };
}

/** Points between two adapters. */
export function landscapeProblem(): EvaluationProblem {
  const model = emojiModel();
  const [a, b] = [filledAdapter(model.layout, 0), filledAdapter(model.layout, 1)];
  return {
    model,
    images: imagesOf(EMOJI_CLIP, LANDSCAPE.images),
    variants: lambdas(LANDSCAPE.points).map((lambda) => ({
      adapter: factorPath(a, b, lambda),
      gates: allGates(model.layout),
    })),
    compared: 0,
  };
}

/** All sets of layers of one adapter. */
export function shapleyProblem(): EvaluationProblem {
  const model = emojiModel();
  const adapter = filledAdapter(model.layout, 0);
  const { coalitions } = exactPlan(model.layout.players.length);
  return {
    model,
    images: imagesOf(EMOJI_CLIP, SHAPLEY.images),
    variants: coalitions.map((coalition) => ({ adapter, gates: gatesOfPlayers(model.layout, coalition) })),
    // Neither none nor all of the layers.
    compared: Math.floor(coalitions.length / 3),
  };
}

/** Values from −1 to 1 that look random and are the same everywhere. */
export function noise(length: number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = (Math.imul(i + 1, 2654435761) >>> 8) / 2 ** 23 - 1;
  return values;
}

/** Makes results in `count` places, one after the other, each of which is kept until it is made anew. */
export function keptInTurns<Made>(
  count: number,
  make: (place: number) => Made,
  free: (made: Made) => void,
): { readonly next: () => Made; readonly dispose: () => void } {
  const kept = new Map<number, Made>();
  const drop = (place: number): void => {
    const made = kept.get(place);
    if (made !== undefined) free(made);
    kept.delete(place);
  };
  let turn = 0;
  return {
    next() {
      const place = turn++ % count;
      drop(place); // first, or there would be one more
      const made = make(place);
      kept.set(place, made);
      return made;
    },
    dispose: () => [...kept.keys()].forEach(drop),
  };
}

/** [width, width]: moves every value one place on, so that many products in a row neither vanish nor grow. */
export function shifting(width: number): Float32Array {
  const matrix = new Float32Array(width * width);
  for (let i = 0; i < width; i++) matrix[i * width + ((i + 1) % width)] = 1;
  return matrix;
}
