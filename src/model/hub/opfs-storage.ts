/** Models and adapters in the browser's private file system (OPFS), for workers: written, moved and read at random. */
import { blobBytes } from '../../platform/byte-source.ts';
import { canWriteWhole, ifFound, isNamed, writeWhole } from '../../platform/origin-files.ts';
import { ORIGIN_WORDS } from '../../platform/origin-words.ts';
import { ModelSourceError } from './model-id.ts';
import { foldersIn, opfsShelf, rootFolder, type OriginRoot } from './opfs.ts';
import { OtherTabWrites } from './other-tab.ts';
import type { FileAppender, ModelStorage } from './storage.ts';
import { HUB_WORDS } from './words.ts';

async function madeFolder(root: OriginRoot, folder: string): Promise<FileSystemDirectoryHandle> {
  const directory = await ifFound((await rootFolder(root)).getDirectoryHandle(folder, { create: true }));
  if (!directory) throw new ModelSourceError(HUB_WORDS.folderGone);
  return directory;
}

/** A file that another tab writes may not be written. */
async function alone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isNamed(error, 'NoModificationAllowedError')) throw new OtherTabWrites(HUB_WORDS.otherTab);
    throw error;
  }
}

/** Allows one writer at a time; a second tab that fetches the same model gets an error. It writes the file itself, of which an interrupted write leaves a part. */
async function writerOf(directory: FileSystemDirectoryHandle, file: string): Promise<FileSystemSyncAccessHandle> {
  const handle = await directory.getFileHandle(file, { create: true });
  return alone(handle.createSyncAccessHandle());
}

function writeAll(handle: FileSystemSyncAccessHandle, bytes: Uint8Array, at: number): void {
  let done = 0;
  while (done < bytes.length) {
    const count = handle.write(bytes.subarray(done), { at: at + done });
    // In private windows, Chromium says that it wrote 4,294,967,288 bytes where there is no room: minus eight, as its network code calls that.
    if (count === 0 || count > bytes.length - done) throw new DOMException(ORIGIN_WORDS.full, 'QuotaExceededError');
    done += count;
  }
}

/** File moving in the private file system, which most browsers support but no standard defines yet. */
type Movable = FileSystemFileHandle & {
  move?(to: FileSystemDirectoryHandle, name: string): Promise<void>;
};

const COPY_BYTES = 4_000_000;

async function copyFile(file: File, to: FileSystemDirectoryHandle, name: string): Promise<void> {
  const source = blobBytes(file);
  const writer = await writerOf(to, name);
  try {
    writer.truncate(0);
    for (let at = 0; at < source.size; at += COPY_BYTES)
      writeAll(writer, source.read(at, Math.min(at + COPY_BYTES, source.size)), at);
    writer.flush();
  } finally {
    writer.close();
  }
}

/** @returns after the file is in the folder under that name; if the browser cannot move files it is copied, and the caller deletes the original */
async function moveFile(handle: Movable, to: FileSystemDirectoryHandle, name: string): Promise<void> {
  if (handle.move) await handle.move(to, name);
  else await copyFile(await handle.getFile(), to, name);
}

/** Replaces a file whole or leaves it unchanged, in a browser that can write only to the file itself: another one is written and takes its place. */
async function writeAside(directory: FileSystemDirectoryHandle, file: string, bytes: Uint8Array): Promise<void> {
  const aside = `${file}.new`;
  const writer = await writerOf(directory, aside);
  try {
    try {
      writer.truncate(0);
      writeAll(writer, bytes, 0);
      writer.flush();
    } finally {
      writer.close();
    }
    await moveFile(await directory.getFileHandle(aside), directory, file);
  } finally {
    await directory.removeEntry(aside).catch(() => {}); // it was moved
  }
}

export function opfsStorage(root: OriginRoot = 'models'): ModelStorage {
  const shelf = opfsShelf(root);
  return {
    ...shelf,
    async write(folder, file, bytes) {
      const directory = await madeFolder(root, folder);
      await alone(canWriteWhole() ? writeWhole(directory, file, bytes) : writeAside(directory, file, bytes));
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
        for (const name of names) await moveFile(await source.getFileHandle(name), target, name);
      } catch (error) {
        await shelf.remove(to);
        throw error;
      }
      await shelf.remove(from);
    },
  };
}
