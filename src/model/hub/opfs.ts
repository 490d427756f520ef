/** Models and adapters in the browser's private file system (OPFS), for the page: listed and deleted. Workers write them (opfs-storage.ts). */
import { freeBytes, ifFound, NothingKept, originFolder } from '../../platform/origin-files.ts';
import { ModelSourceError } from './model-id.ts';
import type { ModelShelf } from './storage.ts';
import { HUB_REF_WORDS } from './ref-words.ts';

/** Folders of the page, one for each kind of thing that is fetched. */
export type OriginRoot = 'models' | 'adapters';

async function rootFolder(root: OriginRoot): Promise<FileSystemDirectoryHandle> {
  try {
    return await originFolder(root);
  } catch (error) {
    throw error instanceof NothingKept ? new ModelSourceError(HUB_REF_WORDS.noStorage(root, error.message)) : error;
  }
}

/** Null when it is not there and not to be made. */
export async function openFolder(
  root: OriginRoot,
  folder: string,
  create: boolean,
): Promise<FileSystemDirectoryHandle | null> {
  return ifFound((await rootFolder(root)).getDirectoryHandle(folder, { create }));
}

export async function fileIn(root: OriginRoot, folder: string, file: string): Promise<File | null> {
  const directory = await openFolder(root, folder, false);
  if (!directory) return null;
  const handle = await ifFound(directory.getFileHandle(file));
  return handle && handle.getFile();
}

export function opfsShelf(root: OriginRoot = 'models'): ModelShelf {
  const files: ModelShelf['files'] = async (folder) => {
    const directory = await openFolder(root, folder, false);
    const found: { name: string; bytes: number }[] = [];
    if (!directory) return found;
    for await (const [name, handle] of directory.entries())
      if (handle.kind === 'file') found.push({ name, bytes: (await handle.getFile()).size });
    return found;
  };
  const folders: ModelShelf['folders'] = async () => {
    const names: string[] = [];
    for await (const [name, handle] of (await rootFolder(root)).entries())
      if (handle.kind === 'directory') names.push(name);
    return names;
  };
  return {
    folders,
    files,
    async read(folder, file) {
      const found = await fileIn(root, folder, file);
      return found && found.arrayBuffer();
    },
    async remove(folder) {
      await ifFound((await rootFolder(root)).removeEntry(folder, { recursive: true }));
    },
    async use() {
      const all = await Promise.all((await folders()).map(files));
      return { used: all.flat().reduce((sum, { bytes }) => sum + bytes, 0), free: await freeBytes() };
    },
  };
}
