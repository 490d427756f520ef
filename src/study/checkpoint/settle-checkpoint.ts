/** What becomes of a checkpoint when its study ends. */
import { sameContent } from '../../core/same-content.ts';
import { datasetDigest } from '../../data/dataset/dataset-digest.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { StudyResult } from '../result/result.ts';
import { StudyCheckpointError, type StudyCheckpoint } from './checkpoint.ts';
import type { CheckpointStore, SavedStudy } from './checkpoint-store.ts';

/** Null where none was saved. */
async function loaded(checkpoints: CheckpointStore, id: string): Promise<StudyCheckpoint | null> {
  try {
    return (await checkpoints.load(id)).checkpoint;
  } catch (error) {
    if (error instanceof StudyCheckpointError) return null;
    throw error;
  }
}

/** The interrupted studies that come to the same result: of the same settings and, where they are the reader's own, of the same images. */
async function sameAs(
  result: StudyResult,
  dataset: DroppedDataset | null,
  interrupted: readonly SavedStudy[],
  checkpoints: CheckpointStore,
): Promise<readonly SavedStudy[]> {
  const alike = interrupted.filter(
    ({ head }) => head.task === result.task.name && sameContent(head.config, result.config),
  );
  if (result.config.task !== 'dropped' || alike.length === 0) return alike;
  if (!dataset) return [];
  const digest = await datasetDigest(dataset);
  const same: SavedStudy[] = [];
  for (const study of alike) {
    const images = await checkpoints.images(study.id).catch(() => null); // damaged ones are none that are known
    if (images && (await datasetDigest(images)) === digest) same.push(study);
  }
  return same;
}

/**
 * A study that is whole needs its checkpoint no more, nor one of the same study that was interrupted before. One that its user stopped keeps it, and takes the
 * place of the one that was stopped before it, unless another tab offers that one where it was stopped: who tries many settings is offered one study to resume. Never rejects: a browser that keeps nothing more takes nothing
 * from the result, and what it has saved stays on offer.
 * A cell of a map that is stopped stays as one that was interrupted does: the map goes on in it, and it takes no other study's place.
 */
export const settleCheckpoint = (...study: Parameters<typeof settle>): Promise<void> =>
  settle(...study).catch(() => undefined);

/** @param id its lock is held @param dataset the reader's own images; null: its images are bundled */
async function settle(
  checkpoints: CheckpointStore,
  id: string,
  result: StudyResult,
  dataset: DroppedDataset | null,
): Promise<void> {
  const { interrupted } = await checkpoints.list();
  const forget = async (studies: readonly SavedStudy[]): Promise<void> => {
    for (const other of studies) await checkpoints.forget(other.id);
  };
  if (result.status === 'complete') {
    await checkpoints.discard(id);
    return forget(await sameAs(result, dataset, interrupted, checkpoints));
  }
  const checkpoint = await loaded(checkpoints, id);
  if (!checkpoint) return;
  const { head } = checkpoint;
  // To begin anew loses nothing.
  if (head.step === 0) return checkpoints.discard(id);
  if (head.map !== undefined) return;
  await forget(interrupted.filter(({ head, isOffered = false }) => head.stopped && !isOffered));
  await checkpoints.keep(id, { ...checkpoint, head: { ...head, stopped: true } }, null);
}
