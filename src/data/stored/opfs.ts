/**
 * Data sets in the browser's private file system (OPFS): a folder each with `images.rgb`, `contents.json` and, written last, `info.json`,
 * which marks it as complete. Nothing leaves the device.
 */
import * as v from 'valibot';
import { freeBytes, ifFound, isNamed, NothingKept, writableFolder } from '../../platform/origin-files.ts';
import { STORED_WORDS } from './messages.ts';
import { byDate, gone, noRoom, type DatasetStorage, type StoredEntry } from './storage.ts';
import { parseStored, StoredInfoSchema, type StoredInfo } from './stored-dataset.ts';

const ROOT = 'datasets';
const [INFO, CONTENTS, IMAGES] = ['info.json', 'contents.json', 'images.rgb'];

async function rootFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    return await writableFolder(ROOT);
  } catch (cause) {
    throw cause instanceof NothingKept ? new Error(STORED_WORDS.noStorage(cause.message), { cause }) : cause;
  }
}

async function fileOf(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  const handle = await ifFound(folder.getFileHandle(name));
  return handle && ifFound(handle.getFile());
}

async function jsonOf(folder: FileSystemDirectoryHandle, name: string): Promise<unknown> {
  const file = await fileOf(folder, name);
  try {
    return file && (JSON.parse(await file.text()) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function infoOf(folder: FileSystemDirectoryHandle): Promise<StoredInfo | null> {
  const parsed = v.safeParse(StoredInfoSchema, await jsonOf(folder, INFO));
  return parsed.success && parsed.output.id === folder.name ? parsed.output : null;
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  data: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await handle.createWritable();
  try {
    await file.write(data);
    await file.close();
  } catch (error) {
    await file.abort().catch(() => {}); // closed already by what failed
    throw error;
  }
}

async function folderOf(id: string): Promise<FileSystemDirectoryHandle> {
  const folder = await ifFound((await rootFolder()).getDirectoryHandle(id));
  if (!folder) throw gone();
  return folder;
}

async function entryOf(folder: FileSystemDirectoryHandle): Promise<StoredEntry> {
  let bytes = 0;
  for await (const handle of folder.values()) if (handle.kind === 'file') bytes += (await handle.getFile()).size;
  return { id: folder.name, info: await infoOf(folder), bytes };
}

export function opfsDatasets(): DatasetStorage {
  const remove: DatasetStorage['remove'] = async (id) => {
    await ifFound((await rootFolder()).removeEntry(id, { recursive: true }));
  };
  return {
    async list() {
      const entries: StoredEntry[] = [];
      for await (const handle of (await rootFolder()).values())
        if (handle.kind === 'directory') entries.push(await entryOf(handle));
      return entries.sort(byDate);
    },
    async read(id) {
      const folder = await folderOf(id);
      const info = await infoOf(folder);
      const images = await fileOf(folder, IMAGES);
      if (!info || !images) throw gone();
      return parseStored(info, await jsonOf(folder, CONTENTS), new Uint8Array(await images.arrayBuffer()));
    },
    async write({ info, contents, pixels }) {
      const root = await rootFolder();
      const room = await freeBytes();
      if (room !== null && pixels.length > room) throw noRoom(pixels.length, room);
      // Asks the browser not to clear data sets when space gets short. It may say no.
      await navigator.storage.persist?.().catch(() => false);
      try {
        // Even an empty folder may be too much.
        const folder = await root.getDirectoryHandle(info.id, { create: true });
        await writeFile(folder, IMAGES, pixels);
        await writeFile(folder, CONTENTS, JSON.stringify(contents));
        await writeFile(folder, INFO, JSON.stringify(info));
      } catch (error) {
        await remove(info.id).catch(() => {}); // the list shows what is left of it
        if (!isNamed(error, 'QuotaExceededError')) throw error;
        const free = await freeBytes();
        // A browser may count otherwise than it refuses.
        throw noRoom(pixels.length, free !== null && free < pixels.length ? free : null);
      }
    },
    async rename(id, name) {
      const folder = await folderOf(id);
      const info = await infoOf(folder);
      if (!info) throw gone();
      await writeFile(folder, INFO, JSON.stringify({ ...info, name }));
    },
    remove,
    free: freeBytes,
  };
}
