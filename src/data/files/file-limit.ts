/** How many files of an archive or a drop are looked at. */
import type { FileTree } from './file-tree.ts';
import { MAX_FILES, MAX_LISTED } from './limits.ts';
import { FILE_WORDS } from './messages.ts';
import { isImage } from './paths.ts';
import { warning, type Problem } from './problem.ts';

const KINDS = ['images', 'others'] as const;

/** Counts what is listed. Images and other files have a limit each: a table is found wherever it lies among too many images. */
export class FileLimit {
  readonly #counts = { images: 0, others: 0 };

  constructor(private readonly most = MAX_FILES) {}

  /** Counts a file. @returns whether it is among the first of its kind */
  takes(path: string): boolean {
    return ++this.#counts[isImage(path) ? 'images' : 'others'] <= this.most;
  }

  /** So many files are listed that the others are not even counted. */
  get isEnough(): boolean {
    return this.#counts.images + this.#counts.others >= MAX_LISTED;
  }

  get problems(): Problem[] {
    return KINDS.filter((kind) => this.#counts[kind] > this.most).map((kind) => {
      const count = this.#counts[kind];
      return warning(null, FILE_WORDS.first(kind, this.most, count, this.isEnough), count - this.most);
    });
  }
}

/** The files of a tree that are looked at. */
export function limitedTree(tree: FileTree, most = MAX_FILES): FileTree {
  const limit = new FileLimit(most);
  const kept = [...tree.files.keys()].filter((at) => limit.takes(tree.files[at].path));
  if (kept.length === tree.files.length) return tree;
  return {
    files: kept.map((at) => tree.files[at]),
    problems: [...tree.problems, ...limit.problems],
    file: (at) => tree.file(kept[at]),
    async *read(wanted, signal) {
      const asked = new Map(wanted.map((at) => [kept[at], at]));
      for await (const outcome of tree.read([...asked.keys()], signal))
        yield { ...outcome, at: asked.get(outcome.at) as number };
    },
  };
}
