/** Whether this browser keeps studies for the page at all: found out by trying, since browsers refuse in many ways. */
import { createCheckpointStore, type CheckpointFiles, type CheckpointStore, type Locks } from './checkpoint-store.ts';

/** A store, or the reason why there is none, as the beginning of a sentence. */
export type CheckpointAccess = { readonly store: CheckpointStore } | { readonly refused: string };

/** What of the browser is asked; parts of it are missing in some. */
export interface StorageSurroundings {
  readonly files: CheckpointFiles;
  readonly locks: Locks | undefined;
  /** Over http from another machine there are neither files nor locks. */
  readonly isSecureContext: boolean;
}

/** Never rejects. */
export async function openCheckpoints({
  files,
  locks,
  isSecureContext,
}: StorageSurroundings): Promise<CheckpointAccess> {
  if (!isSecureContext) return { refused: 'This page is not served over https' };
  try {
    if (!locks) throw new Error('no locks');
    await locks.request(`copra-trial-${crypto.randomUUID()}`, {}, () => undefined);
    await files.names();
    return { store: createCheckpointStore(files, locks) };
  } catch {
    return { refused: 'This browser keeps no data for this page (site data is blocked, or the window is private)' };
  }
}
