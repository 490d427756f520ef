/** Finds the file that a table refers to. Tables name images by paths on other machines, by addresses, or with other extensions or none. */
import type { FileTree } from '../files/file-tree.ts';
import { isHostile, isImage, isLitter, segmentsOf } from '../files/paths.ts';

/** Position in the tree, or why there is none: no file is called so, or more than one. */
export type Found = number | 'missing' | 'several';

/** Number of leading folders dropped from every name of a table; Infinity leaves only the file name. */
export type Strip = number;

/** Number of trailing path parts that distinguish names in deeper folders. */
const DEEPEST = 8;

const withoutExtension = (key: string): string => key.replace(/\.[^./]*$/, '');

/** "https://a.org/x%20y.jpg?size=2" → "a.org/x y.jpg". */
function withoutAddress(name: string): string {
  const address = /^(?:[a-z][a-z\d+.-]*:)\/\/([^?#]*)/i.exec(name);
  if (!address) return name;
  try {
    return decodeURIComponent(address[1]);
  } catch {
    return address[1];
  }
}

/** Parts of a name in a table: without drive, scheme and query, starting after the last "..". */
function partsOf(name: string): string[] {
  const parts = segmentsOf(withoutAddress(name.trim()).replace(/^[a-z]:(?=[\\/])/i, ''));
  return parts.slice(parts.lastIndexOf('..') + 1);
}

/** How many levels of folders a name has that could be dropped. */
export function stripsOf(name: string): readonly Strip[] {
  if (!/[\\/]/.test(name)) return [0];
  const depth = Math.min(DEEPEST, partsOf(name).length);
  return [...Array.from({ length: depth }, (_, strip) => strip), Infinity];
}

/** The looked-up form of a name, for people: its last parts. */
export function stripped(name: string, strip: Strip): string {
  const parts = partsOf(name);
  return parts.slice(Math.min(strip, parts.length - 1)).join('/');
}

/** The only file of a key, or a mark that there are several. */
class Keys {
  readonly #files = new Map<string, number>();
  add(key: string, at: number): void {
    const known = this.#files.get(key);
    this.#files.set(key, known === undefined || known === at ? at : -1);
  }
  get(key: string): Found {
    const at = this.#files.get(key);
    return at === undefined ? 'missing' : at < 0 ? 'several' : at;
  }
}

/** The images of a tree, by the names that a table may give them. */
export class FileLookup {
  readonly #names = new Keys();
  readonly #stems = new Keys();
  /** Images in the tree. */
  readonly size: number;

  constructor(tree: FileTree) {
    let images = 0;
    for (const [at, { path, size }] of tree.files.entries()) {
      const segments = segmentsOf(path);
      const name = segments.at(-1);
      if (!name || size === 0 || !isImage(name) || isHostile(path) || isLitter(segments)) continue;
      images++;
      for (let from = Math.max(0, segments.length - DEEPEST); from < segments.length; from++) {
        const key = segments.slice(from).join('/').toLowerCase();
        this.#names.add(key, at);
        this.#stems.add(withoutExtension(key), at);
      }
      const whole = segments.join('/').toLowerCase();
      this.#names.add(whole, at);
      this.#stems.add(withoutExtension(whole), at);
    }
    this.size = images;
  }

  /**
   * The file at that place beside the table, else the only one whose path ends so; with the extension that the name has, without any, and
   * with another.
   *
   * @param folder of the table
   */
  find(name: string, folder: readonly string[], strip: Strip): Found {
    const key = stripped(name, strip).toLowerCase();
    if (key === '') return 'missing';
    const keys = folder.length > 0 ? [[...folder, key].join('/').toLowerCase(), key] : [key];
    let several = false;
    for (const look of this.#looks(key)) {
      for (const each of keys) {
        const found = look(each);
        if (typeof found === 'number') return found;
        several ||= found === 'several';
      }
      if (several) return 'several';
    }
    return 'missing';
  }

  #looks(key: string): ((key: string) => Found)[] {
    const plain = [(each: string) => this.#names.get(each), (each: string) => this.#stems.get(each)];
    return isImage(key) ? [...plain, (each: string) => this.#stems.get(withoutExtension(each))] : plain;
  }
}
