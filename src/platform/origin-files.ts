/** Helpers for the browser's private file system (OPFS), shared by the stores of models, data sets, checkpoints and maps. */
import { ORIGIN_WORDS } from './origin-words.ts';

export const isNamed = (error: unknown, name: string): boolean => error instanceof DOMException && error.name === name;

/** What a failed write says: browsers say in English alone that they keep no more for the page. */
const inWords = (error: unknown): unknown =>
  isNamed(error, 'QuotaExceededError') ? new DOMException(ORIGIN_WORDS.full, 'QuotaExceededError') : error;

/** Why the browser keeps nothing for the page, as the beginning of a sentence. */
export const whyNothingIsKept = (secure: boolean): string => (secure ? ORIGIN_WORDS.blocked : ORIGIN_WORDS.insecure);

/** Nothing can be kept at all. The message is the beginning of a sentence. */
export class NothingKept extends Error {}

/** None on pages that are not served securely, and in browsers that lack it. */
const originStorage = (): StorageManager | undefined => navigator.storage;

/** The page's folder of that name, created if missing. @throws NothingKept if the browser keeps no files for the page */
export async function originFolder(name: string): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await originStorage()!.getDirectory();
    return await root.getDirectoryHandle(name, { create: true });
  } catch (cause) {
    if (isNamed(cause, 'QuotaExceededError')) throw inWords(cause);
    throw new NothingKept(whyNothingIsKept(isSecureContext), { cause });
  }
}

/** Whether the browser writes files aside and lets them take the place of others; Safari before 26 does not. */
export const canWriteWhole = (): boolean => 'createWritable' in FileSystemFileHandle.prototype;

/** The same for files that are written whole, by the page or by a worker. @throws NothingKept also where the browser cannot do that */
export async function writableFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const folder = await originFolder(name);
  if (!canWriteWhole()) throw new NothingKept(ORIGIN_WORDS.unwritable);
  return folder;
}

/** Null when the file or folder is not there. */
export async function ifFound<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return null;
    throw error;
  }
}

/** Null when it is not there. */
export async function fileIn(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  const handle = await ifFound(folder.getFileHandle(name));
  return handle && ifFound(handle.getFile());
}

/** Removes the empty file with which a first write begins. */
async function removeEmpty(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const file = await fileIn(folder, name);
  if (file?.size === 0) await folder.removeEntry(name);
}

/**
 * Replaces a file whole or leaves it unchanged, also where there was none: closing the stream replaces it, so a crash leaves the old one.
 * @throws DOMException "QuotaExceededError", in words, when there is no room
 */
export async function writeWhole(
  folder: FileSystemDirectoryHandle,
  name: string,
  content: Blob | Uint8Array<ArrayBuffer> | string,
): Promise<void> {
  try {
    const handle = await folder.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    try {
      await stream.write(content);
      await stream.close();
    } catch (error) {
      await stream.abort().catch(() => {}); // closed already by what failed
      throw error;
    }
  } catch (error) {
    await removeEmpty(folder, name).catch(() => {}); // another tab is writing it
    throw inWords(error);
  }
}

/** Bytes the page may still store; null if the browser does not report it, as Safari before 17. */
export async function freeBytes(): Promise<number | null> {
  const { quota, usage } = (await originStorage()?.estimate?.()) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/**
 * Asks the browser not to clear what is kept when space gets short. It may refuse. Nobody waits for the answer: Firefox asks the reader,
 * who may leave the question open.
 */
export const askToKeep = (): void => void globalThis.navigator?.storage?.persist?.().catch(() => false);

/** Named files in one folder. */
export interface OriginFiles {
  names(): Promise<string[]>;
  read(name: string): Promise<Blob | null>;
  /** As `writeWhole`. */
  write(name: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The files of a folder of the page. */
export function originFiles(name: string): OriginFiles {
  const folder = (): Promise<FileSystemDirectoryHandle> => writableFolder(name);
  return {
    async names() {
      const names: string[] = [];
      for await (const file of (await folder()).keys()) names.push(file);
      return names;
    },
    read: async (file) => fileIn(await folder(), file),
    write: async (file, bytes) => writeWhole(await folder(), file, bytes),
    remove: async (file) => void (await ifFound((await folder()).removeEntry(file))),
  };
}
