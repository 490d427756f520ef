/** Prints measurements: a table per suite for people, or one JSON object per line. */

export type Row = Readonly<Record<string, string | number>>;

const shown = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return value.toLocaleString('en-GB');
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 4);
};

function formatTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
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
    else console.log(`\n${suite}\n${about}\n\n${formatTable(rows)}`);
  }
}
