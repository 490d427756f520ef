/** How far clients move from the start, and how far they drift apart. */
import { mean } from '../../core/statistics.ts';
import { weightedSum } from '../../core/flat.ts';
import type { Round } from './rule.ts';

/** How far the clients of a round went: Euclidean distances between vectors of factors, without the classifier. */
export interface ClientDrift {
  /** Mean distance of the clients' factors from their average Σ pₖθₖ. */
  readonly drift: number;
  /** Mean distance from the starting adapter. */
  readonly movement: number;
}

/** Euclidean, over all factors A and B, and magnitudes of DoRA; a trained head is excluded. The measure is the same for every rule. */
export function clientDrift({ layout, start, clients, weights }: Omit<Round, 'fresh'>): ClientDrift {
  const factors = layout.head?.weightOffset ?? layout.size;
  const average = weightedSum(clients, weights);
  const distance = (a: Float32Array, b: Float32Array): number => {
    let sum = 0;
    for (let i = 0; i < factors; i++) sum += (a[i] - b[i]) ** 2;
    return Math.sqrt(sum);
  };
  return {
    drift: mean(clients.map((client) => distance(client, average))),
    movement: mean(clients.map((client) => distance(client, start))),
  };
}
