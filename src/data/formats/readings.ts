/** Handles a label table next to folders that could be classes: offers both readings and picks the likely one. */
import type { FileTree } from '../files/file-tree.ts';
import { areSplits, naturalOrder, segmentsOf } from '../files/paths.ts';
import { someOf } from '../files/problem.ts';
import { openFolders } from './folders.ts';
import { openTable, type Coverage } from './table.ts';
import type { OpenOptions, Reading, ReadingId, RecordList, Records } from './records.ts';
import { FORMAT_WORDS } from './words.ts';

/** A table is in doubt if it finds less than this share of its images, or labels less than this share of what the folders label. */
const ENOUGH = 0.9;
const EXAMPLES = 3;

/** @returns null when there is no table of images */
export async function openTableOrFolders(tree: FileTree, options: OpenOptions = {}): Promise<Records | null> {
  const table = await openTable(tree, options);
  if (!table) return null;
  const { coverage } = table;
  const folders = openFolders(tree, options, new Set(coverage.tables));
  const byTable = { ...summary(table), id: 'table', name: nameOf(coverage), note: noteOf(coverage) } as const;
  const byFolders = { ...summary(folders), id: 'folders', name: 'folders', note: null } as const;
  // Two levels of folders are two readings of them.
  const ofFolders = folders.readings?.options ?? [byFolders];
  const likelyFolders: ReadingId = folders.readings?.chosen ?? 'folders';
  const names = classesOf(folders);
  const areClasses = names.size > 1 && !areSplits([...names]);
  if (!areClasses || coverage.tables.length === 0) return table;
  const isSure = coverage.certainty === 'named' || coverage.certainty === 'only';
  const fits =
    coverage.found >= ENOUGH * coverage.rows &&
    byTable.labelled >= ENOUGH * byFolders.labelled &&
    byTable.classes > 1 &&
    isSure;
  if (fits && isSame(classesOf(table), names)) return table;
  const likely: ReadingId = byTable.classes < 2 || byTable.labelled < byFolders.labelled / 2 ? likelyFolders : 'table';
  const chosen = options.reading ?? (isSure ? likely : likelyFolders);
  const readings = {
    options: [byTable, ...ofFolders],
    chosen,
    // a table without a column of classes is about something else
    inDoubt: !fits && !options.reading && coverage.rows > 0 && coverage.certainty !== 'none',
  };
  return { ...(chosen === 'table' ? table : folders), readings };
}

const classesOf = ({ records }: RecordList): ReadonlySet<string> =>
  new Set(records.map(({ className }) => className).filter((name) => name !== null));

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((name) => b.has(name));

function summary(list: RecordList): Pick<Reading, 'labelled' | 'classes' | 'examples'> {
  const names = [...classesOf(list)].sort(naturalOrder);
  return {
    labelled: list.records.filter(({ className }) => className !== null).length,
    classes: names.length,
    examples: names.slice(0, EXAMPLES),
  };
}

function nameOf({ tables }: Coverage): string {
  const names = tables.map((path) => segmentsOf(path).at(-1) ?? path);
  return someOf(names, 1);
}

function noteOf({ rows, found, missing }: Coverage): string | null {
  if (found >= rows) return null;
  return FORMAT_WORDS.table.found(found, rows, someOf(missing, 2));
}
