/** Models in the browser's private file system (OPFS), for the page: listed and deleted. Workers write them (opfs-storage.ts). */
import { freeBytes, ifFound, originFolder } from '../origin-files.ts';
import { ModelSourceError } from './model-id.ts';
import type { ModelShelf } from './storage.ts';

const ROOT = 'models';

async function rootFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    return await originFolder(ROOT);
  } catch (error) {
    throw new ModelSourceError(
      `This browser keeps no files for this page (private window, or storage is switched off), so models cannot be kept: ${(error as Error).message}`,
    );
  }
}

/** Null when it is not there and not to be made. */
export async function openFolder(folder: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  const root = await rootFolder();
  return ifFound(root.getDirectoryHandle(folder, { create }));
}

export async function fileIn(folder: string, file: string): Promise<File | null> {
  const directory = await openFolder(folder, false);
  if (!directory) return null;
  const handle = await ifFound(directory.getFileHandle(file));
  return handle && handle.getFile();
}

export function opfsShelf(): ModelShelf {
  const files: ModelShelf['files'] = async (folder) => {
    const directory = await openFolder(folder, false);
    const found: { name: string; bytes: number }[] = [];
    if (!directory) return found;
    for await (const [name, handle] of directory.entries())
      if (handle.kind === 'file') found.push({ name, bytes: (await handle.getFile()).size });
    return found;
  };
  const folders: ModelShelf['folders'] = async () => {
    const names: string[] = [];
    for await (const [name, handle] of (await rootFolder()).entries())
      if (handle.kind === 'directory') names.push(name);
    return names;
  };
  return {
    folders,
    files,
    async read(folder, file) {
      const found = await fileIn(folder, file);
      return found && found.arrayBuffer();
    },
    async remove(folder) {
      await ifFound((await rootFolder()).removeEntry(folder, { recursive: true }));
    },
    async use() {
      const all = await Promise.all((await folders()).map(files));
      return { used: all.flat().reduce((sum, { bytes }) => sum + bytes, 0), free: await freeBytes() };
    },
  };
}
