/** What the first look at a table tells: whether it names or holds images, and in which columns. */
import type { ByteFile } from '../files/byte-file.ts';
import { ENDINGS, endingIn } from '../files/endings.ts';
import { segmentsOf } from '../files/paths.ts';
import { isDataRow } from './data-row.ts';
import type { FileLookup } from './file-lookup.ts';
import type { ReadingChoice } from './records.ts';
import { openRows, type RowOptions } from './rows.ts';
import { SpreadRows } from './spread-rows.ts';
import { NAME_LENGTH, TableColumns, type Roles } from './table-columns.ts';
import { FORMAT_WORDS } from './words.ts';

const JSON_LINES = endingIn(ENDINGS.jsonLines, true);
/** Number of rows from which column roles are determined; at most twice as many where they are spread over the table. */
const SAMPLED = 200;

/** A table that names or holds images, of which the columns are told. */
export interface Table {
  readonly path: string;
  readonly bytes: ByteFile;
  readonly rows: Pick<RowOptions, 'jsonLines' | 'isData'>;
  readonly roles: Roles;
  readonly columns: readonly string[];
}

/** Folders above a file. */
export const folderOf = (path: string): string[] => segmentsOf(path).slice(0, -1);

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** V8 copies shorter parts of a text itself. */
const SHORT = 13;

/** A copy of what is looked at of a cell: a part of a text keeps the whole text in memory. */
const ownText = (cell: string): string =>
  cell.length < SHORT ? cell : decoder.decode(encoder.encode(cell.slice(0, NAME_LENGTH)));

/**
 * Tells the columns by the first rows, where their names say enough, and otherwise by rows spread over the table, which may be sorted by class.
 * @returns null when it has no images
 */
export async function readTableHead(
  path: string,
  bytes: ByteFile,
  lookup: FileLookup,
  choice: ReadingChoice,
  signal?: AbortSignal,
): Promise<Table | null> {
  const folder = folderOf(path);
  const options = { jsonLines: JSON_LINES.test(path), isData: isDataRow(lookup, folder) };
  const { columns, rows, faults } = await openRows(bytes, { ...options, signal });
  const sample = new SpreadRows(SAMPLED, (cells) => cells.map(ownText));
  const told = (): Roles | null => {
    const seen = new TableColumns(columns, (name, strip) =>
      lookup.size > 0 ? lookup.find(name, folder, strip) : 'missing',
    );
    for (const cells of sample.rows) seen.add(cells);
    return seen.roles(choice);
  };
  const table = (roles: Roles | null) => roles && { path, bytes, rows: options, roles, columns };
  let read = 0;
  try {
    for await (const { cells } of rows) {
      signal?.throwIfAborted();
      sample.add(cells);
      if (++read !== SAMPLED) continue;
      const roles = told();
      if (!roles || roles.isSettled) return table(roles);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (read < SAMPLED) throw cause; // whoever reads the other rows names the damage
  }
  if (read === 0 && faults.malformed > 0) throw new Error(FORMAT_WORDS.table.noRow);
  return table(told());
}
