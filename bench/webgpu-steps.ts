/** Training steps on WebGPU: the GPU calls of each contender, and the time per run. */
import type { Engine } from '../src/engine/engine.ts';
import type { GpuCounter, GpuCounts } from './gpu-counter.ts';
import { minimumBytesPerStep } from './minimum-traffic.ts';
import type { Row } from './table.ts';
import type { StepProblem } from './step-problem.ts';
import { timeInTurns, timingColumns } from './timing.ts';
import { createEngineContender, type EngineContender, type StepContender } from './engine-contender.ts';
import { javascriptOfSteps, leastMilliseconds } from './step-javascript.ts';
import {
  checkFirstStep,
  createJaxContender,
  createTfjsContender,
  firstStep,
  type FirstStep,
} from './webgpu-contenders.ts';

const STOCK = 'tfjs-webgpu, stock';
export const TUNED = 'tfjs-webgpu, tuned gradients';
const JAX = 'jax-js, jit';

/** Number of steps over which a contender's counts and JavaScript time are averaged. */
const COUNTED_STEPS = 3;
const WARM_UP_STEPS = 2;
/** Steps whose results a study reads at once where the news of a card is slow. */
const TOGETHER = 4;

export interface NamedEngine {
  readonly name: string;
  readonly engine: Engine;
}

interface Observation {
  readonly first: FirstStep;
  /** Sums over COUNTED_STEPS. */
  readonly counts: GpuCounts;
  /** Bytes of the operands of all dispatches, each counted once: the engine's own figure if it has one. */
  readonly bytes: number;
  /** Minimum milliseconds until a step was recorded and only the GPU remained: larger values include waiting for a core. */
  readonly jsMilliseconds: number;
  /** The same for steps with new gates; null where gates do not matter. */
  readonly jsMillisecondsOfNewGates: number | null;
  /** Buffers mapped in TOGETHER steps that are read at once; null where steps are read one by one. */
  readonly mapsTogether: number | null;
  /** Peak GPU memory beyond the initial usage. */
  readonly peakBytes: number;
}

interface Subject {
  readonly create: () => StepContender;
  readonly engine: Engine | null;
}

const isEngine = (contender: StepContender): contender is EngineContender => 'stepOfNewGates' in contender;

async function observe({ create, engine }: Subject, counter: GpuCounter) {
  const before = counter.liveBytes;
  counter.takePeakBytes();
  const contender = create();
  const first = await firstStep(contender);
  for (let i = 1; i < WARM_UP_STEPS; i++) await contender.step(i);
  counter.take();
  engine?.inspector?.takeStatistics();
  let jsMilliseconds = await leastMilliseconds(COUNTED_STEPS, (i) => contender.step(WARM_UP_STEPS + i));
  const counts = counter.take();
  const own = engine?.inspector?.takeStatistics();
  const bytes = own ? Object.values(own.kinds).reduce((sum, kind) => sum + kind.bytes, 0) : counts.boundBytes;
  const peakBytes = counter.takePeakBytes() - before;
  let jsMillisecondsOfNewGates: number | null = null;
  let mapsTogether: number | null = null;
  if (isEngine(contender)) {
    await contender.stepsTogether(TOGETHER);
    mapsTogether = counter.take().maps;
    const { newGates, repeated } = await javascriptOfSteps(contender);
    jsMillisecondsOfNewGates = newGates;
    jsMilliseconds = Math.min(jsMilliseconds, repeated);
  }
  const observation: Observation = {
    first,
    counts,
    bytes,
    jsMilliseconds,
    jsMillisecondsOfNewGates,
    mapsTogether,
    peakBytes,
  };
  return { contender, observation };
}

export interface StepOptions {
  readonly rounds: number;
  /** Number of steps per turn: started back to back, awaited together. */
  readonly stepsPerTurn: number;
  /** Include only the stock peer. */
  readonly stockOnly?: boolean;
}

