/**
 * How long a study waits for its first step on WebGPU, and what of it is the compiling of kernels: pipelines made one by one when they are first needed,
 * against pipelines made ahead and side by side, as studies do. Every turn has a fresh device, and the driver's store of compiled shaders is off.
 */
import { openNodeEngine } from '../src/engine/node.ts';
import { createEngineContender } from './engine-contender.ts';
import type { Row } from './report.ts';
import type { StepProblem } from './step-problem.ts';

const LATER_STEPS = 3;

interface Start {
  readonly device: string;
  readonly pipelines: number;
  /** Milliseconds of compiling ahead, of the first step, and the least of those behind it. */
  readonly ahead: number;
  readonly first: number;
  readonly later: number;
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function start(problem: StepProblem, isAhead: boolean): Promise<Start> {
  const engine = await openNodeEngine('webgpu');
  engine.load(problem.backbone);
  const contender = createEngineContender('engine', engine, problem);
  const { inspector } = engine;
  inspector?.takeStatistics();
  const ahead = isAhead ? await milliseconds(() => contender.warmUp()) : 0;
  const first = await milliseconds(() => contender.step(0));
  const { pipelinesCreated } = inspector?.takeStatistics() ?? { pipelinesCreated: 0 };
  let later = Infinity;
  for (let i = 1; i <= LATER_STEPS; i++) later = Math.min(later, await milliseconds(() => contender.step(i)));
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
      if (!known || now.ahead + now.first < known.ahead + known.first) best.set(way, now);
    }
  return [...best].map(([way, { device, pipelines, ahead, first, later }]) => ({
    adapter: device,
    model: name,
    compiled: way,
    pipelines,
    'ahead ms': ahead,
    'first step ms': first,
    'later step ms': later,
    'compiling until the first step is done, %': (100 * (ahead + first - later)) / (ahead + first),
  }));
}
