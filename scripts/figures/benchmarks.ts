/** The measurements of docs/benchmarks/ as blocks of the written pages. */
import { readBenchmarks, type Benchmark } from '../../bench/saved-benchmark.ts';
import { tableOf } from '../../bench/table.ts';
import { counted } from '../../src/core/counted.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Blocks } from './blocks.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** What was measured, where and when, and the table. */
function section({ command, about, machine, rows }: Benchmark): string {
  const { table, same } = tableOf(rows);
  const { processor, cores, node, date, load } = machine;
  const where = `${processor}, ${counted(cores, 'core')}, Node ${node.replace('v', '')}, ${DAY.format(new Date(date))}, load ${load.toFixed(1)}`;
  const facts = Object.entries(same).map(([column, value]) => `${column}: ${value}`);
  return [
    `${about.replaceAll('\n', ' ')} _${[where, ...facts].join('; ')}: \`${command}\`._`,
    markdownTable(table.heads, table.lines),
  ].join('\n\n');
}

/** One block per file: "bench-" and the file's name. */
export const benchmarkBlocks = (benchmarks: ReadonlyMap<string, Benchmark> = readBenchmarks()): Blocks =>
  Object.fromEntries([...benchmarks].map(([id, benchmark]) => [`bench-${id}`, section(benchmark)]));
