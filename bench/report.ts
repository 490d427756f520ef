/** Prints measurements: a readable table per suite, or one JSON object per line. */

export type Row = Readonly<Record<string, string | number>>;

const shown = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en-GB');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4);
};

/** Tables with more columns than this are transposed to one line per column, which fits a terminal. */
const WIDEST = 12;

const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

function formatTurned(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const isConstant = (column: string) =>
    typeof rows[0][column] === 'string' && rows.every((row) => row[column] === rows[0][column]);
  const constant = columns.filter(isConstant).map((column) => `${column}: ${rows[0][column]}`);
  const turned = columns
    .filter((column) => !isConstant(column))
    .map(
      (column) =>
        Object.fromEntries([['', column], ...rows.map((row, i) => [`(${i + 1})`, shown(row[column])])]) as Row,
    );
  return [...constant, formatTable(turned)].join('\n');
}

function formatTable(rows: readonly Row[]): string {
  const columns = columnsOf(rows);
  const cells = rows.map((row) => columns.map((column) => shown(row[column])));
  const widths = columns.map((column, c) => Math.max(column.length, ...cells.map((line) => line[c].length)));
  const numeric = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, c) => (numeric[c] ? text.padStart(widths[c]) : text.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}

export class Report {
  private readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** @param about what was measured and how to read it; left out of the JSON lines */
  add(suite: string, about: string, rows: readonly Row[]): void {
    if (this.json) for (const row of rows) console.log(JSON.stringify({ suite, ...row }));
    else
      console.log(
        `\n${suite}\n${about}\n\n${columnsOf(rows).length > WIDEST ? formatTurned(rows) : formatTable(rows)}`,
      );
  }
}
