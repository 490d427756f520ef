/** Measurements that `npm run bench -- SUITE --save` keeps in docs/benchmarks/, a file per table. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describeIssues } from '../src/platform/describe-issues.ts';

const FOLDER = path.join('docs', 'benchmarks');

const MachineSchema = v.object({
  processor: v.string(),
  cores: v.number(),
  node: v.string(),
  /** ISO 8601, the day. */
  date: v.string(),
  /** Average number of busy processes in the minute before. */
  load: v.number(),
});
export type Machine = v.InferOutput<typeof MachineSchema>;

const BenchmarkSchema = v.object({
  name: v.string(),
  /** Suite of `npm run bench`, with its options. */
  command: v.string(),
  about: v.string(),
  machine: MachineSchema,
  rows: v.pipe(v.array(v.record(v.string(), v.union([v.string(), v.number()]))), v.minLength(1)),
});
export type Benchmark = v.InferOutput<typeof BenchmarkSchema>;

/** "webgpu: the first step" → "webgpu-the-first-step" */
export const benchmarkId = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** More digits than anybody reads change with every run. */
const rounded = (value: string | number): string | number =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;

export function writeBenchmark(benchmark: Benchmark, folder = FOLDER): void {
  const rows = benchmark.rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, rounded(value)])),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${benchmarkId(benchmark.name)}.json`),
    `${JSON.stringify({ ...benchmark, rows }, null, 1)}\n`,
  );
}

/** By file, in the order of names. @throws Error naming a file that holds no benchmark */
export function readBenchmarks(folder = FOLDER): Map<string, Benchmark> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return new Map(
    files.map((file) => {
      const parsed = v.safeParse(BenchmarkSchema, JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
      if (!parsed.success)
        throw new Error(`${path.join(folder, file)} holds no benchmark: ${describeIssues(parsed.issues)}`);
      return [path.basename(file, '.json'), parsed.output];
    }),
  );
}
