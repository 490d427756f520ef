/** Evaluates variants whose adapters all fit the device: they lie there together while every chunk of images goes through the model. */
import { isCard, isOwn } from '../../backends.ts';
import type { Device } from '../../device.ts';
import type { Evaluation, EvaluateOptions, EvaluatorSpec, Variant } from '../../engine.ts';
import { attempt } from '../attempt.ts';
import { doraScales, passLora, type DoraScales, type SlotOf } from '../lora.ts';
import { joinSlots } from '../optimizer.ts';
import type { PreparedPrompts } from '../towers.ts';
import type { DeviceBackbone } from '../weights.ts';
import type { EmbeddedImages, ImageChunk } from './evaluation-images.ts';
import { headScores, promptScores, textStates, type ResidentVariants, type TextStates } from './leaf-scores.ts';
import { Readings } from './readings.ts';
import { walkTrie } from './trie-walk.ts';
import { distinctAdapters, planTower, type TowerPlan, type TrieNode } from './variants.ts';

/** Parts that are under way on a card: it computes one while the news of the one before is on its way, which takes as long as many a part. */
const MOST_UNDER_WAY = 2;

/** What variants are evaluated with. */
export interface EvaluationContext<T> {
  readonly device: Device<T>;
  readonly backbone: DeviceBackbone<T>;
  readonly spec: EvaluatorSpec;
  /** Null: the objective has fixed features, or a linear head. */
  readonly prompts: PreparedPrompts | null;
  /** Groups × images × tokens that one pass may hold. */
  readonly rows: number;
  /** Variants that may be scored on so many images at a time, as far as their features and scores are concerned. */
  readonly mostVariants: (images: number) => number;
  /** Hears of block evaluations, of one image each. */
  readonly onBlocks: (evaluations: number) => void;
}

/** Where the results of these variants go. */
interface EvaluationTarget {
  readonly result: Evaluation;
  /** The place in the result of the first of them. */
  readonly first: number;
  /** Hears of scores, of one variant on one image each, as they are taken. */
  readonly advance: (scores: number) => void;
}

/** What the scores of a chunk are made with. */
interface ChunkScoring<T> extends EvaluationTarget {
  readonly context: EvaluationContext<T>;
  readonly resident: ResidentVariants<T>;
  readonly text: TextStates<T> | null;
  readonly readings: Readings;
  /** [M] */
  readonly labels: Int32Array;
  /** The place of its first image, and the number of all. */
  readonly from: number;
  readonly images: number;
}

/**
 * @throws OutOfMemoryError when they do not fit after all; nothing of them stays on the device then
 * @throws the signal's reason between parts, once it is aborted
 */
export async function evaluateResident<T>(
  context: EvaluationContext<T>,
  variants: readonly Variant[],
  set: EmbeddedImages<T>,
  target: EvaluationTarget,
  { signal, between }: EvaluateOptions,
): Promise<void> {
  const { device, backbone, spec } = context;
  const layers = backbone.vision.blocks.length;
  await withResident(context, variants, async (resident, text) => {
    const plan = planTower(spec.layout, 'vision', layers, variants, resident.slotOfVariant);
    const variantsOfLeaf = leafVariants(plan);
    const lora = (nodes: readonly TrieNode[], layer: number) => blockLora(context, resident, nodes, layer);
    const readings = new Readings(isCard(device.info) && isOwn(device.info) ? MOST_UNDER_WAY : 1, between);
    const walkChunk = ({ embedded, from, count }: ImageChunk<T>): Promise<void> => {
      const labels = set.labels.subarray(from, from + count);
      const scoring = { ...target, context, resident, text, readings, labels, from, images: set.count };
      return walkTrie(device, {
        vision: backbone.vision,
        plan,
        embedded,
        images: count,
        rows: context.rows,
        lora,
        signal,
        onLeaves: (leafFrom, leafTo, pooled) => scoreLeaves(scoring, variantsOfLeaf.slice(leafFrom, leafTo), pooled),
        onBlocks: context.onBlocks,
      });
    };
    try {
      for (const chunk of set.chunks) await walkChunk(chunk);
      await readings.takeAll();
    } finally {
      await readings.abandon();
    }
  });
}

/** [leaves][variants that end there] */
function leafVariants({ levels, leafOfVariant }: TowerPlan): number[][] {
  const variantsOfLeaf: number[][] = levels[levels.length - 1].map(() => []);
  leafOfVariant.forEach((leaf, variant) => variantsOfLeaf[leaf].push(variant));
  return variantsOfLeaf;
}

/** What the blocks of these nodes add to the frozen weights. */
function blockLora<T>(
  { backbone, spec: { layout } }: EvaluationContext<T>,
  { variants, slotOfVariant, source }: ResidentVariants<T>,
  nodes: readonly TrieNode[],
  layer: number,
) {
  const slotOf: SlotOf = (group, pair) => {
    const { variant } = nodes[group];
    return layout.pairs[pair].layer === layer && variants[variant].gates[pair] ? slotOfVariant[variant] : -1;
  };
  return passLora(source, 'vision', backbone.vision.blocks.length, nodes.length, slotOf).blocks[layer];
}

