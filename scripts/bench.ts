/**
 * `npm run bench -- [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist folder]`: produces the measurements in docs/performance.md, which are those
 * kept by --save in docs/benchmarks/. Suites:
 * steps, populations, evaluations, memory (the default: these four), kernels, peers, loading, host-steps, browser-loading, browser-steps, browser-memory, webgpu,
 * planned-memory, step-memory, precision, browser, all; backbones-in-memory and vit-step take minutes; webgpu-start, webgpu-steps, webgpu-evaluations, webgpu-vit and webgpu-products are the parts of webgpu, precision-study the last of precision.
 */
import os from 'node:os';
import { errorText } from '../src/core/error-text.ts';
import { openNodeEngine } from '../src/engine/node.ts';
import { benchEvaluations } from '../bench/evaluations.ts';
import { loadFixture } from '../bench/bundled-fixture.ts';
import type { Fixture } from '../bench/fixture.ts';
import { benchHostSteps } from '../bench/host-steps.ts';
import { benchKernels } from '../bench/kernels.ts';
import { benchLoading } from '../bench/loading.ts';
import { benchMemory } from '../bench/memory.ts';
import { benchPopulations } from '../bench/populations.ts';
import { benchPlannedHalves } from '../bench/planned-halves.ts';
import { printRows, Report } from '../bench/report.ts';
import type { Machine } from '../bench/saved-benchmark.ts';
import { benchBackbonesInMemory, benchPlannedMemory, benchStepMemory } from '../bench/step-memory.ts';
import { benchSteps } from '../bench/steps.ts';
import { invocation } from './command-line.ts';
import { optionsOf } from './options.mjs';
import { numberOf } from './whole-number.ts';

const DEFAULT_SUITES = ['steps', 'populations', 'evaluations', 'memory'];
const SUITES = [
  ...DEFAULT_SUITES,
  'kernels',
  'peers',
  'loading',
  'host-steps',
  'browser-loading',
  'browser-steps',
  'browser-memory',
  'planned-memory',
  'step-memory',
  'precision',
  'webgpu',
  'browser',
];
/** Not among `all`: minutes for a few steps of a whole backbone. */
const LONG = ['backbones-in-memory', 'vit-step'];
const PARTS = [
  ...LONG,
  'precision-study',
  'webgpu-start',
  'webgpu-steps',
  'webgpu-evaluations',
  'webgpu-vit',
  'webgpu-products',
];

const USAGE = `Usage: ${invocation('bench')} [suite …] [--quick] [--json] [--save] [--threads 1,2] [--dist FOLDER]
suites: ${[...SUITES, ...PARTS].join(', ')}, all`;

function usageError(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return optionsOf(USAGE, {
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        save: { type: 'boolean' },
        threads: { type: 'string' },
        dist: { type: 'string' },
      },
    });
  } catch (cause) {
    return usageError(errorText(cause));
  }
}

const { values, positionals } = readArguments();
const suites = positionals.includes('all') ? SUITES : positionals.length > 0 ? positionals : DEFAULT_SUITES;
const unknown = suites.find((suite) => ![...SUITES, ...PARTS].includes(suite));
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

/** Opens one engine per thread count for the duration of `use`. */
async function withEngines(
  fixture: Fixture,
  use: (engines: Awaited<ReturnType<typeof openNodeEngine>>[]) => Promise<void>,
) {
  const engines = await Promise.all(threads.map((n) => openNodeEngine('wasm', { threads: n })));
  engines.forEach((engine) => engine.load(fixture.model.backbone));
  await use(engines);
  engines.forEach((engine) => engine.dispose());
}

const fixture = await loadFixture();
for (const suite of suites) {
  const report = reportOf(suite);
  if (suite === 'steps') await benchSteps(report, fixture, threads, quick ? 6 : 25);
  if (suite === 'populations') await withEngines(fixture, (e) => benchPopulations(report, fixture, e, quick ? 4 : 12));
  if (suite === 'evaluations')
    await withEngines(fixture, (e) =>
      benchEvaluations(report, fixture, e, { rounds: quick ? 2 : 5, shapleyImages: quick ? 8 : 32 }),
    );
  if (suite === 'memory')
    await withEngines(fixture, ([engine]) => benchMemory(report, fixture, engine, quick ? 4 : 10));
  if (suite === 'kernels') await benchKernels(report, fixture, quick ? 5 : 20);
  if (suite === 'peers') {
    const { benchPeers } = await import('../bench/peers.ts'); // starts other programs
    await benchPeers(report, fixture, threads, quick);
  }
  if (suite === 'loading') await benchLoading(report);
  if (suite === 'planned-memory') {
    benchPlannedMemory(report, threads[threads.length - 1]);
    benchPlannedHalves(report, fixture.model.backbone);
  }
  if (suite === 'host-steps') await benchHostSteps(report, quick ? 40 : 300);
  if (suite === 'step-memory') await benchStepMemory(report, quick ? 2 : 4, quick ? 8 : 16, quick ? 2 : 6);
  if (suite === 'precision') {
    const { benchPrecision } = await import('../bench/precision.ts'); // reads golden vectors
    await benchPrecision(report, quick);
  }
  if (suite === 'precision-study') {
    const { benchPrecisionStudy } = await import('../bench/precision.ts');
    await benchPrecisionStudy(report, quick);
  }
  if (suite === 'backbones-in-memory') await benchBackbonesInMemory(report, quick);
  if (suite === 'vit-step') {
    const { benchVitStep } = await import('../bench/vit-step.ts'); // loads jax-js
    await benchVitStep(report, threads, quick);
  }
  if (suite.startsWith('webgpu')) {
    const { benchWebgpu, WEBGPU_PARTS } = await import('../bench/webgpu.ts'); // loads jax-js
    const parts = WEBGPU_PARTS.filter((part) => suite === 'webgpu' || suite === `webgpu-${part}`);
    await benchWebgpu(report, fixture, parts, quick);
  }
  if (suite === 'browser-loading') {
    const { benchBrowserLoading } = await import('../bench/browser-loading.ts'); // loads Playwright
    await benchBrowserLoading(report, values.dist ?? 'dist', quick ? 1 : 3);
  }
  if (suite === 'browser-steps') {
    const { benchBrowserSteps } = await import('../bench/browser-steps.ts'); // loads Playwright
    await benchBrowserSteps(report);
  }
  if (suite === 'browser-memory') {
    const { benchBrowserMemory } = await import('../bench/browser-memory.ts'); // loads Playwright
    await benchBrowserMemory(report, values.dist ?? 'dist', quick ? 4 : 10);
  }
  if (suite === 'browser') {
    const { benchBrowser } = await import('../bench/browser.ts'); // loads Playwright
    await benchBrowser(report, values.dist ?? 'dist');
  }
}
process.exit(0);
