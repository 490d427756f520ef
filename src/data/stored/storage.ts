/** Where data sets are kept between visits: the browser's private file system (opfs.ts), or memory in tests (test-storage.ts). */
import { newestFirst } from '../../core/newest-first.ts';
import { STORED_WORDS } from './messages.ts';
import type { StoredDataset, StoredInfo } from './stored-dataset.ts';

/** A kept data set in the list of all. */
export interface StoredEntry {
  readonly id: string;
  /** Null if it was stored incompletely and can only be deleted. */
  readonly info: StoredInfo | null;
  readonly bytes: number;
}

export interface DatasetStorage {
  /** In order. */
  list(): Promise<StoredEntry[]>;
  /** @throws Error with a full sentence when it is gone or damaged */
  read(id: string): Promise<StoredDataset>;
  /** Writes all or nothing. @throws Error with a full sentence when there is no room */
  write(dataset: StoredDataset): Promise<void>;
  /** @throws Error when it is gone */
  rename(id: string, name: string): Promise<void>;
  /** Nothing happens when there is none. */
  remove(id: string): Promise<void>;
  /** Calls the listener, in place of the one before, whenever another tab has changed what is kept. */
  follow(changed: () => void): void;
  /** Bytes that are still free for this page; null when the device does not say. */
  free(): Promise<number | null>;
}

/** Newest first; what can only be deleted has no date. */
export function inOrder(entries: readonly StoredEntry[]): StoredEntry[] {
  const compare = newestFirst(new Date().toISOString());
  return entries.toSorted((a, b) => compare(a.info?.savedAt ?? '', b.info?.savedAt ?? ''));
}

export const gone = (): Error => new Error(STORED_WORDS.gone);

const megabytes = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1e6));

/** Not enough room, in words. @param needed in bytes. @param free in bytes; null when unknown */
export const noRoom = (needed: number, free: number | null): Error =>
  new Error(STORED_WORDS.noRoom(megabytes(needed), free === null ? null : megabytes(free)));
