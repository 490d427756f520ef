/** What is counted is held to what devices take: the end of the WASM memory, and the buffers of Dawn on an emulated card. */
import { expect, it, vi } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import { createNodeWasmDevice } from '../devices/wasm/node.ts';
import type { WebgpuDevice } from '../devices/webgpu/webgpu-device.ts';
import type { Device } from '../device.ts';
import type { StepPlan } from '../engine.ts';
import { testClip, testPopulation, testVit, type PopulationOptions } from '../passes/test-models.ts';
import { createTrainer } from '../passes/trainer.ts';
import { uploadBackbone } from '../passes/weights.ts';
import type { Precision } from '../precision.ts';
import { hollowBackbone } from './hollow-backbone.ts';
import { memoryModel } from './memory-model.ts';
import { stepMemory } from './step-memory.ts';
import { withWebgpu } from '../../../tests/support/webgpu-devices.ts';

let gpu: WebgpuDevice;
withWebgpu((opened) => {
  gpu = opened;
  // Buffers are weighed, whatever is in them: kernels that do nothing take the same, and a software card compiles the real ones for half a minute.
  const { device } = gpu.runtime;
  const nothing = device.createShaderModule({ code: '@compute @workgroup_size(1) fn main() {}' });
  vi.spyOn(device, 'createShaderModule').mockReturnValue(nothing);
});

const SHAPE = { layers: 3, width: 64, heads: 4, imageSize: 32, patchSize: 8 };
const WHOLE: StepPlan = { runs: 2, images: 24, recomputeBelow: { vision: 0, text: 0 } };

type Options = PopulationOptions & { readonly hasBranchFactors?: true };
const DORA: Options = { targets: { dora: true }, dropout: [0.1, 0], radii: [0.05, 0.05] };
const RUNS = 6;
/** Every run sees images of its own, and its branches have factors. */
const APART: Options = {
  runs: RUNS,
  sources: Array.from({ length: RUNS }, (_, run) => run),
  targets: { towers: ['vision'] },
  hasBranchFactors: true,
};
const UPPER: Options = { targets: { projections: ['q', 'v'], towers: ['vision'] } };
const CLIP = testClip('quick_gelu', SHAPE);
const VIT = testVit('gelu', SHAPE);

const CASES: readonly (readonly [string, Backbone, Options, StepPlan])[] = [
  ['LoRA, all at once', CLIP, {}, WHOLE],
  ['LoRA, all blocks computed again', CLIP, {}, { ...WHOLE, recomputeBelow: { vision: 3, text: 3 } }],
  ['q and v only, images in three turns', VIT, UPPER, { ...WHOLE, images: 8 }],
  [
    'DoRA with dropout and SAM, one block computed again',
    VIT,
    DORA,
    { ...WHOLE, recomputeBelow: { vision: 1, text: 0 } },
  ],
  [
    'DoRA with dropout and SAM, everything in turns',
    VIT,
    DORA,
    { runs: 1, images: 6, recomputeBelow: { vision: 2, text: 0 } },
  ],
  [
    'images of their own and branch factors, all blocks computed again',
    VIT,
    APART,
    { ...WHOLE, runs: RUNS, recomputeBelow: { vision: 3, text: 0 } },
  ],
  [
    'images of their own and branch factors, runs and images in turns',
    VIT,
    APART,
    { runs: 2, images: 8, recomputeBelow: { vision: 2, text: 0 } },
  ],
];

/** Bytes that a device takes for three steps, and what was counted for them. */
async function compared<T>(
  device: Device<T>,
  taken: () => number,
  backbone: Backbone,
  plan: StepPlan,
  options: Options,
  precision: Precision = 'f32',
): Promise<{ real: number; counted: number; weights: number }> {
  const onDevice = uploadBackbone(device, backbone, precision);
  const { hasBranchFactors = false, ...population } = options;
  const { spec: whole, batch, layout } = testPopulation(backbone, { runs: 2, batchSize: 24, ...population });
  const spec = { ...whole, plan };
  const trainer = createTrainer(device, onDevice, spec);
  const pixels = onDevice.vision.patches * onDevice.vision.patchLength;
  const factors = new Float32Array(whole.initial.length * layout.pairs.length).fill(2);
  const given = batch(0, hasBranchFactors ? { branchFactors: factors } : {});
  for (let step = 0; step < 3; step++)
    await trainer.step({ ...given, patches: new Float32Array(given.labels.length * pixels).fill(0.1) });
  const real = taken();
  const memory = stepMemory({
    model: () => memoryModel(device.info),
    backbone: (counting) => hollowBackbone(counting, onDevice, (tensor: T) => device.shape(tensor), precision),
    spec,
    batchSize: 24,
    sourceOfRun: given.sourceOfRun,
    hasBranchFactors: given.branchFactors !== undefined,
  });
  trainer.dispose();
  onDevice.free();
  const { weights, optimizer, activations, temporary, total } = memory;
  expect(weights + optimizer + activations + temporary).toBe(total);
  return { real, counted: memory.total, weights };
}

it.each(CASES)('the memory of a step is counted to a few per cent: %s', async (_name, backbone, options, plan) => {
  const wasm = await createNodeWasmDevice({ threads: 2 });
  const onWasm = await compared(wasm, () => wasm.recorder.arena.end, backbone, plan, options);
  wasm.dispose();
  gpu.runtime.trim();
  const onGpu = await compared(gpu, () => gpu.inspector.allocatedBytes, backbone, plan, options);
  for (const { real, counted } of [onWasm, onGpu]) {
    expect(counted / real).toBeGreaterThan(0.97);
    expect(counted / real).toBeLessThan(1.03);
  }
});

it('half precision halves the weights and what a step keeps of its MLPs, and is counted so', async () => {
  const taken = async (precision: Precision) => {
    gpu.runtime.trim();
    return compared(
      gpu,
      () => gpu.inspector.allocatedBytes,
      VIT,
      { ...WHOLE, images: 8 },
      { targets: { projections: ['q', 'fc2'] } },
      precision,
    );
  };
  const [whole, half] = [await taken('f32'), await taken('f16')];
  for (const { real, counted } of [whole, half]) expect(Math.abs(counted / real - 1)).toBeLessThan(0.03);
  expect(half.real - half.weights).toBeLessThan(0.95 * (whole.real - whole.weights));
  expect(half.weights / whole.weights).toBeLessThan(0.6); // norms, tokens and positions stay whole
});
