/** Prints measurements, as a readable table per suite or as one JSON object per line, and keeps them in files. */
import { writeBenchmark, type Machine } from './saved-benchmark.ts';
import { printTable } from '../scripts/terminal-table.ts';
import { tableOf, type Row } from './table.ts';

/** @param about what was measured and how to read it; left out of the JSON lines */
export function printRows(name: string, about: string, rows: readonly Row[], json: boolean): void {
  if (json) for (const row of rows) console.log(JSON.stringify({ suite: name, ...row }));
  else {
    const { table, same } = tableOf(rows);
    const facts = Object.entries(same).map(([column, value]) => `${column}: ${value}`);
    console.log([`\n${name}`, about, '', ...facts].join('\n'));
    printTable(table);
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
