/**
 * Whether what half precision keeps of a backbone stays below where halves end: its weights, and what a step keeps of its MLPs. Told from the weights alone, so
 * before anything is computed and for all images.
 */
import { linearMaps, backboneTowers, type Backbone, type BlockWeights } from '../model/backbone.ts';

/** The largest half. */
export const LARGEST_HALF = 65504;
/** Adapters may add to an activation as much as the frozen backbone can make of it. What goes further becomes infinite, and its run ends as diverged. */
const ROOM_FOR_ADAPTERS = 2;

/**
 * The most that an output of fc1 can be: a layer norm gives g ∘ x̂ + β with ‖x̂‖ ≤ √D, so |w · (g ∘ x̂ + β) + b| ≤ √D ‖w ∘ g‖ + |w · β + b| (Cauchy and Schwarz). No GELU makes a
 * value larger.
 */
export function largestActivation({ ln2: { gain, bias: shift }, fc1 }: Pick<BlockWeights, 'ln2' | 'fc1'>): number {
  const { weight, bias, inFeatures, outFeatures } = fc1;
  let largest = 0;
  for (let o = 0; o < outFeatures; o++) {
    let squares = 0;
    let offset = bias ? bias[o] : 0;
    for (let i = 0; i < inFeatures; i++) {
      const w = weight[o * inFeatures + i];
      squares += (w * gain[i]) ** 2;
      offset += w * shift[i];
    }
    largest = Math.max(largest, Math.sqrt(inFeatures * squares) + Math.abs(offset));
  }
  return largest;
}

const fits = (values: Float32Array | null): boolean =>
  values === null || values.every((value) => Math.abs(value) <= LARGEST_HALF);

/** What of a backbone is too large for half precision, the numbers too that are none; null: nothing. */
export function tooLargeForHalves(backbone: Backbone): 'weights' | 'activations' | null {
  if (!linearMaps(backbone).every(({ weight, bias }) => fits(weight) && fits(bias))) return 'weights';
  const blocks = backboneTowers(backbone).flatMap((tower) => tower.blocks);
  const most = LARGEST_HALF / ROOM_FOR_ADAPTERS;
  return blocks.every((block) => largestActivation(block) <= most) ? null : 'activations';
}
