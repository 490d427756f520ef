/** The measurements of docs/benchmarks/ as blocks of the written pages. */
import { benchmarkId, readBenchmarks, type Benchmark } from '../../bench/saved-benchmark.ts';
import { tableOf } from '../../bench/table.ts';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
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

/** Tables that docs/performance.md has a place for before anybody has kept them: name of the table, and what measures it. */
const AWAITED: readonly (readonly [name: string, command: string])[] = [
  ['backbones in memory', 'npm run bench -- backbones-in-memory --save'],
  ['memory in the browser', 'npm run build && npm run bench -- browser-memory --save'],
  ['quick study in the browser', 'npm run build && npm run bench -- browser --save'],
  ['loading in the browser', 'npm run build && npm run bench -- browser-loading --save'],
];

/** One block per table, "bench-" and its id; where nobody has kept it yet, what measures it. And "bench-missing": those, in one sentence. */
export function benchmarkBlocks(benchmarks: ReadonlyMap<string, Benchmark> = readBenchmarks()): Blocks {
  const missing = AWAITED.filter(([name]) => !benchmarks.has(benchmarkId(name)));
  return {
    ...Object.fromEntries(
      missing.map(([name, command]) => [`bench-${benchmarkId(name)}`, `Not kept yet: \`${command}\` measures it.`]),
    ),
    ...Object.fromEntries([...benchmarks].map(([id, benchmark]) => [`bench-${id}`, section(benchmark)])),
    'bench-missing':
      missing.length === 0
        ? 'Every table of this page has been kept.'
        : `Tables of this page that nobody has kept: ${listed(missing.map(([name]) => name))}.`,
  };
}
