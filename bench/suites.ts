/** What `npm run bench` can measure. What loads another browser, library or program is imported where it runs. */
import { openNodeEngine } from '../src/engine/node.ts';
import { benchEvaluations } from './evaluations.ts';
import type { Fixture } from './fixture.ts';
import { benchHostSteps } from './host-steps.ts';
import { benchKernels } from './kernels.ts';
import { benchLoading } from './loading.ts';
import { benchMemory } from './memory.ts';
import { benchPlannedHalves } from './planned-halves.ts';
import { benchPopulations } from './populations.ts';
import type { Report } from './report.ts';
import { benchBackbonesInMemory, benchPlannedMemory, benchStepMemory } from './step-memory.ts';
import { benchSteps } from './steps.ts';
import type { WebgpuPart } from './webgpu.ts';

export interface BenchOptions {
  readonly fixture: Fixture;
  readonly threads: readonly number[];
  readonly quick: boolean;
  /** Folder of the built page. */
  readonly dist: string;
}

interface Suite {
  /** Whether it runs where no suite is named, with `all` alone, or only by its name: it takes minutes, or is a part of another. */
  readonly when: 'always' | 'all' | 'named';
  readonly run: (report: Report, options: BenchOptions) => void | Promise<void>;
}

type Engines = Awaited<ReturnType<typeof openNodeEngine>>[];

/** A suite on one engine per thread count. */
const onEngines =
  (use: (report: Report, engines: Engines, options: BenchOptions) => Promise<void>): Suite['run'] =>
  async (report, options) => {
    const engines = await Promise.all(options.threads.map((threads) => openNodeEngine('wasm', { threads })));
    engines.forEach((engine) => engine.load(options.fixture.model.backbone));
    await use(report, engines, options);
    engines.forEach((engine) => engine.dispose());
  };

/** @param part null: all of them */
const onWebgpu =
  (part: WebgpuPart | null): Suite['run'] =>
  async (report, { fixture, quick }) => {
    const { benchWebgpu, WEBGPU_PARTS } = await import('./webgpu.ts');
    await benchWebgpu(report, fixture, part ? [part] : WEBGPU_PARTS, quick);
  };

/** By name, in the order in which `all` runs them. */
export const SUITES: Readonly<Record<string, Suite>> = {
  steps: {
    when: 'always',
    run: (report, { fixture, threads, quick }) => benchSteps(report, fixture, threads, quick ? 6 : 25),
  },
  populations: {
    when: 'always',
    run: onEngines((report, engines, { fixture, quick }) => benchPopulations(report, fixture, engines, quick ? 4 : 12)),
  },
  evaluations: {
    when: 'always',
    run: onEngines((report, engines, { fixture, quick }) =>
      benchEvaluations(report, fixture, engines, { rounds: quick ? 2 : 5, shapleyImages: quick ? 8 : 32 }),
    ),
  },
  memory: {
    when: 'always',
    run: onEngines((report, [engine], { fixture, quick }) => benchMemory(report, fixture, engine, quick ? 4 : 10)),
  },
  kernels: { when: 'all', run: (report, { fixture, quick }) => benchKernels(report, fixture, quick ? 5 : 20) },
  peers: {
    when: 'all',
    run: async (report, { fixture, threads, quick }) =>
      (await import('./peers.ts')).benchPeers(report, fixture, threads, quick),
  },
  loading: { when: 'all', run: benchLoading },
  'host-steps': { when: 'all', run: (report, { quick }) => benchHostSteps(report, quick ? 40 : 300) },
  'browser-loading': {
    when: 'all',
    run: async (report, { dist, quick }) =>
      (await import('./browser-loading.ts')).benchBrowserLoading(report, dist, quick ? 1 : 3),
  },
  'browser-steps': {
    when: 'all',
    run: async (report) => (await import('./browser-steps.ts')).benchBrowserSteps(report),
  },
  'browser-memory': {
    when: 'all',
    run: async (report, { dist, quick }) =>
      (await import('./browser-memory.ts')).benchBrowserMemory(report, dist, quick ? 4 : 10),
  },
  'planned-memory': {
    when: 'all',
    run: (report, { fixture, threads }) => {
      benchPlannedMemory(report, threads[threads.length - 1]);
      benchPlannedHalves(report, fixture.model.backbone);
    },
  },
  'step-memory': {
    when: 'all',
    run: (report, { quick }) => benchStepMemory(report, quick ? 2 : 4, quick ? 8 : 16, quick ? 2 : 6),
  },
  precision: {
    when: 'all',
    run: async (report, { quick }) => (await import('./precision.ts')).benchPrecision(report, quick),
  },
  webgpu: { when: 'all', run: onWebgpu(null) },
  browser: {
    when: 'all',
    run: async (report, { dist }) => (await import('./browser.ts')).benchBrowser(report, dist),
  },
  'backbones-in-memory': { when: 'named', run: (report, { quick }) => benchBackbonesInMemory(report, quick) },
  'vit-step': {
    when: 'named',
    run: async (report, { threads, quick }) => (await import('./vit-step.ts')).benchVitStep(report, threads, quick),
  },
  'precision-study': {
    when: 'named',
    run: async (report, { quick }) => (await import('./precision.ts')).benchPrecisionStudy(report, quick),
  },
  'webgpu-start': { when: 'named', run: onWebgpu('start') },
  'webgpu-steps': { when: 'named', run: onWebgpu('steps') },
  'webgpu-evaluations': { when: 'named', run: onWebgpu('evaluations') },
  'webgpu-vit': { when: 'named', run: onWebgpu('vit') },
  'webgpu-products': { when: 'named', run: onWebgpu('products') },
};

const namesOf = (...whens: readonly Suite['when'][]): string[] =>
  Object.keys(SUITES).filter((name) => whens.includes(SUITES[name].when));

/** The suites that these words ask for. @returns names, of which some may be unknown */
export function suitesNamed(words: readonly string[]): readonly string[] {
  if (words.includes('all')) return namesOf('always', 'all');
  return words.length > 0 ? words : namesOf('always');
}
