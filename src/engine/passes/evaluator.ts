/** Evaluates many variants on many images in batches, doing shared work once (variants.ts has the plan). */
import { isCard, isOwn } from '../backends.ts';
import type { Evaluation, EvaluateOptions, Evaluator, EvaluatorSpec, Variant } from '../engine.ts';
import { rowsOfPass, type EvaluationBudget } from '../budget.ts';
import type { Device } from '../device.ts';
import { OutOfMemoryError } from '../errors.ts';
import { attempt } from './attempt.ts';
import { blockForward, type BlockLora } from './block.ts';
import { EvaluationImages, type EmbeddedImages, type ImageChunk } from './evaluation-images.ts';
import { headScores, promptScores, textStates, type ResidentVariants, type TextStates } from './leaf-scores.ts';
import { doraScales, passLora, type SlotOf } from './lora.ts';
import { joinSlots } from './optimizer.ts';
import { preparePrompts, visionShape } from './towers.ts';
import { childRange, distinctAdapters, planTower, type TowerPlan, type TrieNode } from './variants.ts';
import type { DeviceBackbone } from './weights.ts';

/** Parts that are under way on a card: it computes one while the news of the one before is on its way, which takes as long as many a part. */
const MOST_UNDER_WAY = 2;

/** A part whose scores are under way. */
interface ReadPart {
  readonly reading: Promise<Float32Array[]>;
  readonly take: (values: Float32Array[]) => void;
}

