/** Folders and files on disk → the files of a data set, as if they had been dropped on the page. */
import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ByteFile, Bytes } from '../../src/data/files/byte-file.ts';
import type { SourceFile } from '../../src/data/files/file-tree.ts';
import { MAX_LISTED } from '../../src/data/files/limits.ts';
import { naturalOrder } from '../../src/data/files/paths.ts';

const CHUNK = 1024 * 1024;

/** A file on disk, opened for each read: nothing has to be closed. */
function diskFile(file: string, size: number): ByteFile {
  const slice = async (begin: number, end: number, signal?: AbortSignal): Promise<Bytes> => {
    signal?.throwIfAborted();
    const handle = await open(file);
    try {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - begin));
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, begin + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return done === bytes.length ? bytes : bytes.slice(0, done);
    } finally {
      await handle.close();
    }
  };
  return {
    size,
    slice,
    async *stream(signal) {
      for (let at = 0; at < size; at += CHUNK) yield await slice(at, Math.min(size, at + CHUNK), signal);
    },
  };
}

export interface Place {
  readonly onDisk: string;
  /** As a data set calls it: the given folder, and what lies in it, the same for no other place. An empty folder ends in "/". */
  readonly path: string;
  readonly isFolder: boolean;
  /** Bytes; 0 where it cannot be read. */
  readonly size: number;
}

/**
 * What places are called: by as many of the last parts of their paths as tell them all apart, a single one where that
 * is enough. A folder that hides in the file system does not hide what was named.
 * @param places absolute paths, no two alike
 */
function tellingNames(places: readonly string[]): string[] {
  const parts = places.map((place) => place.split(path.sep).filter((part) => part !== ''));
  const deepest = Math.max(1, ...parts.map(({ length }) => length));
  for (let count = 1; count < deepest; count++) {
    const names = parts.map((all) => {
      const [own, ...folders] = all.slice(-count).reverse();
      return [own, ...folders.map((folder) => folder.replace(/^\.+/, ''))].reverse().join('/');
    });
    if (new Set(names).size === places.length) return names;
  }
  return parts.map((all) => all.join('/'));
}

/**
 * All files and empty folders below the given paths, breadth first, in natural order, up to `MAX_LISTED`. A folder
 * that a link makes its own ancestor is entered once.
 *
 * @throws Error naming a path that does not exist
 */
export async function placesOnDisk(paths: readonly string[]): Promise<Place[]> {
  const found: Place[] = [];
  const entered = new Set<string>();
  const given = [...new Map(paths.map((place) => [path.resolve(place), place]))];
  const names = tellingNames(given.map(([absolute]) => absolute));
  const queue = given.map(([, onDisk], i) => ({ onDisk, path: names[i] }));
  for (let at = 0; at < queue.length && found.length < MAX_LISTED; at++) {
    const { onDisk, path: name } = queue[at];
    const info = await stat(onDisk).catch(() => null);
    if (!info && at < given.length) throw new Error(`There is no file or folder "${onDisk}".`);
    if (!info?.isDirectory()) {
      found.push({ onDisk, path: name, isFolder: false, size: info?.size ?? 0 });
      continue;
    }
    const real = await realpath(onDisk);
    if (entered.has(real)) continue;
    entered.add(real);
    const children = (await readdir(onDisk).catch((): string[] => [])).sort(naturalOrder);
    if (children.length === 0) found.push({ onDisk, path: `${name}/`, isFolder: true, size: 0 });
    queue.push(...children.map((child) => ({ onDisk: path.join(onDisk, child), path: `${name}/${child}` })));
  }
  return found;
}

/**
 * The files of a data set. A file that cannot be read becomes one of zero bytes, which the plan names.
 *
 * @throws Error naming a path that does not exist
 */
export async function filesOnDisk(paths: readonly string[]): Promise<SourceFile[]> {
  const places = await placesOnDisk(paths);
  return places.map(({ onDisk, path: name, isFolder, size }) => ({
    path: name,
    size,
    bytes: isFolder ? null : diskFile(onDisk, size),
  }));
}
