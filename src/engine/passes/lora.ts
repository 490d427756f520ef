/** Turns gates over pairs into the LoRA, and DoRA, every block of a pass applies. */
import type { AdapterLayout, Projection, TowerName } from '../../core/adapter-layout.ts';
import { dropoutKeyBehind, hash32 } from '../../core/hash.ts';
import type { Device } from '../device.ts';
import type { BlockLora } from './block.ts';
import type { Adaptation } from './linears.ts';
import type { DeviceBackbone } from './weights.ts';

/** What adapts the blocks of one tower in a pass. It owns no tensor: params and scales are those of its source. */
export interface PassLora<T> {
  /** [layers of the tower] */
  readonly blocks: readonly BlockLora<T>[];
  /** Per group, the lowest layer of the tower with an active pair; the number of layers when there is none. */
  readonly lowestLayer: Int32Array;
}

/** Per pair of a layout, what `Device.doraScales` gives for all slots, [slots, 2 · out]; null for pairs that are not used. */
export type DoraScales<T> = readonly (T | null)[];

/** Adapters on a device. */
export interface LoraSource<T> {
  readonly layout: AdapterLayout;
  /** [slots, layout.size] */
  readonly params: T;
  readonly scale: number;
  /** Scales of the pairs that are on in some group; null for layouts without magnitudes. */
  readonly dora: DoraScales<T> | null;
}

/** Which adapter (slot) a group uses for a pair; −1 = the pair is off. */
export type SlotOf = (group: number, pair: number) => number;

/** Dropout on the input of A in one step. */
export interface DropoutSpec {
  /** [groups] */
  readonly rates: Float32Array;
  /** [groups] */
  readonly seeds: readonly number[];
  readonly step: number;
}

/**
 * Mask keys of one pair in one step: they depend on run seed, step and pair only, so every device draws the same masks.
 * @param rowsBefore rows of the batch before those of this pass, whose masks are then the ones that these rows have in the whole batch
 */
function dropoutKeys({ seeds, step }: DropoutSpec, pair: number, rowsBefore: number, columns: number): Uint32Array {
  return Uint32Array.from(seeds, (seed) =>
    dropoutKeyBehind(hash32(hash32(hash32(seed) + step) + pair), rowsBefore * columns),
  );
}

/** No LoRA in any block. */
export const noLora = <T>(layers: number, groups: number): PassLora<T> => ({
  blocks: Array.from({ length: layers }, () => ({})),
  lowestLayer: new Int32Array(groups).fill(layers),
});

/**
 * The active LoRA of `layers` blocks of one tower for `groups` groups.
 * @param rowsBefore rows of a group that a projection computes in earlier parts of the batch
 */
export function passLora<T>(
  source: LoraSource<T>,
  tower: TowerName,
  layers: number,
  groups: number,
  slotOf: SlotOf,
  dropout: DropoutSpec | null = null,
  rowsBefore: (layer: number, projection: Projection) => number = () => 0,
): PassLora<T> {
  const { layout, params, scale, dora } = source;
  const blocks: Partial<Record<Projection, Adaptation<T>>>[] = Array.from({ length: layers }, () => ({}));
  const lowestLayer = new Int32Array(groups).fill(layers);
  const drops = dropout && dropout.rates.some((rate) => rate > 0) ? dropout : null;
  const keysOf = (spec: DropoutSpec, index: number): Uint32Array => {
    const { layer, projection, inFeatures } = layout.pairs[index];
    return dropoutKeys(spec, index, rowsBefore(layer, projection), inFeatures);
  };
  layout.pairs.forEach((pair, index) => {
    if (pair.tower !== tower) return;
    const slotOfGroup = new Int32Array(groups);
    let isActive = false;
    for (let group = 0; group < groups; group++) {
      const slot = slotOf(group, index);
      slotOfGroup[group] = slot;
      if (slot < 0) continue;
      isActive = true;
      lowestLayer[group] = Math.min(lowestLayer[group], pair.layer);
    }
    if (!isActive) return;
    const scales = dora?.[index];
    const { magnitudeOffset: offset } = pair;
    blocks[pair.layer][pair.projection] = {
      params,
      aOffset: pair.aOffset,
      bOffset: pair.bOffset,
      rank: layout.rank,
      scale,
      slotOfGroup,
      dropout: drops && { rates: drops.rates, keys: keysOf(drops, index) },
      dora: scales && offset !== null ? { scales, offset, slotOfGroup } : null,
    };
  });
  return { blocks, lowestLayer };
}

/**
 * Scales of the pairs for which `isUsed` holds; the caller frees them. Null for a layout without magnitudes. With factors on B the scales are
 * those of the branches with their factors: c and n follow what the passes compute.
 */
export function doraScales<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  { layout, params, scale }: Omit<LoraSource<T>, 'dora'>,
  isUsed: (pair: number) => boolean,
): DoraScales<T> | null {
  if (!layout.dora) return null;
  const { rank } = layout;
  return layout.pairs.map(({ tower, layer, projection, aOffset, bOffset, magnitudeOffset }, pair) => {
    const blocks = tower === 'vision' ? backbone.vision.blocks : (backbone.clip?.text.blocks ?? []);
    // With fixed class features the text tower is not on the device.
    if (magnitudeOffset === null || layer >= blocks.length || !isUsed(pair)) return null;
    return device.doraScales(blocks[layer][projection], { params, aOffset, bOffset, rank, scale }, magnitudeOffset);
  });
}
