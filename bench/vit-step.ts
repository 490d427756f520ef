/** A training step of the whole of ViT-B/32 on our own kernels: WebGPU (emulated where there is no card) beside WebAssembly. Minutes. */
import { openNodeEngine } from '../src/engine/node.ts';
import { createEngineContender } from './engine-contender.ts';
import type { Report } from './report.ts';
import { vitB32Problem } from './step-problem.ts';
import { timeInTurns, timingColumns } from './timing.ts';
import { checkFirstStep, firstStep } from './webgpu-contenders.ts';

export async function benchVitStep(report: Report, threads: readonly number[], quick: boolean): Promise<void> {
  const layers = quick ? 2 : 12;
  const problem = vitB32Problem(layers);
  const engines = [
    ...(await Promise.all(threads.map((count) => openNodeEngine('wasm', { threads: count })))),
    await openNodeEngine('webgpu'),
  ];
  const contenders = engines.map((engine) => {
    engine.load(problem.backbone);
    return createEngineContender(engine.info.device, engine, problem);
  });
  const [reference, ...others] = contenders;
  // The first step on WebGPU compiles.
  const first = await firstStep(reference);
  for (const other of others) checkFirstStep(other.name, await firstStep(other), first);
  let next = 1;
  const timings = await timeInTurns(
    contenders.map((contender) => ({ name: contender.name, run: () => contender.step(next++) })),
    quick ? 2 : 5,
    1,
  );
  report.add(
    'ViT-B/32: WebGPU beside WebAssembly',
    `Shapes of CLIP ViT-B/32 (50 tokens, width 768), random weights, ${layers} of its 12 layers; batch 8, LoRA r=2 on q, k, v, one run; in turns.\n` +
      'First losses and gradients agree.',
    timings.map((timing, i) => ({
      device: timing.name,
      ...timingColumns(timing),
      'cpu over the first': timing.cpu / timings[0].cpu,
      'memory MiB': engines[i].memoryBytes() / 2 ** 20,
    })),
  );
  contenders.forEach((contender) => contender.dispose());
  engines.forEach((engine) => engine.dispose());
}
