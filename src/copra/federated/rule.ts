/** What a way of aggregating the adapters of clients is. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';

/** What the server has at the end of a round. */
export interface Round {
  readonly layout: AdapterLayout;
  /** The adapter that the clients started from, [layout.size]. */
  readonly start: Float32Array;
  /** Their adapters after local training. */
  readonly clients: readonly Float32Array[];
  /** pₖ, one per client, Σ = 1 */
  readonly weights: readonly number[];
  /** An untrained adapter, of a seed of this round: for rules that begin anew. */
  readonly fresh: () => Float32Array;
}

/** An update of any rank, B·A without the LoRA scale; the head of the layout, if any, means nothing. */
export interface Update {
  readonly layout: AdapterLayout;
  readonly values: Float32Array;
}

export interface Aggregated {
  /** What the next round starts from, in the layout of the round. */
  readonly adapter: Float32Array;
  /** What is added to the frozen weights of everybody; null for most rules. */
  readonly residual: Update | null;
}

/** Numbers that one client receives and sends in a round. */
export interface Traffic {
  readonly down: number;
  readonly up: number;
}

export interface FederatedRule {
  aggregate(round: Round): Aggregated;
  /** @param clients that take part in a round */
  traffic(layout: AdapterLayout, clients: number): Traffic;
}

/** Numbers of a sum of `count` updates: stacked factors, or whole matrices where those are smaller. */
export function sumSize({ pairs, rank }: AdapterLayout, count: number): number {
  return pairs.reduce(
    (sum, { inFeatures, outFeatures }) =>
      sum + Math.min(count * rank * (inFeatures + outFeatures), inFeatures * outFeatures),
    0,
  );
}
