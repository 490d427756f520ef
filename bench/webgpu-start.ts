/**
 * How long a study waits for its first step on WebGPU, and what of it is the compiling of kernels: pipelines made one by one when they are first needed,
 * against pipelines made ahead and side by side, as studies do. Every turn has a fresh device, and the driver's store of compiled shaders is off.
 */
import { openNodeEngine } from '../src/engine/node.ts';
import { createEngineContender } from './engine-contender.ts';
import type { Row } from './table.ts';
import type { StepProblem } from './step-problem.ts';

const LATER_STEPS = 3;

interface Start {
  readonly device: string;
  readonly pipelines: number;
  /** Compiling ahead, the first step, and the least of those behind it. */
  readonly ahead: Cost;
  readonly first: Cost;
  readonly later: Cost;
}

/** Milliseconds on the clock, and of all processors. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

const NOTHING: Cost = { wall: 0, cpu: 0 };

async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  const usage = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  return { wall, cpu: (user + system) / 1000 };
}

async function start(problem: StepProblem, isAhead: boolean): Promise<Start> {
  const engine = await openNodeEngine('webgpu');
  engine.load(problem.backbone);
  const contender = createEngineContender('engine', engine, problem);
  const { inspector } = engine;
  inspector?.takeStatistics();
  const ahead = isAhead ? await costOf(() => contender.warmUp()) : NOTHING;
  const first = await costOf(() => contender.step(0));
  const { pipelinesCreated } = inspector?.takeStatistics() ?? { pipelinesCreated: 0 };
  const steps: Cost[] = [];
  for (let i = 1; i <= LATER_STEPS; i++) steps.push(await costOf(() => contender.step(i)));
  const later = steps.reduce((least, step) => (step.cpu < least.cpu ? step : least));
  contender.dispose();
  const { device } = engine.info;
  engine.dispose();
  return { device, pipelines: pipelinesCreated, ahead, first, later };
}

export async function measureStart(name: string, problem: StepProblem, rounds: number): Promise<Row[]> {
  process.env.MESA_SHADER_CACHE_DISABLE = 'true';
  const ways = [
    { way: 'when first needed', isAhead: false },
    { way: 'ahead, side by side', isAhead: true },
  ];
  const best = new Map<string, Start>();
  for (let round = 0; round < rounds; round++)
    for (const { way, isAhead } of ways) {
      const now = await start(problem, isAhead);
      const known = best.get(way);
      if (!known || now.ahead.cpu + now.first.cpu < known.ahead.cpu + known.first.cpu) best.set(way, now);
    }
  return [...best].map(([way, { device, pipelines, ahead, first, later }]) => ({
    adapter: device,
    model: name,
    compiled: way,
    pipelines,
    'ahead ms': ahead.wall,
    'ahead cpu ms': ahead.cpu,
    'first step ms': first.wall,
    'first step cpu ms': first.cpu,
    'later step cpu ms': later.cpu,
    'compiling, % of cpu': (100 * (ahead.cpu + first.cpu - later.cpu)) / (ahead.cpu + first.cpu),
  }));
}
