/** Models and adapters in the browser's private file system (OPFS), for the page: listed and deleted. Workers write them (opfs-storage.ts). */
import { freeBytes, NothingKept, originFolder } from '../../platform/origin-files.ts';
import { bytesOf, originFolders, type OriginFolders } from '../../platform/origin-folders.ts';
import { ModelSourceError } from './model-id.ts';
import type { ModelShelf } from './storage.ts';
import { HUB_REF_WORDS } from './ref-words.ts';

/** Folders of the page, one for each kind of thing that is fetched. */
export type OriginRoot = 'models' | 'adapters';

export async function rootFolder(root: OriginRoot): Promise<FileSystemDirectoryHandle> {
  try {
    return await originFolder(root);
  } catch (error) {
    throw error instanceof NothingKept ? new ModelSourceError(HUB_REF_WORDS.noStorage(root, error.message)) : error;
  }
}

export const foldersIn = (root: OriginRoot): OriginFolders => originFolders(() => rootFolder(root));

export function opfsShelf(root: OriginRoot = 'models'): ModelShelf {
  const stored = foldersIn(root);
  return {
    ...stored,
    read: (folder, file) => stored.content(folder, file),
    async use() {
      const all = await Promise.all((await stored.folders()).map((folder) => stored.files(folder)));
      return { used: bytesOf(all.flat()), free: await freeBytes() };
    },
  };
}
