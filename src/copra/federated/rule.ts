/** Interface of a rule that aggregates the clients' adapters. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';

/** The server's inputs at the end of a round. */
export interface Round {
  readonly layout: AdapterLayout;
  /** The adapter that the clients started from, [layout.size]. */
  readonly start: Float32Array;
  /** Their adapters after local training. */
  readonly clients: readonly Float32Array[];
  /** pₖ, one per client, Σ = 1 */
  readonly weights: readonly number[];
  /** An untrained adapter from this round's seed, for rules that reinitialise. */
  readonly fresh: () => Float32Array;
}

/** An update of any rank, B·A without the LoRA scale; ignore the head of the layout, if any. */
export interface Update {
  readonly layout: AdapterLayout;
  /** [layout.size] */
  readonly values: Float32Array;
}

/** What a server makes of the adapters of a round. */
export interface Aggregated {
  /** Starting adapter of the next round, in the layout of the round. */
  readonly adapter: Float32Array;
  /** Update added to every client's frozen weights; null for most rules. */
  readonly residual: Update | null;
}

/** Count of numbers that one client receives and sends in a round. */
export interface Traffic {
  readonly down: number;
  readonly up: number;
}

/** How a server makes one adapter of those of its clients, and what that costs on the wire. */
export interface FederatedRule {
  aggregate(round: Round): Aggregated;
  /** @param clients number of clients in a round */
  traffic(layout: AdapterLayout, clients: number): Traffic;
}

/** Count of numbers in a sum of `count` updates, sent as stacked factors or as whole matrices, whichever is smaller. */
export function sumSize({ pairs, rank }: AdapterLayout, count: number): number {
  return pairs.reduce(
    (sum, { inFeatures, outFeatures }) =>
      sum + Math.min(count * rank * (inFeatures + outFeatures), inFeatures * outFeatures),
    0,
  );
}