/**
 * Compares every contender's first step with the last engine's, then takes the counts and times all in turns.
 * @throws Error naming the contender whose first step differs.
 */
export async function measureSteps(
  problem: StepProblem,
  engines: readonly NamedEngine[],
  counter: GpuCounter,
  { rounds, stepsPerTurn, stockOnly = false }: StepOptions,
): Promise<Row[]> {
  const peers: Subject[] = [
    { create: () => createTfjsContender(STOCK, problem, false), engine: null },
    { create: () => createTfjsContender(TUNED, problem, true), engine: null },
    { create: () => createJaxContender(JAX, problem), engine: null },
  ];
  const subjects: Subject[] = [
    ...(stockOnly ? peers.slice(0, 1) : peers),
    ...engines.map(({ name, engine }) => ({
      engine,
      create: () => {
        engine.load(problem.backbone);
        return createEngineContender(name, engine, problem);
      },
    })),
  ];
  const observed: Awaited<ReturnType<typeof observe>>[] = [];
  for (const subject of subjects) observed.push(await observe(subject, counter));
  const contenders = observed.map(({ contender }) => contender);
  const reference = observed[observed.length - 1].observation.first;
  const deviations = observed.map(({ contender, observation }) =>
    checkFirstStep(contender.name, observation.first, reference),
  );
  const next = contenders.map(() => WARM_UP_STEPS + COUNTED_STEPS);
  const timings = await timeInTurns(
    contenders.map((contender, i) => ({
      name: contender.name,
      run: () => Promise.all(Array.from({ length: stepsPerTurn }, () => contender.step(next[i]++))),
    })),
    rounds,
    1,
  );
  contenders.forEach((contender) => {
    contender.dispose();
  });
  /** Speedup of contender i per run over a peer, in wall time and in CPU time. */
  const speedups = (i: number, peerName: string, label: string): Row => {
    const peer = contenders.findIndex(({ name }) => name === peerName);
    if (peer < 0) return {};
    const runs = contenders[i].runs / contenders[peer].runs;
    return {
      [`speed-up over ${label}`]: (runs * timings[peer].median) / timings[i].median,
      [`speed-up over ${label} (cpu)`]: (runs * timings[peer].cpu) / timings[i].cpu,
    };
  };
  const each = (count: number) => count / COUNTED_STEPS;
  return observed.map(({ contender: { name, runs }, observation }, i) => {
    const { counts, bytes, jsMilliseconds, jsMillisecondsOfNewGates, mapsTogether, peakBytes } = observation;
    return {
      what: name,
      runs,
      ...timingColumns(timings[i], stepsPerTurn * runs),
      dispatches: each(counts.dispatches),
      uploads: each(counts.uploads),
      'of which to uniform buffers': each(counts.uniformWrites),
      'bytes uploaded': each(counts.uploadedBytes),
      submissions: each(counts.submits),
      'copies between buffers': each(counts.copies),
      'buffers mapped': each(counts.maps),
      [`buffers mapped, ${TOGETHER} steps read together`]: mapsTogether === null ? '' : mapsTogether / TOGETHER,
      'buffers created': each(counts.buffersCreated),
      'bytes of all operands': each(bytes),
      'bytes no implementation can avoid': minimumBytesPerStep(
        problem.backbone.vision,
        problem.layout,
        runs,
        problem.batch,
      ),
      'JavaScript ms': jsMilliseconds,
      'JavaScript ms, new gates': jsMillisecondsOfNewGates ?? '',
      // The tuned contender reuses buffers that the stock one left in their backend's pool.
      'most GPU memory, MiB': name === TUNED ? 'as stock' : peakBytes / 2 ** 20,
      ...speedups(i, STOCK, 'stock'),
      ...speedups(i, TUNED, 'tuned'),
      ...speedups(i, JAX, 'jax-js'),
      'loss deviation': deviations[i].loss,
      'gradient deviation': deviations[i].gradient,
    };
  });
}
