/** Results of a federation: which client held which images, and the figures of every round per arm, seed and rule. */
import * as v from 'valibot';
import { FEDERATED_RULE_IDS } from '../../../copra/federated/rule-list.ts';
import { count, labelText, measures, numbers, perImageText, player, shares } from '../../result/measured.ts';
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

const AttendanceSchema = v.object({
  /** [clients]: the name of the device that held each last; empty: none did, or it is not told. */
  names: v.array(labelText),
  rounds: v.array(
    v.object({
      /** Clients whose devices were asked, ascending. */
      asked: v.array(count),
      /** Names of these devices, since a client may change hands. Absent: they are not told, or the result is of a version that knew the last of each client alone. */
      names: v.optional(v.array(labelText)),
      /** Clients whose adapters came in time, ascending, and the number of images that each counts as. */
      took: v.array(count),
      images: v.array(count),
      /** Of these: how many images of its own the device says it has; null: it trained on its part of the study's. Absent: all did, or the version did not say. */
      own: v.optional(v.array(v.nullable(count))),
      /** Bytes of all messages of the round, to the devices and from them. */
      down: count,
      up: count,
    }),
  ),
});
export type Attendance = v.InferOutput<typeof AttendanceSchema>;

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
  players: v.array(player),
  /** ‖E‖/‖Σ pₖBₖAₖ‖, [rounds][players]; empty for DoRA. */
  error: v.array(numbers),
  /** ‖Σ pₖBₖAₖ‖ and ‖E‖ over all layers, per round. Absent for DoRA, in results of versions that did not keep them, and in links. */
  norms: v.optional(v.object({ update: numbers, error: numbers })),
  /** Mean distance of the clients' factors from their average, and from their starting point, per round. */
  drift: numbers,
  movement: numbers,
  /** Bytes that all clients together receive and send in one round. */
  down: count,
  up: count,
  /**
   * The round in which an adapter of a client, or what is made of the adapters, was no finite number: none followed. null: there was none so far. Absent: the
   * result does not say it, being of a version that did not.
   */
  diverged: v.optional(v.nullable(count)),
  /** Who took part, where clients are devices of their own; absent: clients are simulated, and all that are drawn take part. */
  attendance: v.optional(AttendanceSchema),
});
export type FederatedRun = v.InferOutput<typeof FederatedRunSchema>;

export const FederatedResultSchema = v.object({
  partitions: v.array(FederatedPartitionSchema),
  runs: v.array(FederatedRunSchema),
});
export type FederatedResult = v.InferOutput<typeof FederatedResultSchema>;
