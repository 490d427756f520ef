/** Models in the browser's private file system (OPFS). Writing and random access need a worker; listing and deleting do not. */
import { blobBytes } from '../byte-source.ts';
import { freeBytes, ifFound, isNamed, originFolder } from '../origin-files.ts';
import { ModelSourceError } from './model-id.ts';
import type { FileAppender, ModelStorage } from './storage.ts';

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

async function openFolder(folder: string, create: boolean): Promise<FileSystemDirectoryHandle | null> {
  const root = await rootFolder();
  return ifFound(root.getDirectoryHandle(folder, { create }));
}

async function fileIn(folder: string, file: string): Promise<File | null> {
  const directory = await openFolder(folder, false);
  if (!directory) return null;
  const handle = await ifFound(directory.getFileHandle(file));
  return handle && handle.getFile();
}

/** One writer at a time: a second tab that fetches the same model is told so. */
async function writerOf(folder: string, file: string): Promise<FileSystemSyncAccessHandle> {
  const directory = await openFolder(folder, true);
  if (!directory) throw new ModelSourceError('The folder of the model vanished while it was written. Try again.');
  const handle = await directory.getFileHandle(file, { create: true });
  try {
    return await handle.createSyncAccessHandle();
  } catch (error) {
    if (isNamed(error, 'NoModificationAllowedError'))
      throw new ModelSourceError('Another tab is fetching the same model. Wait for it, or close that tab.');
    throw error;
  }
}

function writeAll(handle: FileSystemSyncAccessHandle, bytes: Uint8Array, at: number): void {
  let done = 0;
  while (done < bytes.length) {
    const count = handle.write(bytes.subarray(done), { at: at + done });
    if (count === 0) throw new DOMException('The device is full.', 'QuotaExceededError');
    done += count;
  }
}

export function opfsStorage(): ModelStorage {
  const files: ModelStorage['files'] = async (folder) => {
    const directory = await openFolder(folder, false);
    const found: { name: string; bytes: number }[] = [];
    if (!directory) return found;
    for await (const [name, handle] of directory.entries())
      if (handle.kind === 'file') found.push({ name, bytes: (await handle.getFile()).size });
    return found;
  };
  const folders: ModelStorage['folders'] = async () => {
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
    async write(folder, file, bytes) {
      const handle = await writerOf(folder, file);
      try {
        handle.truncate(0);
        writeAll(handle, bytes, 0);
        handle.flush();
      } finally {
        handle.close();
      }
    },
    async open(folder, file) {
      const found = await fileIn(folder, file);
      return found && blobBytes(found);
    },
    async append(folder, file, keep): Promise<FileAppender> {
      const handle = await writerOf(folder, file);
      handle.truncate(keep);
      let position = keep;
      return {
        write(bytes) {
          writeAll(handle, bytes, position);
          position += bytes.length;
          return Promise.resolve();
        },
        close() {
          handle.flush();
          handle.close();
          return Promise.resolve();
        },
      };
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
