/** Scores of variants from the pooled tokens of trie leaves: the part of an evaluation behind the vision tower. */
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { Device } from '../../device.ts';
import type { Objective, Variant } from '../../engine.ts';
import { passLora, type LoraSource, type SlotOf } from '../lora.ts';
import { encodePrompts } from '../text-features.ts';
import { fixedFeatures, projectFeatures, type PreparedPrompts } from '../towers.ts';
import { planTower } from './variants.ts';
import type { DeviceBackbone } from '../weights.ts';

/** Adapters on the device, and the variants that use them. */
export interface ResidentVariants<T> {
  readonly variants: readonly Variant[];
  /** [variants]: the slot of `source.params` that holds the variant's adapter. */
  readonly slotOfVariant: Int32Array;
  readonly source: LoraSource<T>;
}

/** Class features under every distinct state of the text tower. */
export interface TextStates<T> {
  /** [states, classes · width] */
  readonly features: T;
  readonly width: number;
  /** [variants] */
  readonly stateOf: Int32Array;
}

/**
 * Features of the distinct text states, encoded as many at a time as `rows` allow, and every variant's state.
 * @param prompts null when the objective has fixed features
 */
export function textStates<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  objective: Objective,
  prompts: PreparedPrompts | null,
  { variants, slotOfVariant, source }: ResidentVariants<T>,
  rows: number,
): TextStates<T> {
  if (!prompts) {
    const fixed = fixedFeatures(clip, objective); // [C, P]
    const width = clip.visionProjection.outFeatures;
    return { features: device.upload(fixed, 1, fixed.length), width, stateOf: new Int32Array(variants.length) };
  }
  const layers = clip.text.blocks.length;
  const plan = planTower(source.layout, 'text', layers, variants, slotOfVariant);
  const leaves = plan.levels[layers - 1];
  const width = clip.textProjection.outFeatures;
  const features = device.zeros(leaves.length, prompts.classes * width);
  const perPass = Math.max(1, Math.floor(rows / (prompts.classes * prompts.tokens)));
  for (let from = 0; from < leaves.length; from += perPass) {
    const part = leaves.slice(from, from + perPass);
    const slotOf: SlotOf = (leaf, pair) => {
      const { variant } = part[leaf];
      return variants[variant].gates[pair] ? slotOfVariant[variant] : -1;
    };
    const lora = passLora(source, 'text', layers, part.length, slotOf);
    const encoded = encodePrompts(device, clip, prompts, part.length, lora, false).features; // [states·C, P]
    const places = Int32Array.from(part, (_, state) => from + state);
    device.addToSlots(encoded, features, 0, places);
    device.free(encoded);
  }
  return { features, width, stateOf: plan.leafOfVariant };
}

/** Variants at leaves of the trie, and the pooled tokens of M images there. */
export interface LeafVariants<T> {
  /** [leaves·M, D] */
  readonly pooled: T;
  readonly images: number;
  /** [V] */
  readonly variants: readonly number[];
  /** [V] */
  readonly leafOf: Int32Array;
}

/** [V·M, C]: cosines with the class features of each variant's text state. Consumes `pooled`. */
export function promptScores<T>(
  device: Device<T>,
  { vision, clip }: DeviceBackbone<T>,
  classes: number,
  { pooled, images, variants, leafOf }: LeafVariants<T>,
  text: TextStates<T>,
): T {
  if (!clip) throw new RangeError('Class features need a text tower.');
  const { features } = projectFeatures(device, pooled, vision.finalNorm, clip.visionProjection, false); // [leaves·M, P]
  const perVariant = device.gatherGroups(features, leafOf, images); // [V·M, P]
  const states = Int32Array.from(variants, (variant) => text.stateOf[variant]);
  const used = states.every((state) => state === states[0]) ? states.slice(0, 1) : states;
  const weight = device.sliceSlots(text.features, 0, classes, text.width, used); // [V·C, P], or [C, P] for one state
  const factor = Math.exp(clip.logitScale);
  const scores = device.groupScores(perVariant, weight, null, factor, variants.length, used.length);
  device.free(features, perVariant, weight);
  return scores;
}

/** [V·M, C]: the head in each variant's adapter, on the normed class tokens. Consumes `pooled`. */
export function headScores<T>(
  device: Device<T>,
  { vision: { finalNorm } }: DeviceBackbone<T>,
  head: NonNullable<AdapterLayout['head']>,
  { pooled, images, variants, leafOf }: LeafVariants<T>,
  { source: { params }, slotOfVariant }: ResidentVariants<T>,
): T {
  const rows = { count: 1, rowsPerGroup: device.shape(pooled).rows };
  const { y, stats } = device.layerNorm(pooled, finalNorm.gain, finalNorm.bias, finalNorm.epsilon, rows);
  const perVariant = device.gatherGroups(y, leafOf, images); // [V·M, D]
  const slotOf = Int32Array.from(variants, (variant) => slotOfVariant[variant]);
  const weight = device.sliceSlots(params, head.weightOffset, head.classes, head.features, slotOf); // [V·C, D]
  const bias = device.sliceSlots(params, head.biasOffset, 1, head.classes, slotOf); // [V, C]
  const scores = device.groupScores(perVariant, weight, bias, 1, variants.length, variants.length);
  device.free(pooled, y, stats, perVariant, weight, bias);
  return scores;
}
