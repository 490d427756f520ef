/** The text tower as a classifier: class prompts → unit feature vectors, with adapters on or off. */
import type { Device } from '../device.ts';
import { blockBackward, blockForward, type BlockSaved } from './block.ts';
import type { PassLora } from './lora.ts';
import {
  endRows,
  projectFeatures,
  projectFeaturesGradient,
  textShape,
  type FeatureSaved,
  type PreparedPrompts,
} from './towers.ts';
import type { DeviceBackbone } from './weights.ts';

export interface TextForward<T> {
  /** [groups·classes, P] */
  readonly features: T;
  readonly saved: {
    readonly blocks: (BlockSaved<T> | null)[];
    readonly feature: FeatureSaved<T>;
    readonly groups: number;
  } | null;
}

/** Encodes `groups` copies of the prompts, each under its own adapters. `lora` null = no adapters. */
export function encodePrompts<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  groups: number,
  lora: PassLora<T> | null,
  keep: boolean,
): TextForward<T> {
  const { text } = clip;
  const shape = textShape(text, prompts, groups);
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
  const lowest = lowestTrained(lora, text.blocks.length);
  const saved: (BlockSaved<T> | null)[] = [];
  text.blocks.forEach((block, layer) => {
    const blockLora = lora?.blocks[layer] ?? {};
    const forward = blockForward(device, block, x, shape, blockLora, keep && layer >= lowest);
    if (!forward.saved) device.free(x);
    saved.push(forward.saved);
    x = forward.y;
  });
  const pooled = device.gatherRows(x, endRows(prompts, groups)); // [G·C, D]
  device.free(x);
  const { features, saved: feature } = projectFeatures(device, pooled, text.finalNorm, clip.textProjection, keep);
  return { features, saved: feature && { blocks: saved, feature, groups } };
}

/** The lowest layer whose backward is needed; the number of layers when none is. */
const lowestTrained = <T>(lora: PassLora<T> | null, layers: number): number =>
  lora ? Math.min(...lora.lowestLayer) : layers;

/** Backward of encodePrompts: dFeatures [G·C, P] → LoRA gradients. Consumes dFeatures and everything saved. */
export function encodePromptsGradient<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  prompts: PreparedPrompts,
  dFeatures: T,
  saved: NonNullable<TextForward<T>['saved']>,
  lora: PassLora<T> | null,
  gradients: T,
): void {
  const { text } = clip;
  const { groups } = saved;
  const shape = textShape(text, prompts, groups);
  const dPooled = projectFeaturesGradient(device, dFeatures, saved.feature, text.finalNorm, clip.textProjection);
  let dx: T | null = device.scatterRows(dPooled, endRows(prompts, groups), groups * prompts.classes * prompts.tokens);
  device.free(dPooled);
  const lowest = lowestTrained(lora, text.blocks.length);
  for (let layer = text.blocks.length - 1; layer >= lowest && dx; layer--) {
    const live = Uint8Array.from({ length: groups }, (_, g) => (lora && lora.lowestLayer[g] <= layer ? 1 : 0));
    const block = saved.blocks[layer];
    if (!block) throw new Error(`Text layer ${layer} kept no activations for its backward.`);
    const blockLora = lora?.blocks[layer] ?? {};
    dx = blockBackward(device, text.blocks[layer], dx, block, shape, blockLora, gradients, live, layer > lowest);
  }
}
