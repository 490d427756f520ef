/** The scales of DoRA, shared by all passes of a training step or of an evaluation. */
import type { Device } from '../device.ts';
import type { DoraScales, LoraSource } from './lora.ts';
import type { DeviceBackbone } from './weights.ts';

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
