/** How long a study waits for its first step, and what of it is compiling. The stores of compiled shaders of Mesa's and NVIDIA's drivers are off; those of others are theirs to keep, and make a second measurement look faster. */
import { emojiClipProblem } from '../../../bench/step-problem.ts';
import { createEngineContender } from '../../../bench/engine-contender.ts';
import { loadFixture } from '../../../bench/bundled-fixture.ts';
import { openNodeEngine } from '../../../src/engine/node.ts';
import type { PartTime } from '../processes.ts';
import type { Start } from '../report.ts';

/** As in the quick study: two arms with two seeds. */
const RUNS = 4;
const LATER_STEPS = 5;
/** What turns off stores of compiled shaders: Mesa's, NVIDIA's. */
const NO_STORES = { MESA_SHADER_CACHE_DISABLE: 'true', __GL_SHADER_DISK_CACHE: '0', CUDA_CACHE_DISABLE: '1' };

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

export async function measureStart(time: PartTime): Promise<Start> {
  Object.assign(process.env, NO_STORES);
  const problem = emojiClipProblem(await loadFixture(), RUNS);
  const engine = await openNodeEngine('webgpu');
  engine.load(problem.backbone);
  const contender = createEngineContender('engine', engine, problem);
  const made = (): number => engine.inspector?.takeStatistics().pipelinesCreated ?? 0;
  made();
  const compile = await timed(() => contender.warmUp());
  const ahead = made();
  const firstStep = await timed(() => contender.step(0));
  const lateCount = made();
  let laterStep = firstStep;
  for (let step = 1; step <= LATER_STEPS && time.left() > 0; step++)
    laterStep = Math.min(laterStep, await timed(() => contender.step(step)));
  contender.dispose();
  engine.dispose();
  const wait = compile + firstStep;
  return {
    model: 'Emoji-CLIP',
    runs: RUNS,
    pipelines: ahead + lateCount,
    lateCount,
    compile,
    firstStep,
    laterStep,
    compileShare: (wait - laterStep) / wait,
  };
}
