/** Folders and files on disk → the files of a data set, as if they had been dropped on the page. */
import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ByteFile, Bytes } from '../../src/data/files/byte-file.ts';
import { endingIn, ENDINGS, isDataFile, isTable } from '../../src/data/files/endings.ts';
import type { SourceFile } from '../../src/data/files/file-tree.ts';
import { MAX_LISTED } from '../../src/data/files/limits.ts';
import { isCompanion, isImage, isLitter, naturalOrder, segmentsOf } from '../../src/data/files/paths.ts';

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

/** What lies on disk below one of the given paths. */
interface Placed {
  readonly onDisk: string;
  /** Which of the given paths. */
  readonly given: number;
  /** Behind the name of that path: empty, or from "/" on. An empty folder ends in "/". */
  readonly inside: string;
  readonly isFolder: boolean;
  /** Bytes; 0 where it cannot be read. */
  readonly size: number;
}

export interface Place extends Pick<Placed, 'onDisk' | 'isFolder' | 'size'> {
  /** The given folder, as the command calls it, and what lies in it. An empty folder ends in "/". */
  readonly path: string;
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
async function listed(given: readonly string[]): Promise<Placed[]> {
  const found: Placed[] = [];
  const entered = new Set<string>();
  const queue = given.map((onDisk, i) => ({ onDisk, given: i, inside: '' }));
  for (let at = 0; at < queue.length && found.length < MAX_LISTED; at++) {
    const place = queue[at];
    const { onDisk, inside } = place;
    const info = await stat(onDisk).catch(() => null);
    if (!info && at < given.length) throw new Error(`There is no file or folder "${onDisk}".`);
    if (!info?.isDirectory()) {
      found.push({ ...place, isFolder: false, size: info?.size ?? 0 });
      continue;
    }
    const real = await realpath(onDisk);
    if (entered.has(real)) continue;
    entered.add(real);
    const children = (await readdir(onDisk).catch((): string[] => [])).sort(naturalOrder);
    if (children.length === 0) found.push({ ...place, inside: `${inside}/`, isFolder: true, size: 0 });
    queue.push(
      ...children.map((child) => ({ ...place, onDisk: path.join(onDisk, child), inside: `${inside}/${child}` })),
    );
  }
  return found;
}

/** The given paths by where they lie, each once. */
const apart = (paths: readonly string[]): Map<string, string> =>
  new Map(paths.map((place) => [path.resolve(place), place]));

const named = (found: readonly Placed[], names: readonly string[]): Place[] =>
  found.map(({ onDisk, given, inside, isFolder, size }) => ({ onDisk, path: names[given] + inside, isFolder, size }));

/**
 * The files of adapters, no two of one name.
 *
 * @throws Error naming a path that does not exist
 */
export async function placesOnDisk(paths: readonly string[]): Promise<Place[]> {
  const given = apart(paths);
  return named(await listed([...given.values()]), tellingNames([...given.keys()]));
}

const isNote = (file: string): boolean => NOTE.test(file);
const NOTE = endingIn(ENDINGS.notes);

/**
 * Whether two files are taken for one by what looks for them by their paths: tables, arrays and archives always, and pictures where a table or a
 * note names their classes. The class folders of pictures are only counted, and so are texts that describe them.
 */
function areMixed(places: readonly Place[]): boolean {
  const read = places
    .map((place) => place.path)
    .filter((file) => isDataFile(file) && !isLitter(segmentsOf(file)) && !isCompanion(path.basename(file)));
  const areLabelled = read.some((file) => isTable(file) || isNote(file));
  const sought = read.filter((file) => !isNote(file) && (areLabelled || !isImage(file)));
  return new Set(sought).size < sought.length;
}

/**
 * The files of a data set, named as a page names those that are dropped. Folders around the given ones would be read as classes or domains, so
 * they are named only where files would be mixed. A file that cannot be read becomes one of zero bytes, which the plan names.
 *
 * @throws Error naming a path that does not exist
 */
export async function filesOnDisk(paths: readonly string[]): Promise<SourceFile[]> {
  const given = apart(paths);
  const found = await listed([...given.values()]);
  const plain = named(
    found,
    [...given.keys()].map((place) => path.basename(place)),
  );
  const places = areMixed(plain) ? named(found, tellingNames([...given.keys()])) : plain;
  return places.map(({ onDisk, path: name, isFolder, size }) => ({
    path: name,
    size,
    bytes: isFolder ? null : diskFile(onDisk, size),
  }));
}
