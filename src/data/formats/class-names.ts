/** Names of numbered classes, from a text file beside the data: one name a line, the first for class 0. */
import type { FileTree } from '../files/file-tree.ts';
import { readWhole } from '../files/byte-file.ts';
import { MAX_CLASSES } from '../files/limits.ts';

const NAMES_FILE = /(^|\/)(classes|class[-_]?names|labels|label[-_]?names|categories)\.(txt|names)$/i;
const MAX_BYTES = 1024 * 1024;

/** @param pattern of the path. @returns null when there is no such file or it cannot be read */
export async function classNamesIn(
  tree: FileTree,
  pattern = NAMES_FILE,
  signal?: AbortSignal,
): Promise<readonly string[] | null> {
  const at = tree.files.findIndex(({ path, size }) => pattern.test(path) && size <= MAX_BYTES);
  if (at < 0) return null;
  try {
    const text = new TextDecoder().decode(await readWhole(tree.file(at), MAX_BYTES, signal));
    const names = text.split(/\r?\n/).map((line) => line.trim());
    const used = names.filter((name) => name !== '');
    return used.length > 0 && used.length <= MAX_CLASSES ? used : null;
  } catch {
    signal?.throwIfAborted();
    return null; // numbers are a fair substitute for names
  }
}

/** The name of a numbered class, its number when it has none. */
export function nameOfClass(names: readonly string[] | null, label: number): string {
  return names?.[label] ?? String(label);
}
