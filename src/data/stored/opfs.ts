/**
 * Data sets in the browser's private file system (OPFS): a folder each with `images.rgb`, `contents.json` and, written last, `info.json`,
 * which marks it as complete. Nothing leaves the device.
 */
import * as v from 'valibot';
import {
  askToKeep,
  freeBytes,
  ifFound,
  isNamed,
  NothingKept,
  writableFolder,
  writeWhole,
} from '../../platform/origin-files.ts';
import { bytesOf, originFolders } from '../../platform/origin-folders.ts';
import { tabNews } from '../../platform/tab-news.ts';
import { STORED_WORDS } from './messages.ts';
import { gone, inOrder, noRoom, type DatasetStorage, type StoredEntry } from './storage.ts';
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

const stored = originFolders(rootFolder);

const news = tabNews('datasets');

async function removed(id: string): Promise<void> {
  await stored.remove(id);
  news.tell();
}

async function jsonOf(id: string, name: string): Promise<unknown> {
  const bytes = await stored.content(id, name);
  try {
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function infoOf(id: string): Promise<StoredInfo | null> {
  const parsed = v.safeParse(StoredInfoSchema, await jsonOf(id, INFO));
  return parsed.success && parsed.output.id === id ? parsed.output : null;
}

const entryOf = async (id: string): Promise<StoredEntry> => ({
  id,
  info: await infoOf(id),
  bytes: bytesOf(await stored.files(id)),
});

/** The data sets that this browser keeps for the page. Its tabs tell one another of changes. */
export function opfsDatasets(): DatasetStorage {
  return {
    async list() {
      const entries = await Promise.all((await stored.folders()).map(entryOf));
      return inOrder(entries);
    },
    async read(id) {
      const info = await infoOf(id);
      const images = await stored.content(id, IMAGES);
      if (!info || !images) throw gone();
      return parseStored(info, await jsonOf(id, CONTENTS), new Uint8Array(images));
    },
    async write({ info, contents, pixels }) {
      const root = await rootFolder();
      const room = await freeBytes();
      if (room !== null && pixels.length > room) throw noRoom(pixels.length, room);
      askToKeep();
      try {
        // Even an empty folder may be too much.
        const folder = await root.getDirectoryHandle(info.id, { create: true });
        await writeWhole(folder, IMAGES, pixels);
        await writeWhole(folder, CONTENTS, JSON.stringify(contents));
        await writeWhole(folder, INFO, JSON.stringify(info));
        news.tell();
      } catch (error) {
        await stored.remove(info.id).catch(() => {}); // the list shows what is left of it
        if (!isNamed(error, 'QuotaExceededError')) throw error;
        const free = await freeBytes();
        // A browser may count otherwise than it refuses.
        throw noRoom(pixels.length, free !== null && free < pixels.length ? free : null);
      }
    },
    async rename(id, name) {
      const info = await infoOf(id);
      if (!info) throw gone();
      const folder = await ifFound((await rootFolder()).getDirectoryHandle(id));
      if (!folder) throw gone();
      await writeWhole(folder, INFO, JSON.stringify({ ...info, name }));
      news.tell();
    },
    remove: removed,
    follow: news.follow,
    free: freeBytes,
  };
}
