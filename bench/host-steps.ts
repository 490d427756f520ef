/** JavaScript of a training step on WebGPU in Node, on a GPU that computes nothing: seconds, and no driver needed. */
import { evaluationBudget } from '../src/engine/budget.ts';
import { Runtime } from '../src/engine/devices/webgpu/runtime.ts';
import { createWebgpuDevice } from '../src/engine/devices/webgpu/webgpu-device.ts';
import { createDeviceEngine } from '../src/engine/passes/device-engine.ts';
import { createEngineContender } from './engine-contender.ts';
import { hollowGpu } from './hollow-gpu.ts';
import type { Report } from './report.ts';
import { leastMilliseconds } from './step-javascript.ts';
import { emojiClipShapes } from './step-problem.ts';
import type { Row } from './table.ts';

const RUNS = 4;
/** Until the compiler has seen everything often enough. */
const WARM_UP = 60;

/** Median kilobytes that a step allocates; steps during which memory was collected are left out. */
async function kilobytes(count: number, step: (index: number) => Promise<unknown>): Promise<number> {
  const sizes: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = process.memoryUsage().heapUsed;
    const result = step(i);
    sizes.push((process.memoryUsage().heapUsed - before) / 1024);
    await result;
  }
  const grown = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  return grown[grown.length >> 1] ?? 0;
}

export async function benchHostSteps(report: Report, steps: number): Promise<void> {
  const rows: Row[] = [];
  for (const software of [false, true]) {
    const requested = hollowGpu(software);
    const device = createWebgpuDevice(new Runtime(requested), requested.description);
    const engine = createDeviceEngine(device, evaluationBudget(device.info));
    const problem = emojiClipShapes(RUNS);
    engine.load(problem.backbone);
    const contender = createEngineContender('engine', engine, problem);
    const kinds = [
      { step: 'new gates', run: (i: number) => contender.stepOfNewGates(i) },
      { step: 'gates that have come before', run: (i: number) => contender.step(i) },
    ];
    for (const { step, run } of kinds) {
      for (let i = 0; i < WARM_UP; i++) await run(i);
      device.inspector.takeStatistics();
      const milliseconds = await leastMilliseconds(steps, run);
      const { dispatches, buffersCreated, bindGroupsCreated } = device.inspector.takeStatistics();
      rows.push({
        kernels: software ? 'of adapters on the CPU' : 'of cards',
        step,
        'JavaScript ms': milliseconds,
        'objects, kB': await kilobytes(steps, run),
        dispatches: dispatches / steps,
        'buffers created': buffersCreated,
        'bind groups created': bindGroupsCreated,
      });
    }
    contender.dispose();
    engine.dispose();
  }
  report.add(
    'JavaScript of a step without a GPU',
    `Emoji-CLIP's shapes, batch 32, LoRA r=4 on q, k, v, o of 12 layers, ${RUNS} runs, in Node: milliseconds until the step is recorded and submitted to a GPU\n` +
      `that computes nothing, the least of ${steps}, and kilobytes of objects that it makes, the median.`,
    rows,
  );
}
