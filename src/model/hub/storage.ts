/** Where models are kept on this device: folders of files. The browser's private file system (opfs-storage.ts) or a folder on disk (storage-node.ts). */
import type { ByteSource } from '../../platform/byte-source.ts';

export interface FileAppender {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the written data is on the device. */
  close(): Promise<void>;
}

export interface StorageUse {
  /** Bytes of all models. */
  readonly used: number;
  /** Bytes that are still free for models; null when the device does not say. */
  readonly free: number | null;
}

/** Operations for the page: list and delete. */
export interface ModelShelf {
  /** Keys of the folders there are. */
  folders(): Promise<string[]>;
  /** Names and sizes of a folder's files; empty when there is no such folder. */
  files(folder: string): Promise<{ readonly name: string; readonly bytes: number }[]>;
  read(folder: string, file: string): Promise<ArrayBuffer | null>;
  remove(folder: string): Promise<void>;
  use(): Promise<StorageUse>;
}

/** Additional operations for workers: writing, and reading large files. */
export interface ModelStorage extends ModelShelf {
  /** Replaces a small file whole. */
  write(folder: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Random access to a large file; null if there is none. */
  open(folder: string, file: string): Promise<ByteSource | null>;
  /** Continues a file after its first `keep` bytes; the rest is truncated. */
  append(folder: string, file: string, keep: number): Promise<FileAppender>;
  /** Gives a folder another name. A folder that had it before is removed. */
  move(from: string, to: string): Promise<void>;
}

/** Folder names of model ids: any text becomes a valid name on every file system. */
export const folderOf = (id: string): string => encodeURIComponent(id).replaceAll('*', '%2A');
export const idOf = (folder: string): string => decodeURIComponent(folder);
