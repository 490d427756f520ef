/**
 * The engine on WebGPU compared with its peers, all on the WebGPU adapter of this process (Dawn in Node): stock TensorFlow.js, TensorFlow.js with
 * tuned gradients, and jax-js. Contenders take turns in one run; every row names the adapter.
 */
import type { BackendId } from '../src/engine/backends.ts';
import { openNodeDevice, openNodeEngine } from '../src/engine/node.ts';
import type { Fixture } from './fixture.ts';
import { installGpuCounter } from './gpu-counter.ts';
import { startJax } from './jax-training.ts';
import type { Report } from './report.ts';
import type { Row } from './table.ts';
import { emojiClipProblem, vitB32Problem } from './step-problem.ts';
import { measureEvaluations } from './webgpu-evaluations.ts';
import { measureProducts } from './webgpu-products.ts';
import { measureStart } from './webgpu-start.ts';
import { measureSteps } from './webgpu-steps.ts';

const ENGINE: BackendId = 'webgpu';
const RUNS = 4;

export const WEBGPU_PARTS = ['start', 'steps', 'evaluations', 'vit', 'products'] as const;
export type WebgpuPart = (typeof WEBGPU_PARTS)[number];

export async function benchWebgpu(
  report: Report,
  fixture: Fixture,
  parts: readonly WebgpuPart[],
  quick: boolean,
): Promise<void> {
  if (parts.includes('start')) {
    report.add(
      'webgpu: the first step',
      'From a loaded backbone to the end of the first step, on fresh devices in turns; the fastest of each way. Ahead are the kernels of steps of\n' +
        'every kind of gates, which is more than the first step needs.',
      await measureStart('Emoji-CLIP', emojiClipProblem(fixture, RUNS), quick ? 1 : 3),
    );
    if (parts.length === 1) return;
  }
  // Selects the TensorFlow.js backend that the peers run on.
  const { info } = await openNodeDevice('tfjs-webgpu');
  const counter = installGpuCounter();
  await startJax();
  const engine = await openNodeEngine(ENGINE);
  const engines = [{ name: `engine, ${ENGINE}`, engine }];
  const named = (rows: readonly Row[]): Row[] => rows.map((row) => ({ adapter: info.device, ...row }));

  if (parts.includes('steps')) {
    const options = quick ? { rounds: 3, stepsPerTurn: 1 } : { rounds: 9, stepsPerTurn: 2 };
    report.add(
      'webgpu: training step',
      'Emoji-CLIP, batch 32, LoRA r=4 on q, k, v, o of 12 layers; milliseconds and speed-ups per run. First losses and gradients agree.\n' +
        'Counts are per step. Uploads: all transfers to the GPU. Bytes of all operands: of all dispatches, each once. JavaScript: until the step is\n' +
        'sent, the least; with new gates, nothing is repeated of a step that came before.',
      named(await measureSteps(emojiClipProblem(fixture, RUNS), engines, counter, options)),
    );
  }
  if (parts.includes('evaluations')) {
    const options = quick
      ? { images: 64, shapleyImages: 4, sample: 2 }
      : { images: 256, shapleyImages: 256, sample: 8 };
    report.add(
      'webgpu: many variants',
      'The engine evaluates all variants together; tuned TensorFlow.js a sample of them, one after the other, before and after it. What both\n' +
        'took is in the seconds; they are compared by the time per variant and image.',
      named(await measureEvaluations(fixture, engine, options)),
    );
  }
  if (parts.includes('vit')) {
    const layers = quick ? 2 : 12;
    const options = { rounds: quick ? 2 : 3, stepsPerTurn: 1, stockOnly: true };
    const rows = await measureSteps(vitB32Problem(layers), engines, counter, options);
    report.add(
      'webgpu: ViT-B/32',
      `Shapes of CLIP ViT-B/32 (50 tokens, width 768), random weights, ${layers} of its 12 layers; batch 8, LoRA r=2 on q, k, v, one run.`,
      named(rows.map((row) => ({ layers, ...row }))),
    );
  }
  if (parts.includes('products')) {
    report.add(
      'webgpu: matrix products',
      'The fastest round. Share of best: against the best product that anything reached on this adapter in this run.',
      named(await measureProducts(await openNodeDevice(ENGINE), quick ? 3 : 7)),
    );
  }
  engine.dispose();
}
