/** The value of every coalition of layers of a run, measured once by the exact Shapley analysis and reused elsewhere. */
import type { Player } from '../../../core/adapter-layout.ts';

export interface CoalitionValues {
  readonly arm: string;
  readonly seed: number;
  readonly players: readonly Player[];
  readonly images: number;
  /** By bit mask, bit i = player i, [2^players]: share of images, and mean cross-entropy in nats. */
  readonly accuracy: Float32Array;
  readonly loss: Float32Array;
}
