/** Helpers for the browser's private file system (OPFS), shared by the stores of models, data sets and checkpoints. */

/** The page's folder of that name, created if missing. Rejects if the browser keeps no files for the page. */
export const originFolder = async (name: string): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });

export const isNamed = (error: unknown, name: string): boolean => error instanceof DOMException && error.name === name;

/** Null when the file or folder is not there. */
export async function ifFound<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return null;
    throw error;
  }
}

/** Bytes the page may still store; null if the browser does not report it. */
export async function freeBytes(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
}
