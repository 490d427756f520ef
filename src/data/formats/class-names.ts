/** Names of numbered classes, from a text file beside the data: one name a line, the first for class 0. */
import type { FileTree } from '../files/file-tree.ts';
import { readWhole } from '../files/byte-file.ts';
import { textIn } from '../files/file-text.ts';
import { MAX_CLASSES } from '../files/limits.ts';
import { NO_LABEL_RANK, labelRank, type RecordList } from './records.ts';

export const NAMES_FILE = /(^|\/)(classes|class[-_]?names|labels|label[-_]?names|categories)\.(txt|names)$/i;
const MAX_BYTES = 1024 * 1024;

/** @param pattern of the path. @returns null when there is no such file or it cannot be read */
export async function classNamesIn(
  tree: FileTree,
  pattern: RegExp,
  signal?: AbortSignal,
): Promise<readonly string[] | null> {
  const at = tree.files.findIndex(({ path, size }) => pattern.test(path) && size <= MAX_BYTES);
  if (at < 0) return null;
  try {
    const text = textIn(await readWhole(tree.file(at), MAX_BYTES, signal));
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

const NUMBER = /^\d+$/;

/** Numbered classes by the names beside the data, where every number has a name of its own. Another column than that of the labels counts something else. */
export async function withClassNames<List extends RecordList>(
  list: List,
  tree: FileTree,
  signal?: AbortSignal,
): Promise<List> {
  const { records, labelColumn } = list;
  const found = new Set(records.map(({ className }) => className));
  const numbers = [...found].filter((name) => name !== null);
  const areLabels = labelColumn === null || labelRank(labelColumn) < NO_LABEL_RANK;
  if (!areLabels || numbers.length === 0 || !numbers.every((name) => NUMBER.test(name))) return list;
  const names = await classNamesIn(tree, NAMES_FILE, signal);
  const isFit = names && new Set(names).size === names.length && numbers.every((name) => Number(name) < names.length);
  if (!isFit) return list;
  const named = (className: string | null): string | null => (className === null ? null : names[Number(className)]);
  return { ...list, records: records.map((record) => ({ ...record, className: named(record.className) })) };
}
