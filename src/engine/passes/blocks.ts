/**
 * The blocks of a tower one behind the other. The backward ends at the lowest layer that is active in any group. Blocks below a given layer keep only
 * their input and are computed again when the backward reaches them (Chen et al. 2016, arXiv 1604.06174).
 */
import type { Device } from '../device.ts';
import { blockAgain, blockBackward, blockForward, freeInside, type BlockSaved, type BlockShape } from './block.ts';
import type { PassLora } from './lora.ts';
import type { DeviceBlock } from './weights.ts';

/** A pass through the blocks of a tower; the backward takes the same one. */
export interface BlocksPass<T> {
  readonly blocks: readonly DeviceBlock<T>[];
  readonly shapeOf: (layer: number) => BlockShape;
  readonly lora: PassLora<T>;
  /** Layers below this one are computed again: the backward comes to them last, when what the layers above kept is gone. */
  readonly recomputeBelow: number;
}

/** What the backward of a layer reads, or the input [R, D] from which it is computed again. */
type LayerSaved<T> = { readonly all: BlockSaved<T> } | { readonly input: T };

/** What the backward reads, [layers]; null for layers it does not reach. */
export type BlocksSaved<T> = readonly (LayerSaved<T> | null)[];

/** x [R, D] → y [R, D], or [sequences, D] behind a block with classTokenOnly. Takes over x. */
export function blocksForward<T>(
  device: Device<T>,
  { blocks, shapeOf, lora, recomputeBelow }: BlocksPass<T>,
  x: T,
  keep: boolean,
): { y: T; saved: BlocksSaved<T> } {
  const lowest = Math.min(...lora.lowestLayer);
  let y = x;
  const saved = blocks.map((block, layer) => {
    const input = y;
    // Layers that are computed again run the kernels of those that are not, so that both give the same bits.
    const forward = blockForward(device, block, input, shapeOf(layer), lora.blocks[layer], keep && layer >= lowest);
    y = forward.y;
    if (!forward.saved) {
      device.free(input);
      return null;
    }
    if (layer >= recomputeBelow) return { all: forward.saved };
    freeInside(device, forward.saved);
    return { input };
  });
  return { y, saved };
}

/** Backward of blocksForward: accumulates the gradients of the active LoRA into `gradients`. Consumes dy and `saved`. */
export function blocksBackward<T>(
  device: Device<T>,
  { blocks, shapeOf, lora }: BlocksPass<T>,
  dy: T,
  saved: BlocksSaved<T>,
  gradients: T,
): void {
  const lowest = Math.min(...lora.lowestLayer);
  let dx: T | null = dy;
  for (let layer = blocks.length - 1; layer >= lowest && dx; layer--) {
    const kept = saved[layer];
    if (!kept) throw new Error(`Layer ${layer} kept no activations for its backward.`);
    const [block, shape, blockLora] = [blocks[layer], shapeOf(layer), lora.blocks[layer]];
    dx = blockBackward(device, block, {
      dy: dx,
      saved: 'all' in kept ? kept.all : blockAgain(device, block, kept.input, shape, blockLora),
      shape,
      lora: blockLora,
      gradients,
      live: Uint8Array.from(lora.lowestLayer, (lowestOfGroup) => (lowestOfGroup <= layer ? 1 : 0)),
      needInput: layer > lowest,
    });
  }
}
