/** Where data sets are kept between visits: the browser's private file system (opfs.ts), or memory where there is none. */
import type { StoredDataset, StoredInfo } from './stored-dataset.ts';

export interface StoredEntry {
  readonly id: string;
  /** Null if it was stored incompletely and can only be deleted. */
  readonly info: StoredInfo | null;
  readonly bytes: number;
}

export interface DatasetStorage {
  /** Newest first. */
  list(): Promise<StoredEntry[]>;
  /** @throws Error with a full sentence when it is gone or damaged */
  read(id: string): Promise<StoredDataset>;
  /** Writes all or nothing. @throws Error with a full sentence when there is no room */
  write(dataset: StoredDataset): Promise<void>;
  /** @throws Error when it is gone */
  rename(id: string, name: string): Promise<void>;
  /** Nothing happens when there is none. */
  remove(id: string): Promise<void>;
  /** Bytes that are still free for this page; null when the device does not say. */
  free(): Promise<number | null>;
}

export const byDate = (a: StoredEntry, b: StoredEntry): number =>
  (b.info?.savedAt ?? '').localeCompare(a.info?.savedAt ?? '');

export const gone = (): Error =>
  new Error('This data set is no longer on the device: another tab or the browser deleted it.');

const megabytes = (bytes: number): string => `${Math.max(1, Math.ceil(bytes / 1e6)).toLocaleString('en-GB')} MB`;

/** Not enough room, in words. @param free null when unknown */
export function noRoom(needed: number, free: number | null): Error {
  const room = free === null ? 'the device has too little room' : `only ${megabytes(free)} are free for this page`;
  return new Error(
    `Keeping these images needs ${megabytes(needed)}, and ${room}. Delete data sets or models that are kept here, or leave out classes, and try again.`,
  );
}
