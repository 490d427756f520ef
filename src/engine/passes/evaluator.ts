/** Evaluates many variants on many images in batches, doing shared work once (variants.ts has the plan). */
import type { Evaluation, EvaluateOptions, Evaluator, EvaluatorSpec, ImageSet, Variant } from '../engine.ts';
import type { Device } from '../device.ts';
import { OutOfMemoryError } from '../errors.ts';
import { blockForward } from './block.ts';
import { doraScales } from './dora.ts';
import { passLora, type LoraSource, type SlotOf } from './lora.ts';
import { joinSlots } from './optimizer.ts';
import { encodePrompts } from './text-features.ts';
import { checkLabels, embedImages, fixedFeatures, preparePrompts, projectFeatures, visionShape } from './towers.ts';
import { childRange, distinctAdapters, planTower, type TowerPlan, type TrieNode } from './variants.ts';
import type { DeviceBackbone } from './weights.ts';

/** How much one batched pass may hold. */
export interface EvaluationBudget {
  /** Rows (groups × images × tokens) of one block evaluation. */
  readonly rows: number;
  /** Bytes of the widest tensor of a block evaluation: what the device can bind. */
  readonly tensorBytes: number;
  /** Bytes of adapters resident on the device at a time. */
  readonly adapterBytes: number;
}

/** Class features under every distinct state of the text tower. */
interface TextStates<T> {
  /** [states, classes · width] */
  readonly features: T;
  readonly width: number;
  /** [variants] */
  readonly stateOf: Int32Array;
}

interface Chunk<T> {
  /** [images·tokens, D] */
  readonly embedded: T;
  readonly from: number;
  readonly count: number;
}

interface DeviceImages<T> extends ImageSet {
  readonly patches: Float32Array;
  readonly labels: Int32Array;
  /** Embedded images, cached for all evaluations. */
  chunks: readonly Chunk<T>[];
  /** Device.failures when they were embedded. */
  failures: number;
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
  if (objective.kind !== 'linear' && !clip)
    throw new RangeError('This backbone has no text tower: class prompts need CLIP, use a linear head instead.');
  if (objective.kind === 'linear' && !layout.head)
    throw new RangeError('The linear objective needs a layout with a head.');
  const prompts =
    objective.kind === 'clip' && clip ? preparePrompts(clip.text, objective.tokens, objective.classes) : null;
  const layers = vision.blocks.length;
  const sets = new WeakMap<ImageSet, DeviceImages<T>>();
  let blockEvaluations = 0;

  const widest = Math.max(vision.mlpWidth, vision.patchLength, clip?.text.mlpWidth ?? 0);
  let rows = Math.max(1, Math.min(budget.rows, Math.floor(budget.tensorBytes / (4 * widest))));

  const embedInChunks = (patches: Float32Array, images: number): Chunk<T>[] => {
    const perImage = vision.patches * vision.patchLength;
    const chunkSize = Math.max(1, Math.min(images, Math.floor(rows / vision.tokens)));
    const chunks: Chunk<T>[] = [];
    for (let from = 0; from < images; from += chunkSize) {
      const count = Math.min(chunkSize, images - from);
      const values = patches.subarray(from * perImage, (from + count) * perImage);
      const uploaded = device.upload(values, count * vision.patches, vision.patchLength);
      chunks.push({ embedded: embedImages(device, vision, uploaded), from, count });
      device.free(uploaded);
    }
    return chunks;
  };

  const failuresNow = (): number => device.failures ?? 0;

  const embedAgain = (set: DeviceImages<T>): void => {
    device.free(...set.chunks.map((chunk) => chunk.embedded));
    set.chunks = [];
    set.chunks = embedInChunks(set.patches, set.count);
    set.failures = failuresNow();
  };

  /** Half as much at a time from now on; false when it is one image and one variant already. */
  const shrink = (set: DeviceImages<T>): boolean => {
    if (rows <= vision.tokens) return false;
    rows = Math.floor(rows / 2);
    embedAgain(set);
    return true;
  };

  const imageSet = (patches: Float32Array, labels: Int32Array): ImageSet => {
    const perImage = vision.patches * vision.patchLength;
    if (patches.length !== labels.length * perImage)
      throw new RangeError(`Got ${patches.length} patch values for ${labels.length} images of ${perImage}.`);
    checkLabels(labels, objective.classes);
    const set: DeviceImages<T> = {
      count: labels.length,
      patches,
      labels,
      chunks: embedInChunks(patches, labels.length),
      failures: failuresNow(),
      dispose: () => {
        if (!sets.delete(set)) return;
        device.free(...set.chunks.map((chunk) => chunk.embedded));
      },
    };
    sets.set(set, set);
    return set;
  };

