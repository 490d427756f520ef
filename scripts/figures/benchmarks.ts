/** The measurements of docs/benchmarks/ as blocks of the written pages. */
import { benchmarkId, readBenchmarks, type Benchmark } from '../../bench/saved-benchmark.ts';
import { tableOf } from '../../bench/table.ts';
import { counted } from '../../src/core/counted.ts';
import { listed } from '../../src/core/listed.ts';
import { markdownTable } from '../markdown-table.ts';
import type { Blocks } from './blocks.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

type Row = Benchmark['rows'][number];

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

/** PyTorch on two threads spins, so its rows of one thread count. */
const isPyTorchOnOneThread = ({ contender, threads }: Row): boolean =>
  String(contender).startsWith('PyTorch') && threads === 1;

/** Processor time beside the peers, as a multiple of theirs. */
const PEER_AIMS: readonly { readonly aim: string; readonly most: number; readonly of: (row: Row) => boolean }[] = [
  {
    aim: 'half of onnxruntime-web’s time',
    most: 0.5,
    of: ({ contender }) => String(contender).startsWith('onnxruntime-web'),
  },
  {
    aim: '1.05 times PyTorch’s per step of Emoji-CLIP on one thread',
    most: 1.05,
    of: (row) => isPyTorchOnOneThread(row) && String(row.what).startsWith('training step, Emoji-CLIP'),
  },
  {
    aim: '1.3 times PyTorch’s at the shapes of ViT-B/32 on one thread',
    most: 1.3,
    of: (row) => isPyTorchOnOneThread(row) && String(row.what).includes('ViT-B/32'),
  },
];

/** In how many rows of the table each aim is reached. */
function peerAims(benchmark: Benchmark | undefined): string {
  if (!benchmark) return 'Not kept yet.';
  const told = PEER_AIMS.map(({ aim, most, of }) => {
    const times = benchmark.rows.filter(of).map((row) => Number(row['engine / it (cpu)']));
    const reached = times.filter((time) => time <= most).length;
    return `${aim} (reached in ${reached} of ${counted(times.length, 'row')}: ${listed(times.map((time) => time.toFixed(2)))})`;
  });
  return `The aims, by processor time, were ${listed(told)}.`;
}

/** One block per table, "bench-" and its id; where nobody has kept it yet, what measures it. And "bench-missing": those, in one sentence; and "peer-aims". */
export function benchmarkBlocks(benchmarks: ReadonlyMap<string, Benchmark> = readBenchmarks()): Blocks {
  const missing = AWAITED.filter(([name]) => !benchmarks.has(benchmarkId(name)));
  return {
    ...Object.fromEntries(
      missing.map(([name, command]) => [`bench-${benchmarkId(name)}`, `Not kept yet: \`${command}\` measures it.`]),
    ),
    ...Object.fromEntries([...benchmarks].map(([id, benchmark]) => [`bench-${id}`, section(benchmark)])),
    'peer-aims': peerAims(benchmarks.get('beside-its-peers')),
    'bench-missing':
      missing.length === 0
        ? 'Every table of this page has been kept.'
        : `Tables of this page that nobody has kept: ${listed(missing.map(([name]) => name))}.`,
  };
}
