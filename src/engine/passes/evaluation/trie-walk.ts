/** Takes chunks of images through the vision tower for all variants at once, one block per node of their trie (variants.ts plans it). */
import type { Device } from '../../device.ts';
import { attempt } from '../attempt.ts';
import { blockForward, type BlockLora } from '../block.ts';
import { visionShape } from '../towers.ts';
import type { DeviceVision } from '../weights.ts';
import { childRange, type TowerPlan, type TrieNode } from './variants.ts';

/** One walk through the trie of a plan, on one chunk of images. */
interface TrieWalk<T> {
  readonly vision: DeviceVision<T>;
  readonly plan: TowerPlan;
  /** [M·T, D] */
  readonly embedded: T;
  /** M */
  readonly images: number;
  /** Groups × images × tokens that one block evaluation may hold. */
  readonly rows: number;
  readonly lora: (nodes: readonly TrieNode[], layer: number) => BlockLora<T>;
  /** Takes over the pooled tokens [leaves·M, D] of the leaves [from, to). */
  readonly onLeaves: (from: number, to: number, pooled: T) => Promise<void>;
  /** Hears of block evaluations, of one image each, as soon as they are given to the device. */
  readonly onBlocks: (evaluations: number) => void;
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

/** @throws the signal's reason before the next block, once it is aborted */
export function walkTrie<T>(device: Device<T>, walk: TrieWalk<T>): Promise<void> {
  const { plan, embedded } = walk;
  return descend(device, walk, { layer: 0, from: 0, to: plan.levels[0].length, x: embedded, firstParent: 0 });
}

/** The leaves under a branch, depth first so that memory stays bounded. */
async function descend<T>(device: Device<T>, walk: TrieWalk<T>, branch: Branch<T>): Promise<void> {
  const { vision, plan, images, rows, lora, onLeaves, onBlocks, signal } = walk;
  const { layer, from, to, x, firstParent } = branch;
  const maxGroups = Math.max(1, Math.floor(rows / (images * vision.tokens)));
  for (let start = from; start < to; start += maxGroups) {
    signal?.throwIfAborted();
    const end = Math.min(to, start + maxGroups);
    const nodes = plan.levels[layer].slice(start, end);
    const parents = Int32Array.from(nodes, ({ parent }) => parent - firstParent);
    const shape = visionShape(vision, nodes.length, images, layer);
    const y = attempt(device, () => {
      const input = device.gatherGroups(x, parents, images * vision.tokens); // [G·M·T, D]
      const output = blockForward(device, vision.blocks[layer], input, shape, lora(nodes, layer), false);
      device.free(input);
      return output.y;
    });
    onBlocks(nodes.length * images);
    if (layer === plan.levels.length - 1) {
      await onLeaves(start, end, y);
      continue;
    }
    const [childFrom, childTo] = childRange(plan.levels[layer + 1], start, end);
    try {
      await descend(device, walk, { layer: layer + 1, from: childFrom, to: childTo, x: y, firstParent: start });
    } finally {
      device.free(y);
    }
  }
}