  /** Features of the distinct text states, [states, C·P], encoded as many at a time as the budget allows, and every variant's state. */
  const textFeatures = (
    variants: readonly Variant[],
    slots: Int32Array,
    source: LoraSource<T>,
  ): TextStates<T> | null => {
    if (!clip || objective.kind === 'linear') return null;
    if (!prompts) {
      const fixed = fixedFeatures(clip, objective); // [C, P]
      const width = clip.visionProjection.outFeatures;
      return { features: device.upload(fixed, 1, fixed.length), width, stateOf: new Int32Array(variants.length) };
    }
    const textLayers = clip.text.blocks.length;
    const plan = planTower(layout, 'text', textLayers, variants, slots);
    const leaves = plan.levels[textLayers - 1];
    const width = clip.textProjection.outFeatures;
    const features = device.zeros(leaves.length, prompts.classes * width);
    const perPass = Math.max(1, Math.floor(rows / (prompts.classes * prompts.tokens)));
    for (let from = 0; from < leaves.length; from += perPass) {
      const part = leaves.slice(from, from + perPass);
      const slotOf: SlotOf = (leaf, pair) =>
        variants[part[leaf].variant].gates[pair] ? slots[part[leaf].variant] : -1;
      const lora = passLora(source, 'text', textLayers, part.length, slotOf);
      const encoded = encodePrompts(device, clip, prompts, part.length, lora, false).features; // [states·C, P]
      device.addToSlots(
        encoded,
        features,
        0,
        Int32Array.from(part, (_, state) => from + state),
      );
      device.free(encoded);
    }
    return { features, width, stateOf: plan.leafOfVariant };
  };

  /** Pooled tokens of the trie leaves under the nodes [from, to) of level `layer`, depth first so that memory stays bounded. */
  async function descend(
    plan: TowerPlan,
    layer: number,
    from: number,
    to: number,
    parentBase: number,
    x: T,
    images: number,
    lora: (nodes: readonly TrieNode[], layer: number) => ReturnType<typeof passLora<T>>,
    onLeaves: (from: number, to: number, pooled: T) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const maxGroups = Math.max(1, Math.floor(rows / (images * vision.tokens)));
    for (let start = from; start < to; start += maxGroups) {
      signal?.throwIfAborted();
      const end = Math.min(to, start + maxGroups);
      const nodes = plan.levels[layer].slice(start, end);
      const index = Int32Array.from(nodes, (node) => node.parent - parentBase);
      const input = device.gatherGroups(x, index, images * vision.tokens); // [G·M·T, D]
      const shape = visionShape(vision, nodes.length, images, layer);
      const { y } = blockForward(device, vision.blocks[layer], input, shape, lora(nodes, layer).blocks[layer], false);
      device.free(input);
      blockEvaluations += nodes.length * images;
      if (layer === layers - 1) {
        await onLeaves(start, end, y);
        continue;
      }
      const [childFrom, childTo] = childRange(plan.levels[layer + 1], start, end);
      try {
        await descend(plan, layer + 1, childFrom, childTo, start, y, images, lora, onLeaves, signal);
      } finally {
        device.free(y);
      }
    }
  }

  async function evaluateResident(
    variants: readonly Variant[],
    set: DeviceImages<T>,
    result: Evaluation,
    offset: number,
    advance: (work: number) => void,
    { signal, between }: EvaluateOptions,
  ): Promise<void> {
    const { adapters, slotOfVariant } = distinctAdapters(variants);
    const params = device.upload(joinSlots(adapters), adapters.length, layout.size);
    let text: TextStates<T> | null = null;
    const isOpen = (pair: number) => variants.some(({ gates }) => gates[pair] !== 0);
    let source: LoraSource<T> = { layout, params, scale, dora: null };
    const plan = planTower(layout, 'vision', layers, variants, slotOfVariant);
    const variantsOfLeaf: number[][] = plan.levels[layers - 1].map(() => []);
    plan.leafOfVariant.forEach((leaf, variant) => variantsOfLeaf[leaf].push(variant));
    const lora = (nodes: readonly TrieNode[], layer: number) => {
      const slotOf: SlotOf = (group, pair) => {
        const { variant } = nodes[group];
        return layout.pairs[pair].layer === layer && variants[variant].gates[pair] ? slotOfVariant[variant] : -1;
      };
      return passLora(source, 'vision', layers, nodes.length, slotOf);
    };
    try {
      source = { ...source, dora: doraScales(device, backbone, source, isOpen) };
      text = textFeatures(variants, slotOfVariant, source);
      for (const { embedded, from, count } of set.chunks) {
        const onLeaves = async (leafFrom: number, leafTo: number, pooled: T) => {
          const here = variantsOfLeaf.slice(leafFrom, leafTo);
          const labels = set.labels.subarray(from, from + count);
          const scored = scoreLeaves(pooled, here, labels, text, params, slotOfVariant);
          const { classes } = objective;
          const wanted = [scored.loss, scored.predicted, ...(result.logits ? [scored.scores] : [])];
          const reading = device.readAll(wanted);
          device.free(scored.loss, scored.predicted, scored.scores); // whatever takes their place comes after the reading
          const [losses, predictions, logits] = await reading;
          here.flat().forEach((variant, row) => {
            const target = (offset + variant) * set.count + from;
            result.logits?.set(logits.subarray(row * count * classes, (row + 1) * count * classes), target * classes);
            result.loss.set(losses.subarray(row * count, (row + 1) * count), target);
            for (let i = 0; i < count; i++) result.predicted[target + i] = predictions[row * count + i];
          });
          advance(here.flat().length * count);
          await between?.();
        };
        await descend(plan, 0, 0, plan.levels[0].length, 0, embedded, count, lora, onLeaves, signal);
      }
    } finally {
      device.free(params, text?.features ?? null, ...(source.dora ?? []));
    }
  }

