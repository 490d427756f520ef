/**
 * `npm run bench -- [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist folder]`: produces the measurements in docs/performance.md, which are those
 * kept by --save in docs/benchmarks/. bench/suites.ts lists the suites.
 */
import os from 'node:os';
import { loadFixture } from '../bench/bundled-fixture.ts';
import { printRows, Report } from '../bench/report.ts';
import type { Machine } from '../bench/saved-benchmark.ts';
import { SUITES, suitesNamed } from '../bench/suites.ts';
import { invocation, runMain } from './command-line.ts';
import { optionsOf, UsageError } from './options.mjs';
import { numberOf } from './whole-number.ts';

const CORES = os.availableParallelism();

const USAGE = `Usage: ${invocation('bench')} [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist FOLDER]
suites: ${Object.keys(SUITES).join(', ')}, all`;

/** @throws UsageError saying what is wrong with the arguments */
function readArguments() {
  const { values, positionals } = optionsOf(USAGE, {
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false, about: 'fewer repetitions' },
      json: { type: 'boolean', default: false, about: 'prints JSON in place of tables' },
      save: { type: 'boolean', default: false, about: 'writes what is measured into docs/benchmarks' },
      threads: { type: 'string', about: 'numbers of threads to compare; 1,2 unless given' },
      dist: { type: 'string', default: 'dist', about: 'the built page' },
    },
  });
  const suites = suitesNamed(positionals);
  const unknown = suites.find((suite) => !Object.hasOwn(SUITES, suite));
  if (unknown) throw new UsageError(`Unknown suite "${unknown}".\n${USAGE}`);
  const threads =
    values.threads === undefined ? [...new Set([1, Math.min(2, CORES)])] : values.threads.split(',').map(numberOf);
  if (threads.some((n) => !(n >= 1 && Number.isInteger(n))))
    throw new UsageError(`--threads takes whole numbers, for example 1,2; got "${values.threads}".\n${USAGE}`);
  return { ...values, suites, threads };
}

runMain(async () => {
  const { suites, threads, quick, json, save, dist } = readArguments();
  const machine: Machine = {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: CORES,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    load: os.loadavg()[0],
  };
  const reportOf = (suite: string): Report =>
    new Report({
      json,
      save,
      machine,
      command: ['npm run bench --', suite, ...(quick ? ['--quick'] : [])].join(' '),
    });
  printRows(
    'machine',
    'Load is the average number of busy processes over the last minute; much above 0 means other work is going on.',
    [machine],
    json,
  );
  const options = { fixture: await loadFixture(), threads, quick, dist };
  for (const suite of suites) await SUITES[suite].run(reportOf(suite), options);
});
