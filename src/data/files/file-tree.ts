/** Many files behind one interface: a dropped folder, an archive, several of them side by side. */
import { asError } from '../../core/error-text.ts';
import { readWhole, type ByteFile, type Bytes } from './byte-file.ts';
import type { Problem } from './problem.ts';

/** One of several archives that lie side by side. */
export interface Archive {
  /** Put before the paths in it, which it may have in common with another archive; a folder. */
  readonly prefix: string;
}

export interface ListedFile {
  /** As dropped or as in the archive; a folder ends in "/". */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The same object for all files of an archive; absent: it lies in none, or in the only one. */
  readonly archive?: Archive;
}

export interface SourceFile extends ListedFile {
  /** Null for an empty folder, whose path ends in "/". */
  readonly bytes: ByteFile | null;
}

/** Result for one wanted file or image; `at` is the requested position. */
export type Outcome<T> = { readonly at: number; readonly value: T } | { readonly at: number; readonly error: Error };

/** Files as they were dropped or lie in an archive, whose contents are read on demand. */
export interface FileTree {
  readonly files: readonly ListedFile[];
  readonly problems: readonly Problem[];
  /** One file, to be read in part or as a stream. */
  file(at: number): ByteFile;
  /**
   * Reads several whole files, in the cheapest order; a failure does not stop the others.
   *
   * @param wanted positions in `files`
   * @throws the signal's reason when aborted
   */
  read(wanted: readonly number[], signal?: AbortSignal): AsyncGenerator<Outcome<Bytes>, void, undefined>;
}

const MEGABYTE = 1024 * 1024;
/** Larger files are not read as images. */
export const MAX_IMAGE_BYTES = 64 * MEGABYTE;

export const NO_FILES: FileTree = {
  files: [],
  problems: [],
  file: () => {
    throw new RangeError('There is no such file.');
  },
  async *read() {},
};

/** Reads files one after the other, for trees of separate files. */
export async function* readEach(
  file: (at: number) => ByteFile,
  wanted: readonly number[],
  signal?: AbortSignal,
): AsyncGenerator<Outcome<Bytes>, void, undefined> {
  for (const at of wanted) {
    signal?.throwIfAborted();
    try {
      yield { at, value: await readWhole(file(at), MAX_IMAGE_BYTES, signal) };
    } catch (cause) {
      signal?.throwIfAborted();
      yield { at, error: asError(cause) };
    }
  }
}

/** A tree of directly accessible files. */
export function plainTree(files: readonly (SourceFile & { readonly bytes: ByteFile })[]): FileTree {
  const file = (at: number) => files[at].bytes;
  return {
    files: files.map(({ path, size }) => ({ path, size })),
    problems: [],
    file,
    read: (wanted, signal) => readEach(file, wanted, signal),
  };
}

/** Trees one after the other; `prefix` is put before the paths of each. */
export function joinTrees(trees: readonly { readonly prefix: string; readonly tree: FileTree }[]): FileTree {
  const starts: number[] = [];
  let count = 0;
  for (const { tree } of trees) {
    starts.push(count);
    count += tree.files.length;
  }
  const files = trees.flatMap(({ prefix, tree }) => {
    if (prefix === '') return tree.files;
    const archive: Archive = { prefix };
    return tree.files.map(({ path, size }) => ({ path: prefix + path, size, archive }));
  });
  const treeOf = (at: number) => starts.findLastIndex((start) => start <= at);
  return {
    files,
    problems: trees.flatMap(({ tree }) => tree.problems),
    file: (at) => trees[treeOf(at)].tree.file(at - starts[treeOf(at)]),
    async *read(wanted, signal) {
      for (let t = 0; t < trees.length; t++) {
        const inside = wanted.filter((at) => at >= starts[t] && at < starts[t] + trees[t].tree.files.length);
        if (inside.length === 0) continue;
        const local = inside.map((at) => at - starts[t]);
        for await (const outcome of trees[t].tree.read(local, signal)) yield { ...outcome, at: outcome.at + starts[t] };
      }
    },
  };
}
