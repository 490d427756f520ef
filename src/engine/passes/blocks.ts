/** The blocks of a tower one behind the other. The backward ends at the lowest layer that is active in any group. */
import type { Device } from '../device.ts';
import { blockBackward, blockForward, type BlockSaved, type BlockShape } from './block.ts';
import type { PassLora } from './lora.ts';
import type { DeviceBlock } from './weights.ts';

export interface BlocksPass<T> {
  readonly blocks: readonly DeviceBlock<T>[];
  readonly shapeOf: (layer: number) => BlockShape;
  readonly lora: PassLora<T>;
}

/** What the backward reads, [layers]; null for layers it does not reach. */
export type BlocksSaved<T> = readonly (BlockSaved<T> | null)[];

/** x [R, D] → y [R, D], or [sequences, D] behind a block with classTokenOnly. Takes over x. */
export function blocksForward<T>(
  device: Device<T>,
  { blocks, shapeOf, lora }: BlocksPass<T>,
  x: T,
  keep: boolean,
): { y: T; saved: BlocksSaved<T> } {
  const lowest = Math.min(...lora.lowestLayer);
  let y = x;
  const saved = blocks.map((block, layer) => {
    const forward = blockForward(device, block, y, shapeOf(layer), lora.blocks[layer], keep && layer >= lowest);
    if (!forward.saved) device.free(y);
    y = forward.y;
    return forward.saved;
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
    dx = blockBackward(device, blocks[layer], {
      dy: dx,
      saved: kept,
      shape: shapeOf(layer),
      lora: lora.blocks[layer],
      gradients,
      live: Uint8Array.from(lora.lowestLayer, (lowestOfGroup) => (lowestOfGroup <= layer ? 1 : 0)),
      needInput: layer > lowest,
    });
  }
}