/** Holds the adapters of variants on the device, with what depends on them alone, while they are used. */
async function withResident<T>(
  { device, backbone, spec, prompts, rows }: EvaluationContext<T>,
  variants: readonly Variant[],
  use: (resident: ResidentVariants<T>, text: TextStates<T> | null) => Promise<void>,
): Promise<void> {
  const { layout, scale, objective } = spec;
  const { adapters, slotOfVariant } = distinctAdapters(variants);
  const params = device.upload(joinSlots(adapters), adapters.length, layout.size);
  let dora: DoraScales<T> | null = null;
  let text: TextStates<T> | null = null;
  try {
    const isOpen = (pair: number) => variants.some(({ gates }) => gates[pair] !== 0);
    dora = attempt(device, () => doraScales(device, backbone, { layout, params, scale }, isOpen));
    const resident = { variants, slotOfVariant, source: { layout, params, scale, dora } };
    const { clip } = backbone;
    if (clip && objective.kind !== 'linear')
      text = attempt(device, () => textStates(device, clip, objective, prompts, resident, rows));
    await use(resident, text);
  } finally {
    device.free(params, text?.features ?? null, ...(dora ?? []));
  }
}

/**
 * Scores the variants of some leaves. Many may share a leaf, and differ in the text tower only: as many are scored at a time as memory allows.
 * @param variantsOfLeaf [leaves][variants]
 * @param pooled [leaves·M, D]; consumed
 */
async function scoreLeaves<T>(
  scoring: ChunkScoring<T>,
  variantsOfLeaf: readonly (readonly number[])[],
  pooled: T,
): Promise<void> {
  const { context, labels } = scoring;
  const { device, mostVariants } = context;
  const most = mostVariants(labels.length);
  const variants = variantsOfLeaf.flat();
  const leafOf = Int32Array.from(variantsOfLeaf.flatMap((list, leaf) => list.map(() => leaf)));
  try {
    for (let start = 0; start + most < variants.length; start += most) {
      const ofPart = leafOf.slice(start, start + most);
      const [firstLeaf] = ofPart;
      const leaves = Int32Array.from({ length: ofPart[most - 1] - firstLeaf + 1 }, (_, i) => firstLeaf + i);
      const copy = device.gatherGroups(pooled, leaves, labels.length); // [leaves·M, D]
      const leafOfPart = ofPart.map((leaf) => leaf - firstLeaf);
      await scorePart(scoring, variants.slice(start, start + most), leafOfPart, copy);
    }
  } catch (error) {
    device.free(pooled);
    throw error;
  }
  const last = most * Math.floor((variants.length - 1) / most);
  await scorePart(scoring, variants.slice(last), leafOf.slice(last), pooled);
}

/**
 * Begins to score variants on the images of a chunk; the result has their scores once they are read.
 * @param leafOf [variants]: the leaf among the pooled ones
 * @param pooled [leaves·M, D]; consumed
 */
async function scorePart<T>(
  scoring: ChunkScoring<T>,
  variants: readonly number[],
  leafOf: Int32Array,
  pooled: T,
): Promise<void> {
  const { context, result, first, advance, readings, labels, from, images } = scoring;
  const { device, spec } = context;
  const { classes } = spec.objective;
  const count = labels.length;
  const scored = attempt(device, () => score(scoring, variants, leafOf, pooled), pooled);
  const wanted = [scored.loss, scored.predicted, ...(result.logits ? [scored.scores] : [])];
  const values = device.readAll(wanted);
  device.free(scored.loss, scored.predicted, scored.scores); // commands run in order: memory is reused only after the reading
  await readings.add(values, ([losses, predictions, logits]) => {
    variants.forEach((variant, row) => {
      const target = (first + variant) * images + from;
      result.logits?.set(logits.subarray(row * count * classes, (row + 1) * count * classes), target * classes);
      result.loss.set(losses.subarray(row * count, (row + 1) * count), target);
      for (let i = 0; i < count; i++) result.predicted[target + i] = predictions[row * count + i];
    });
    advance(variants.length * count);
  });
}

/** Losses [V·M, 1], predictions [V·M, 1] and scores [V·M, C] of variants on the images of a chunk. Consumes `pooled`. */
function score<T>(
  { context: { device, backbone, spec }, resident, text, labels }: ChunkScoring<T>,
  variants: readonly number[],
  leafOf: Int32Array,
  pooled: T,
): { loss: T; predicted: T; scores: T } {
  const repeated = new Int32Array(variants.length * labels.length);
  variants.forEach((_, row) => repeated.set(labels, row * labels.length));
  const leaves = { pooled, images: labels.length, variants, leafOf };
  const scores = text
    ? promptScores(device, backbone, spec.objective.classes, leaves, text)
    : headScores(device, backbone, spec.layout.head!, leaves, resident); // [V·M, C]
  const { loss, predicted } = device.crossEntropy(scores, repeated, null);
  return { loss, predicted, scores };
}