  /** Losses of all variants at these leaves: rows ordered by leaf, then variant. Consumes `pooled` [leaves·M, D]. */
  function scoreLeaves(
    pooled: T,
    variantsOfLeaf: readonly (readonly number[])[],
    labels: Int32Array,
    text: TextStates<T> | null,
    params: T,
    slots: Int32Array,
  ): { loss: T; predicted: T; scores: T } {
    const images = labels.length;
    const flat = variantsOfLeaf.flat();
    const leafOf = Int32Array.from(variantsOfLeaf.flatMap((list, leaf) => list.map(() => leaf)));
    const repeated = new Int32Array(flat.length * images);
    flat.forEach((_, row) => repeated.set(labels, row * images));
    let scores: T;
    if (text && clip) {
      const { features } = projectFeatures(device, pooled, vision.finalNorm, clip.visionProjection, false); // [leaves·M, P]
      const perVariant = device.gatherGroups(features, leafOf, images); // [V·M, P]
      const states = Int32Array.from(flat, (variant) => text.stateOf[variant]);
      const used = states.every((state) => state === states[0]) ? states.slice(0, 1) : states;
      const weight = device.sliceSlots(text.features, 0, objective.classes, text.width, used); // [V·C, P], or [C, P] for one state
      scores = device.groupScores(perVariant, weight, null, Math.exp(clip.logitScale), flat.length, used.length);
      device.free(features, perVariant, weight);
    } else {
      const head = layout.head!;
      const rows = { count: 1, rowsPerGroup: device.shape(pooled).rows };
      const { finalNorm } = vision;
      const { y, stats } = device.layerNorm(pooled, finalNorm.gain, finalNorm.bias, finalNorm.epsilon, rows);
      const perVariant = device.gatherGroups(y, leafOf, images); // [V·M, D]
      const slotOf = Int32Array.from(flat, (variant) => slots[variant]);
      const weight = device.sliceSlots(params, head.weightOffset, head.classes, head.features, slotOf); // [V·C, D]
      const bias = device.sliceSlots(params, head.biasOffset, 1, head.classes, slotOf); // [V, C]
      scores = device.groupScores(perVariant, weight, bias, 1, flat.length, flat.length);
      device.free(pooled, y, stats, perVariant, weight, bias);
    }
    const { loss, predicted } = device.crossEntropy(scores, repeated, null);
    return { loss, predicted, scores };
  }

  return {
    imageSet,
    async evaluate(variants, images, options: EvaluateOptions = {}) {
      const set = sets.get(images);
      if (!set) throw new Error('This image set belongs to another evaluator or was disposed.');
      variants.forEach(({ adapter, gates }, i) => {
        if (adapter.length !== layout.size || gates.length !== layout.pairs.length)
          throw new RangeError(
            `Variant ${i} does not fit the layout (${adapter.length} values, ${gates.length} gates).`,
          );
      });
      if (set.failures !== failuresNow()) embedAgain(set);
      const result: Evaluation = {
        loss: new Float32Array(variants.length * set.count),
        predicted: new Int32Array(variants.length * set.count),
        logits: options.logits ? new Float32Array(variants.length * set.count * objective.classes) : null,
      };
      let done = 0;
      const total = variants.length * set.count;
      const advance = (work: number) => {
        done += work;
        options.onProgress?.(Math.min(1, done / total));
      };
      const resident = Math.max(1, Math.floor(budget.adapterBytes / (layout.size * 4)));
      for (const [from, to] of residentRanges(variants, resident))
        for (;;) {
          const before = done;
          try {
            await evaluateResident(variants.slice(from, to), set, result, from, advance, options);
            break;
          } catch (error) {
            if (!(error instanceof OutOfMemoryError) || !shrink(set)) throw error;
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

/** Splits the variants into ranges with at most `limit` distinct adapters each. */
function residentRanges(variants: readonly Variant[], limit: number): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let seen = new Set<Float32Array>();
  variants.forEach(({ adapter }, i) => {
    if (!seen.has(adapter) && seen.size === limit) {
      ranges.push([from, i]);
      from = i;
      seen = new Set();
    }
    seen.add(adapter);
  });
  if (from < variants.length) ranges.push([from, variants.length]);
  return ranges;
}
