/** Whether this browser can keep studies for the page. Locks and the list of files are tried, because browsers refuse in many ways. */
import { reasonText } from '../../core/error-text.ts';
import { isNamed, NothingKept, whyNothingIsKept } from '../../platform/origin-files.ts';
import { randomId } from '../../platform/random-id.ts';
import type { TabNews } from '../../platform/tab-news.ts';
import { createCheckpointStore, type CheckpointFiles, type CheckpointStore } from './checkpoint-store.ts';
import { FORMATS_AT_HAND } from './formats-at-hand.ts';
import type { Locks } from './study-locks.ts';

/** A store, or the reason why there is none, as the beginning of a sentence. */
export type CheckpointAccess = { readonly store: CheckpointStore } | { readonly refused: string };

/** The browser APIs in use; some browsers lack parts of them. */
export interface StorageSurroundings {
  readonly files: CheckpointFiles;
  readonly locks: Locks | undefined;
  /** Pages served over http from another machine have neither files nor locks. */
  readonly isSecureContext: boolean;
  readonly news: TabNews;
}

/** Never rejects. */
export async function openCheckpoints({
  files,
  locks,
  isSecureContext,
  news,
}: StorageSurroundings): Promise<CheckpointAccess> {
  if (!isSecureContext) return { refused: whyNothingIsKept(false) };
  try {
    if (!locks) throw new Error('no locks');
    await locks.request(`copra-trial-${randomId()}`, {}, () => undefined);
    await files.names();
    return { store: createCheckpointStore(files, locks, FORMATS_AT_HAND, news) };
  } catch (error) {
    const isKnown = error instanceof NothingKept || isNamed(error, 'QuotaExceededError');
    return { refused: isKnown ? reasonText(error) : whyNothingIsKept(true) };
  }
}
