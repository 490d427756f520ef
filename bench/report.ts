/** Prints measurements, as a readable table per suite or as one JSON object per line, and keeps them in files. */
import { writeBenchmark, type Machine } from './saved-benchmark.ts';
import { tableOf, type Row, type Table } from './table.ts';

function formatTable({ heads, numeric, lines }: Table): string {
  const widths = heads.map((head, c) => Math.max(head.length, ...lines.map((line) => line[c].length)));
  const written = (texts: readonly string[]) =>
    texts
      .map((text, c) => (numeric[c] ? text.padStart(widths[c]) : text.padEnd(widths[c])))
      .join('  ')
      .trimEnd();
  return [written(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...lines.map(written)].join('\n');
}

/** @param about what was measured and how to read it; left out of the JSON lines */
export function printRows(name: string, about: string, rows: readonly Row[], json: boolean): void {
  if (json) for (const row of rows) console.log(JSON.stringify({ suite: name, ...row }));
  else {
    const { table, same } = tableOf(rows);
    const facts = Object.entries(same).map(([column, value]) => `${column}: ${value}`);
    console.log([`\n${name}`, about, '', ...facts, formatTable(table)].join('\n'));
  }
}

export interface ReportOptions {
  readonly json: boolean;
  /** Keeps every table in docs/benchmarks/, from which docs/performance.md is written. */
  readonly save: boolean;
  readonly machine: Machine;
  /** What prints these tables. */
  readonly command: string;
}

/** The tables of one suite. */
export class Report {
  private readonly options: ReportOptions;

  constructor(options: ReportOptions) {
    this.options = options;
  }

  /** @param name of the table: its file is called so */
  add(name: string, about: string, rows: readonly Row[]): void {
    const { json, save, machine, command } = this.options;
    if (save) writeBenchmark({ name, command, about, machine, rows: [...rows] });
    printRows(name, about, rows, json);
  }
}
