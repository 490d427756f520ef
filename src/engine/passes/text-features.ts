/** The text tower as a classifier: class prompts → unit feature vectors, with adapters on or off. */
import type { Device } from '../device.ts';
import { blocksBackward, blocksForward, type BlocksPass, type BlocksSaved } from './blocks.ts';
import { noLora, type PassLora } from './lora.ts';
import {
  endRows,
  projectFeatures,
  projectFeaturesGradient,
  textShape,
  type FeatureSaved,
  type PreparedPrompts,
} from './towers.ts';
import type { DeviceBackbone } from './weights.ts';

/** Prompts behind the text tower. */
export interface TextForward<T> {
  /** [groups·classes, P], unit rows. The caller frees them, unless there is `saved`, with which they go. */
  readonly features: T;
  /** For encodePromptsGradient, which consumes it; null without `keep`. */
  readonly saved: {
    readonly pass: BlocksPass<T>;
    readonly blocks: BlocksSaved<T>;
    readonly feature: FeatureSaved<T>;
    readonly groups: number;
  } | null;
}

/** Encodes `groups` copies of the prompts, each under its own adapters. `lora` null = no adapters. @param recomputeBelow see BlocksPass */
export function encodePrompts<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  groups: number,
  lora: PassLora<T> | null,
  keep: boolean,
  recomputeBelow = 0,
): TextForward<T> {
  const { text } = clip;
  const positions = device.gatherRows(
    text.positions,
    Int32Array.from({ length: prompts.tokens }, (_, i) => i),
  ); // [L, D]
  const embedded = device.embedTokens(prompts.ids, text.tokenEmbedding, positions); // [C·L, D]
  device.free(positions);
  let x = embedded;
  if (groups > 1) {
    x = device.gatherGroups(embedded, new Int32Array(groups), prompts.classes * prompts.tokens); // [G·C·L, D]
    device.free(embedded);
  }
  const shape = textShape(text, prompts, groups);
  const { blocks } = text;
  const pass = { blocks, shapeOf: () => shape, lora: lora ?? noLora<T>(blocks.length, groups), recomputeBelow };
  const { y, saved } = blocksForward(device, pass, x, keep);
  const pooled = device.gatherRows(y, endRows(prompts, groups)); // [G·C, D]
  device.free(y);
  const { features, saved: feature } = projectFeatures(device, pooled, text.finalNorm, clip.textProjection, keep);
  return { features, saved: feature && { pass, blocks: saved, feature, groups } };
}

/** Backward of encodePrompts: dFeatures [G·C, P] → LoRA gradients. Consumes dFeatures and everything saved. */
export function encodePromptsGradient<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  dFeatures: T,
  { pass, blocks, feature, groups }: NonNullable<TextForward<T>['saved']>,
  gradients: T,
): void {
  const dPooled = projectFeaturesGradient(device, dFeatures, feature, clip.text.finalNorm, clip.textProjection);
  const dy = device.scatterRows(dPooled, endRows(prompts, groups), groups * prompts.classes * prompts.tokens); // [G·C·L, D]
  device.free(dPooled);
  blocksBackward(device, pass, dy, blocks, gradients);
}
