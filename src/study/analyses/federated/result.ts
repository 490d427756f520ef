/** Results of a federation: which client held which images, and the figures of every round per arm, seed and rule. */
import * as v from 'valibot';
import { FEDERATED_RULE_IDS } from '../../../copra/federated/rule-list.ts';
import { count, labelText, measures, numbers, shares, perImageText } from '../../result/measured.ts';
import { PARTITIONS } from './settings.ts';

const FederatedPartitionSchema = v.object({
  seed: count,
  kind: v.picklist(PARTITIONS),
  /** Names of the counted kinds: classes, or styles. */
  kinds: v.array(labelText),
  /** Training images of every kind, [clients][kinds]. */
  counts: v.array(v.array(count)),
  /** True if no draw gave every client the minimum number of images. */
  short: v.boolean(),
});
export type FederatedPartition = v.InferOutput<typeof FederatedPartitionSchema>;

const FederatedRunSchema = v.object({
  arm: labelText,
  seed: count,
  rule: v.picklist(FEDERATED_RULE_IDS),
  /** Accuracy of the global model on the test images, after every round. */
  accuracy: shares,
  loss: measures,
  /** Bits: the test images classified correctly after the last round. */
  correct: v.optional(perImageText),
  /** Layers of `error`. */
  players: v.array(v.object({ tower: v.picklist(['vision', 'text']), layer: count })),
  /** ‖E‖/‖Σ pₖBₖAₖ‖, [rounds][players]; empty for DoRA. */
  error: v.array(numbers),
  /** Mean distance of the clients' factors from their average, and from their starting point, per round. */
  drift: numbers,
  movement: numbers,
  /** Bytes that all clients together receive and send in one round. */
  down: count,
  up: count,
});
export type FederatedRun = v.InferOutput<typeof FederatedRunSchema>;

export const FederatedResultSchema = v.object({
  partitions: v.array(FederatedPartitionSchema),
  runs: v.array(FederatedRunSchema),
});
export type FederatedResult = v.InferOutput<typeof FederatedResultSchema>;
