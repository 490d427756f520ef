/** What becomes of a checkpoint when its study ends. */
import { sameContent } from '../../core/same-content.ts';
import type { StudyResult } from '../result/result.ts';
import { CheckpointError, type StudyCheckpoint } from './checkpoint.ts';
import type { CheckpointStore, SavedStudy } from './checkpoint-store.ts';

/** Null where none was saved. */
async function loaded(checkpoints: CheckpointStore, id: string): Promise<StudyCheckpoint | null> {
  try {
    return (await checkpoints.load(id)).checkpoint;
  } catch (error) {
    if (error instanceof CheckpointError) return null;
    throw error;
  }
}

/** An interrupted study that comes to the same result. Own images are told by their name alone, so that of those which a reload interrupted, none is left out. */
const isSame =
  (result: StudyResult) =>
  ({ head }: SavedStudy): boolean =>
    ((head.stopped ?? false) || result.config.task !== 'dropped') &&
    head.task === result.task.name &&
    sameContent(head.config, result.config);

/**
 * A study that is whole needs its checkpoint no more, nor one of the same study that was interrupted before. One that its user stopped keeps it, and takes the
 * place of the one that was stopped before it, unless another tab offers that one where it was stopped: who tries many settings is offered one study to resume. Never rejects: a browser that keeps nothing more takes nothing
 * from the result, and what it has saved stays on offer.
 * A cell of a map that is stopped stays as one that was interrupted does: the map goes on in it, and it takes no other study's place.
 * @param id its lock is held
 */
export const settleCheckpoint = (...study: Parameters<typeof settle>): Promise<void> =>
  settle(...study).catch(() => undefined);

async function settle(checkpoints: CheckpointStore, id: string, result: StudyResult): Promise<void> {
  const { interrupted } = await checkpoints.list();
  const forget = async (studies: readonly SavedStudy[]): Promise<void> => {
    for (const other of studies) await checkpoints.forget(other.id);
  };
  if (result.status === 'complete') {
    await checkpoints.discard(id);
    return forget(interrupted.filter(isSame(result)));
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