/** One walk through the trie of a plan, on one chunk of images. */
interface Walk<T> {
  readonly plan: TowerPlan;
  readonly images: number;
  readonly lora: (nodes: readonly TrieNode[], layer: number) => BlockLora<T>;
  /** Takes over the pooled tokens [leaves·M, D] of the leaves [from, to). */
  readonly onLeaves: (from: number, to: number, pooled: T) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** The nodes [from, to) of a level, and what their blocks read. */
interface Branch<T> {
  readonly layer: number;
  readonly from: number;
  readonly to: number;
  /** [parents·M·T, D] */
  readonly x: T;
  /** The node above that comes first in x. */
  readonly firstParent: number;
}

/** @throws RangeError when the objective does not fit the backbone. */
export function createEvaluator<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  spec: EvaluatorSpec,
  budget: EvaluationBudget,
): Evaluator {
  const { layout, scale, objective } = spec;
  const { vision, clip } = backbone;
  const { classes } = objective;
  if (objective.kind !== 'linear' && !clip)
    throw new RangeError('This backbone has no text tower: class prompts need CLIP, use a linear head instead.');
  if (objective.kind === 'linear' && !layout.head)
    throw new RangeError('The linear objective needs a layout with a head.');
  const prompts = objective.kind === 'clip' && clip ? preparePrompts(clip.text, objective.tokens, classes) : null;
  const layers = vision.blocks.length;
  const widest = Math.max(vision.mlpWidth, vision.patchLength, clip?.text.mlpWidth ?? 0);
  const rows = rowsOfPass(budget, widest);
  /** Of the features that are compared with those of the classes. */
  const width = clip && objective.kind !== 'linear' ? clip.visionProjection.outFeatures : vision.width;
  /** Tensors that may be as large as features, or scores, of all classes for each of so many. */
  const timesClasses = (values: number): number => Math.max(1, Math.floor(budget.tensorBytes / (4 * classes * values)));
  const images = new EvaluationImages(device, vision, rows);
  const textPairs = prompts ? [...layout.pairs.keys()].filter((pair) => layout.pairs[pair].tower === 'text') : [];
  /** Variants of one adapter share the features of the classes where their gates agree in the text tower. */
  const textStateOf = ({ gates }: Variant): string => textPairs.map((pair) => (gates[pair] ? 1 : 0)).join('');
  const mostUnderWay = isCard(device.info) && isOwn(device.info) ? MOST_UNDER_WAY : 1;
  let blockEvaluations = 0;

  /** Pooled tokens of the leaves under a branch, depth first so that memory stays bounded. */
  async function descend(walk: Walk<T>, { layer, from, to, x, firstParent }: Branch<T>): Promise<void> {
    const { plan, images: count, lora, onLeaves, signal } = walk;
    const maxGroups = Math.max(1, Math.floor(images.rows / (count * vision.tokens)));
    for (let start = from; start < to; start += maxGroups) {
      signal?.throwIfAborted();
      const end = Math.min(to, start + maxGroups);
      const nodes = plan.levels[layer].slice(start, end);
      const parents = Int32Array.from(nodes, ({ parent }) => parent - firstParent);
      const shape = visionShape(vision, nodes.length, count, layer);
      const y = attempt(device, () => {
        const input = device.gatherGroups(x, parents, count * vision.tokens); // [G·M·T, D]
        const output = blockForward(device, vision.blocks[layer], input, shape, lora(nodes, layer), false);
        device.free(input);
        return output.y;
      });
      blockEvaluations += nodes.length * count;
      if (layer === layers - 1) {
        await onLeaves(start, end, y);
        continue;
      }
      const [childFrom, childTo] = childRange(plan.levels[layer + 1], start, end);
      try {
        await descend(walk, { layer: layer + 1, from: childFrom, to: childTo, x: y, firstParent: start });
      } finally {
        device.free(y);
      }
    }
  }

  /** Losses, predictions and scores of variants [V] on the images of a chunk. Consumes the pooled tokens of their leaves. */
  function score(
    pooled: T,
    variants: readonly number[],
    leafOf: Int32Array,
    labels: Int32Array,
    resident: ResidentVariants<T>,
    text: TextStates<T> | null,
  ): { loss: T; predicted: T; scores: T } {
    const repeated = new Int32Array(variants.length * labels.length);
    variants.forEach((_, row) => repeated.set(labels, row * labels.length));
    const leaves = { pooled, images: labels.length, variants, leafOf };
    const scores = text
      ? promptScores(device, backbone, classes, leaves, text)
      : headScores(device, backbone, layout.head!, leaves, resident); // [V·M, C]
    const { loss, predicted } = device.crossEntropy(scores, repeated, null);
    return { loss, predicted, scores };
  }

  /** Evaluates variants whose adapters fit the device; their results lie in `result` from variant `first` on. */
  async function evaluateResident(
    variants: readonly Variant[],
    set: EmbeddedImages<T>,
    result: Evaluation,
    first: number,
    advance: (work: number) => void,
    { signal, between }: EvaluateOptions,
  ): Promise<void> {
    const { adapters, slotOfVariant } = distinctAdapters(variants);
    const params = device.upload(joinSlots(adapters), adapters.length, layout.size);
    let resident: ResidentVariants<T> = {
      variants,
      slotOfVariant,
      source: { layout, params, scale, dora: null },
    };
    let text: TextStates<T> | null = null;
    const plan = planTower(layout, 'vision', layers, variants, slotOfVariant);
    const variantsOfLeaf: number[][] = plan.levels[layers - 1].map(() => []);
    plan.leafOfVariant.forEach((leaf, variant) => variantsOfLeaf[leaf].push(variant));
    const lora = (nodes: readonly TrieNode[], layer: number) => {
      const slotOf: SlotOf = (group, pair) => {
        const { variant } = nodes[group];
        return layout.pairs[pair].layer === layer && variants[variant].gates[pair] ? slotOfVariant[variant] : -1;
      };
      return passLora(resident.source, 'vision', layers, nodes.length, slotOf).blocks[layer];
    };
    const underWay: ReadPart[] = [];
    /** Takes the scores of the first parts until so many are left under way. */
    const takeUntil = async (left: number) => {
      while (underWay.length > left) {
        const [{ reading, take }] = underWay.splice(0, 1);
        take(await reading);
        await between?.();
      }
    };
    const evaluateChunk = async ({ embedded, from, count }: ImageChunk<T>) => {
      const labels = set.labels.subarray(from, from + count);
      const scorePart = async (pooled: T, here: readonly number[], leafOf: Int32Array) => {
        const scored = attempt(device, () => score(pooled, here, leafOf, labels, resident, text), pooled);
        const wanted = [scored.loss, scored.predicted, ...(result.logits ? [scored.scores] : [])];
        const reading = device.readAll(wanted);
        device.free(scored.loss, scored.predicted, scored.scores); // commands run in order: memory is reused only after the reading
        const take = ([losses, predictions, logits]: Float32Array[]) => {
          here.forEach((variant, row) => {
            const target = (first + variant) * set.count + from;
            result.logits?.set(logits.subarray(row * count * classes, (row + 1) * count * classes), target * classes);
            result.loss.set(losses.subarray(row * count, (row + 1) * count), target);
            for (let i = 0; i < count; i++) result.predicted[target + i] = predictions[row * count + i];
          });
          advance(here.length * count);
        };
        reading.catch(() => {}); // told where it is taken
        underWay.push({ reading, take });
        await takeUntil(mostUnderWay - 1);
      };
      // Many variants may share a leaf, and differ in the text tower only: as many are scored at a time as the rows and the classes allow.
      const most = Math.max(1, Math.min(Math.floor(images.rows / count), timesClasses(Math.max(count, width))));
      const onLeaves = async (leafFrom: number, leafTo: number, pooled: T) => {
        const here = variantsOfLeaf.slice(leafFrom, leafTo);
        const variants = here.flat();
        const leafOf = Int32Array.from(here.flatMap((list, leaf) => list.map(() => leaf)));
        try {
          for (let start = 0; start + most < variants.length; start += most) {
            const ofPart = leafOf.slice(start, start + most);
            const [firstLeaf] = ofPart;
            const leaves = Int32Array.from({ length: ofPart[most - 1] - firstLeaf + 1 }, (_, i) => firstLeaf + i);
            const copy = device.gatherGroups(pooled, leaves, count); // [leaves·M, D]
            await scorePart(
              copy,
              variants.slice(start, start + most),
              ofPart.map((leaf) => leaf - firstLeaf),
            );
          }
        } catch (error) {
          device.free(pooled);
          throw error;
        }
        const last = most * Math.floor((variants.length - 1) / most);
        await scorePart(pooled, variants.slice(last), leafOf.slice(last));
      };
      const walk = { plan, images: count, lora, onLeaves, signal };
      await descend(walk, { layer: 0, from: 0, to: plan.levels[0].length, x: embedded, firstParent: 0 });
    };
    try {
      const isOpen = (pair: number) => variants.some(({ gates }) => gates[pair] !== 0);
      const dora = attempt(device, () => doraScales(device, backbone, resident.source, isOpen));
      resident = { ...resident, source: { ...resident.source, dora } };
      if (clip && objective.kind !== 'linear')
        text = attempt(device, () => textStates(device, clip, objective, prompts, resident, images.rows));
      for (const chunk of set.chunks) await evaluateChunk(chunk);
      await takeUntil(0);
    } finally {
      await Promise.allSettled(underWay.map(({ reading }) => reading)); // those behind one that failed
      device.free(params, text?.features ?? null, ...(resident.source.dora ?? []));
    }
  }

  return {
    imageSet: (patches, labels) => images.create(patches, labels, classes),
    async evaluate(variants, imageSet, options: EvaluateOptions = {}) {
      const set = images.find(imageSet);
      variants.forEach(({ adapter, gates }, i) => {
        if (adapter.length !== layout.size || gates.length !== layout.pairs.length)
          throw new RangeError(
            `Variant ${i} does not fit the layout (${adapter.length} values, ${gates.length} gates).`,
          );
      });
      const result: Evaluation = {
        loss: new Float32Array(variants.length * set.count),
        predicted: new Int32Array(variants.length * set.count),
        logits: options.logits ? new Float32Array(variants.length * set.count * classes) : null,
      };
      let done = 0;
      const total = variants.length * set.count;
      const advance = (work: number) => {
        done += work;
        options.onProgress?.(Math.min(1, done / total));
      };
      const most = Math.max(1, Math.floor(budget.adapterBytes / (layout.size * 4)));
      for (const [from, to] of residentRanges(variants, most, textStateOf, timesClasses(width)))
        for (;;) {
          const before = done;
          try {
            await evaluateResident(variants.slice(from, to), set, result, from, advance, options);
            break;
          } catch (error) {
            if (!(error instanceof OutOfMemoryError) || !images.shrink(set)) throw error;
            done = before;
          }
        }
      return result;
    },
    get blockEvaluations() {
      return blockEvaluations;
    },
    dispose: () => {},
  };
}

/** Splits the variants into ranges with at most so many distinct adapters and text states each. */
function residentRanges(
  variants: readonly Variant[],
  mostAdapters: number,
  textStateOf: (variant: Variant) => string,
  mostStates: number,
): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  /** Of every adapter of the range, its text states. */
  let seen = new Map<Float32Array, Set<string>>();
  let states = 0;
  variants.forEach((variant, i) => {
    const { adapter } = variant;
    const state = textStateOf(variant);
    const isNew = seen.get(adapter)?.has(state) !== true;
    if ((!seen.has(adapter) && seen.size === mostAdapters) || (isNew && states === mostStates)) {
      ranges.push([from, i]);
      from = i;
      seen = new Map();
      states = 0;
    }
    const ofAdapter = seen.get(adapter) ?? new Set();
    seen.set(adapter, ofAdapter);
    if (!ofAdapter.has(state)) states++;
    ofAdapter.add(state);
  });
  if (from < variants.length) ranges.push([from, variants.length]);
  return ranges;
}
