/** Models and adapters in the browser's private file system (OPFS), for workers: written, moved and read at random. */
import { blobBytes } from '../../platform/byte-source.ts';
import { ifFound, isNamed } from '../../platform/origin-files.ts';
import { ORIGIN_WORDS } from '../../platform/origin-words.ts';
import { ModelSourceError } from './model-id.ts';
import { foldersIn, opfsShelf, rootFolder, type OriginRoot } from './opfs.ts';
import type { FileAppender, ModelStorage } from './storage.ts';
import { HUB_WORDS } from './words.ts';

async function madeFolder(root: OriginRoot, folder: string): Promise<FileSystemDirectoryHandle> {
  const directory = await ifFound((await rootFolder(root)).getDirectoryHandle(folder, { create: true }));
  if (!directory) throw new ModelSourceError(HUB_WORDS.folderGone);
  return directory;
}

/** Allows one writer at a time; a second tab that fetches the same model gets an error. */
async function writerOf(directory: FileSystemDirectoryHandle, file: string): Promise<FileSystemSyncAccessHandle> {
  const handle = await directory.getFileHandle(file, { create: true });
  try {
    return await handle.createSyncAccessHandle();
  } catch (error) {
    if (isNamed(error, 'NoModificationAllowedError')) throw new ModelSourceError(HUB_WORDS.otherTab);
    throw error;
  }
}

function writeAll(handle: FileSystemSyncAccessHandle, bytes: Uint8Array, at: number): void {
  let done = 0;
  while (done < bytes.length) {
    const count = handle.write(bytes.subarray(done), { at: at + done });
    if (count === 0) throw new DOMException(ORIGIN_WORDS.full, 'QuotaExceededError');
    done += count;
  }
}

/** File moving in the private file system, which most browsers support but no standard defines yet. */
type Movable = FileSystemFileHandle & {
  move?(to: FileSystemDirectoryHandle, name: string): Promise<void>;
};

const COPY_BYTES = 4_000_000;

async function copyFile(file: File, to: FileSystemDirectoryHandle): Promise<void> {
  const source = blobBytes(file);
  const writer = await writerOf(to, file.name);
  try {
    writer.truncate(0);
    for (let at = 0; at < source.size; at += COPY_BYTES)
      writeAll(writer, source.read(at, Math.min(at + COPY_BYTES, source.size)), at);
    writer.flush();
  } finally {
    writer.close();
  }
}

/** @returns after the file is in the other folder; if the browser cannot move files it is copied, and the caller deletes the original */
async function moveFile(handle: Movable, to: FileSystemDirectoryHandle): Promise<void> {
  if (handle.move) await handle.move(to, handle.name);
  else await copyFile(await handle.getFile(), to);
}

export function opfsStorage(root: OriginRoot = 'models'): ModelStorage {
  const shelf = opfsShelf(root);
  return {
    ...shelf,
    async write(folder, file, bytes) {
      const writer = await writerOf(await madeFolder(root, folder), file);
      try {
        writer.truncate(0);
        writeAll(writer, bytes, 0);
        writer.flush();
      } finally {
        writer.close();
      }
    },
    async open(folder, file) {
      const found = await foldersIn(root).read(folder, file);
      return found && blobBytes(found);
    },
    async append(folder, file, keep): Promise<FileAppender> {
      const writer = await writerOf(await madeFolder(root, folder), file);
      writer.truncate(keep);
      let position = keep;
      return {
        write(bytes) {
          writeAll(writer, bytes, position);
          position += bytes.length;
          return Promise.resolve();
        },
        close() {
          writer.flush();
          writer.close();
          return Promise.resolve();
        },
      };
    },
    async move(from, to) {
      await shelf.remove(to);
      const source = await madeFolder(root, from);
      const target = await madeFolder(root, to);
      try {
        // Listed first: a folder is not walked while it changes.
        const names = (await shelf.files(from)).map(({ name }) => name);
        for (const name of names) await moveFile(await source.getFileHandle(name), target);
      } catch (error) {
        await shelf.remove(to);
        throw error;
      }
      await shelf.remove(from);
    },
  };
}
