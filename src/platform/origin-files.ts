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

/** The same for files that are written whole, by the page or by a worker. @throws NothingKept also where the browser cannot do that */
export async function writableFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const folder = await originFolder(name);
  if (!('createWritable' in FileSystemFileHandle.prototype)) throw new NothingKept(ORIGIN_WORDS.unwritable);
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

/** Bytes the page may still store; null if the browser does not report it, as Safari before 17. */
export async function freeBytes(): Promise<number | null> {
  const { quota, usage } = (await originStorage()?.estimate?.()) ?? {};
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}

/** Named files in one folder. */
export interface OriginFiles {
  names(): Promise<string[]>;
  read(name: string): Promise<Blob | null>;
  /** Replaces a file whole or leaves it unchanged. @throws DOMException "QuotaExceededError", in words, when there is no room */
  write(name: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The files of a folder of the page. Closing a file replaces it whole, so a crash leaves the old one. */
export function originFiles(name: string): OriginFiles {
  const folder = (): Promise<FileSystemDirectoryHandle> => writableFolder(name);
  return {
    async names() {
      const names: string[] = [];
      for await (const file of (await folder()).keys()) names.push(file);
      return names;
    },
    async read(file) {
      const handle = await ifFound((await folder()).getFileHandle(file));
      return handle && ifFound(handle.getFile());
    },
    async write(file, bytes) {
      try {
        const handle = await (await folder()).getFileHandle(file, { create: true });
        const stream = await handle.createWritable();
        await stream.write(bytes);
        await stream.close();
      } catch (error) {
        throw inWords(error);
      }
    },
    remove: async (file) => void (await ifFound((await folder()).removeEntry(file))),
  };
}
