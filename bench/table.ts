/** Rows of measurements as tables for a terminal and for documents. */
import type { TextTable } from '../scripts/terminal-table.ts';

export type Row = Readonly<Record<string, string | number>>;

const shown = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en-GB');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4);
};

/** Tables with more columns than this are turned: a line per column, which fits a terminal and a page. */
const WIDEST = 12;

const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

function straight(rows: readonly Row[], columns: readonly string[]): TextTable {
  return {
    heads: columns,
    numeric: columns.map((column) => rows.some((row) => typeof row[column] === 'number')),
    lines: rows.map((row) => columns.map((column) => shown(row[column]))),
  };
}

/** The first column names the columns that are now lines. */
function turned(rows: readonly Row[], columns: readonly string[]): TextTable {
  const [first, ...others] = columns;
  return {
    heads: [first, ...rows.map((row) => shown(row[first]))],
    numeric: [false, ...rows.map(() => true)],
    lines: others.map((column) => [column, ...rows.map((row) => shown(row[column]))]),
  };
}

/** @returns the table, and texts that are the same in all of several rows, by column: a column less each */
export function tableOf(rows: readonly Row[]): { readonly table: TextTable; readonly same: Record<string, string> } {
  const columns = columnsOf(rows);
  const same: Record<string, string> = {};
  for (const column of columns) {
    const value = rows[0][column];
    if (rows.length > 1 && typeof value === 'string' && value !== '' && rows.every((row) => row[column] === value))
      same[column] = value;
  }
  const differing = columns.filter((column) => !(column in same));
  return { table: differing.length > WIDEST ? turned(rows, differing) : straight(rows, differing), same };
}
