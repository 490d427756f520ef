/** The clients of a federation: their images, seeds and batches. */
import {
  countsPerClient,
  dirichletPartition,
  groupPartition,
  type Partition,
} from '../../../copra/federated/partition.ts';
import { hash32 } from '../../../core/hash.ts';
import type { Task } from '../../../data/task.ts';
import type { LoadedBackbone } from '../../../model/load-backbone.ts';
import type { StudyConfig } from '../../config/config.ts';
import { createBatchPainter, createBatchSource, type Patchified } from '../../run/images.ts';
import type { FederatedPartition } from './result.ts';
import type { FederatedSettings } from './settings.ts';
import { ANALYSIS_NOTICES } from '../words.ts';

/** Seed of all random draws of client `client`. */
export const clientSeed = (seed: number, client: number): number => hash32(hash32(seed) + client + 1) & 0x7fffffff;

/** Seed of the draws that are repeated every round. */
export const roundSeed = (seed: number, round: number): number => hash32(hash32(seed) ^ (round + 1)) & 0x7fffffff;

/** What the picture of a partition counts: classes, or styles. */
function kindsOf({ partition }: FederatedSettings, task: Task): { names: readonly string[]; of: Int32Array } {
  if (partition === 'dirichlet') return { names: task.classes, of: task.train.labels };
  if (!task.styles) throw new RangeError(ANALYSIS_NOTICES.stylesUnknown(task.name));
  return { names: task.styles.names, of: task.styles.train };
}

export interface Federation {
  readonly partition: Partition;
  readonly picture: FederatedPartition;
  /** Per client, the batch of a local step, with steps counted over all rounds; null for a client without images. */
  readonly batches: readonly (((step: number) => Patchified) | null)[];
}

/** @throws RangeError when clients should differ in style but the styles are unknown */
export function checkPartition(settings: FederatedSettings, task: Task): void {
  kindsOf(settings, task);
}

export function createFederation(
  settings: FederatedSettings,
  task: Task,
  model: LoadedBackbone,
  training: StudyConfig['training'],
  seed: number,
): Federation {
  const { clients, alpha, partition: kind } = settings;
  const { names, of } = kindsOf(settings, task);
  const paint = createBatchPainter(task, model);
  const partition =
    kind === 'dirichlet'
      ? dirichletPartition(of, names.length, { clients, alpha, seed })
      : groupPartition(of, names.length, { clients, seed });
  return {
    partition,
    picture: {
      seed,
      kind,
      kinds: [...names],
      counts: countsPerClient(partition, of, names.length),
      short: partition.short,
    },
    batches: partition.clients.map((images, client) => {
      if (images.length === 0) return null;
      const source = createBatchSource(task, training, clientSeed(seed, client), images);
      return (step) => paint(source(step));
    }),
  };
}
