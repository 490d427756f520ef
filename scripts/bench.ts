/**
 * `npm run bench -- [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist folder]`: produces the measurements in docs/performance.md, which are those
 * kept by --save in docs/benchmarks/. bench/suites.ts lists the suites.
 */
import os from 'node:os';
import { errorText } from '../src/core/error-text.ts';
import { loadFixture } from '../bench/bundled-fixture.ts';
import { printRows, Report } from '../bench/report.ts';
import type { Machine } from '../bench/saved-benchmark.ts';
import { SUITES, suitesNamed } from '../bench/suites.ts';
import { invocation } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { numberOf } from './whole-number.ts';

const USAGE = `Usage: ${invocation('bench')} [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist FOLDER]
suites: ${Object.keys(SUITES).join(', ')}, all`;

function usageError(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return optionsOf(USAGE, {
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', about: 'fewer repetitions' },
        json: { type: 'boolean', about: 'prints JSON in place of tables' },
        save: { type: 'boolean', about: 'writes what is measured into docs/benchmarks' },
        threads: { type: 'string', about: 'numbers of threads to compare; 1,2 unless given' },
        dist: { type: 'string', about: 'the built page; dist unless given' },
      },
    });
  } catch (cause) {
    return usageError(errorText(cause));
  }
}

const { values, positionals } = readArguments();
const suites = suitesNamed(positionals);
const unknown = suites.find((suite) => !Object.hasOwn(SUITES, suite));
const cores = os.availableParallelism();
const threads =
  values.threads === undefined ? [...new Set([1, Math.min(2, cores)])] : values.threads.split(',').map(numberOf);
if (unknown) usageError(`Unknown suite "${unknown}".\n${USAGE}`);
if (threads.some((n) => !(n >= 1 && Number.isInteger(n))))
  usageError(`--threads takes whole numbers, for example 1,2; got "${values.threads}".\n${USAGE}`);

const quick = values.quick ?? false;
const machine: Machine = {
  processor: os.cpus()[0]?.model.trim() ?? 'unknown',
  cores,
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  load: os.loadavg()[0],
};
const reportOf = (suite: string): Report =>
  new Report({
    json: values.json ?? false,
    save: values.save ?? false,
    machine,
    command: ['npm run bench --', suite, ...(quick ? ['--quick'] : [])].join(' '),
  });
printRows(
  'machine',
  'Load is the average number of busy processes over the last minute; much above 0 means other work is going on.',
  [machine],
  values.json ?? false,
);

const options = { fixture: await loadFixture(), threads, quick, dist: values.dist ?? 'dist' };
for (const suite of suites) await SUITES[suite].run(reportOf(suite), options);
process.exit(0);
