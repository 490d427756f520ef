/** The WGSL kernels on cards that are not here: with less than this adapter has, everything is computed as it is elsewhere. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { requestGpu, type RequestedDevice } from '../../src/engine/devices/webgpu/request-device.ts';
import { storageOperations } from '../../src/engine/devices/webgpu/ops/storage.ts';
import { Runtime } from '../../src/engine/devices/webgpu/runtime.ts';
import { createWebgpuDevice, type WebgpuDevice } from '../../src/engine/devices/webgpu/webgpu-device.ts';
import { ATTENTION, type AttentionForm } from '../../src/engine/devices/webgpu/tuning/attention-forms.ts';
import { ACTIVATIONS, GATHERS, UPDATES } from '../../src/engine/devices/webgpu/tuning/element-forms.ts';
import { FACTOR_GRADIENTS } from '../../src/engine/devices/webgpu/tuning/lora-forms.ts';
import { NORMED_PRODUCTS } from '../../src/engine/devices/webgpu/tuning/normed-product-forms.ts';
import { PRODUCTS, SPLIT_TILES } from '../../src/engine/devices/webgpu/tuning/product-forms.ts';
import { createDeviceEngine } from '../../src/engine/passes/device-engine.ts';
import { SMALL_BUDGET, testClip, testPopulation, testVit } from '../../src/engine/passes/test-models.ts';
import { checkGoldenFolder } from '../support/golden/check-folder.ts';
import { inHalfPrecision, passes } from '../support/golden/compare.ts';
import { inHalves } from '../support/halves.ts';
import { LEAST, PROFILES, withProfile } from '../support/gpu-profiles.ts';

/** Milliseconds: an emulated adapter compiles 55 kernels per profile, for minutes on a busy machine that has never seen them. */
const COMPILING = 900_000;

/** One of each: what one test compiled the next one on such a card need not compile again. */
const cards = new Map<string, Promise<RequestedDevice>>();
const opened: WebgpuDevice[] = [];
afterEach(() => opened.forEach(({ runtime }) => runtime.trim()));
afterAll(() => opened.forEach((device) => device.dispose()));

async function open(profile: string): Promise<WebgpuDevice> {
  const card = cards.get(profile) ?? requestGpu(withProfile(navigator.gpu, PROFILES[profile]));
  cards.set(profile, card);
  const requested = await card;
  const device = createWebgpuDevice(new Runtime(requested), requested.description);
  opened.push(device);
  return device;
}

beforeAll(() => installDawn());

const shader = (body: string, size = 1): string =>
  `@group(0) @binding(0) var<storage, read_write> y: array<f32>;\n${body}\n@compute @workgroup_size(${size}) fn main() { y[0] = f(); }`;

/** Things that this adapter can do and the least card cannot. */
const BEYOND: Record<string, (device: GPUDevice) => unknown> = {
  'a buffer of more than 256 MiB': (device) =>
    device.createBuffer({ size: 256 * 2 ** 20 + 4, usage: GPUBufferUsage.STORAGE }),
  'nine storage buffers': (device) =>
    device.createBindGroupLayout({
      entries: Array.from({ length: 9 }, (_, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: 'storage' as const },
      })),
    }),
  'a workgroup of 257': (device) => pipeline(device, shader('fn f() -> f32 { return 1.0; }', 257)),
  '16 KiB and a number of workgroup memory': (device) =>
    pipeline(device, shader('var<workgroup> w: array<f32, 4097>; fn f() -> f32 { return w[4096]; }')),
  subgroups: (device) => pipeline(device, `enable subgroups;\n${shader('fn f() -> f32 { return subgroupAdd(1.0); }')}`),
  float16: (device) => pipeline(device, `enable f16;\n${shader('fn f() -> f32 { return f32(1.0h); }')}`),
};

const pipeline = (device: GPUDevice, code: string) =>
  device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } });

async function refuses({ device }: Runtime, ask: (device: GPUDevice) => unknown): Promise<boolean> {
  device.pushErrorScope('validation');
  ask(device);
  return (await device.popErrorScope()) !== null;
}

describe('the least card refuses what this adapter takes:', () => {
  const runtimes: Runtime[] = [];
  beforeAll(async () => {
    for (const source of [withProfile(navigator.gpu, PROFILES[LEAST]), undefined])
      runtimes.push(new Runtime(await requestGpu(source)));
  });
  afterAll(() => runtimes.forEach((runtime) => runtime.dispose()));

  it.each(Object.keys(BEYOND))('%s', async (what) => {
    const [least, whole] = runtimes;
    expect(await refuses(least, BEYOND[what])).toBe(true);
    expect(await refuses(whole, BEYOND[what])).toBe(false);
  });
});

/** The kernels that two steps of training and an evaluation ask for. Nothing is compiled. */
async function kernelsOf(profile: string): Promise<Set<string>> {
  const device = await open(profile);
  const asked = new Set<string>();
  vi.spyOn(device.runtime, 'dispatch').mockImplementation(({ key }) => void asked.add(key));
  for (const backbone of [testClip(), testVit()]) {
    const { spec } = testPopulation(backbone, { runs: 2, batchSize: 4, targets: { dora: true } });
    const engine = createDeviceEngine(device, SMALL_BUDGET);
    engine.load(backbone);
    await engine.warmUp({ spec, batchSize: 4, examples: [{ inputDropout: Float32Array.of(0.5, 0) }, {}] }, () => {});
  }
  return asked;
}

/** Profiles whose kernels differ. The others get those of one of them, which need not be computed again. */
const DIFFERENT = [LEAST, 'emulated, 8 lanes', 'emulated, no subgroups'];

it('cards get the same kernels for small heads whatever their subgroups, emulated ones by theirs', async () => {
  const different = await Promise.all(DIFFERENT.map(kernelsOf));
  for (const profile of Object.keys(PROFILES)) {
    const kernels = await kernelsOf(profile);
    const like = DIFFERENT.indexOf(PROFILES[profile].like ?? profile);
    different.forEach((others, i) => {
      if (i === like) expect(kernels, profile).toEqual(others);
      else expect(kernels, profile).not.toEqual(others);
    });
  }
});

it('steps are counted where they cannot be timed', async () => {
  const { runtime } = await open(LEAST);
  const a = runtime.uploaded(Float32Array.of(1, 2), 1, 2);
  const statistics = await runtime.counter.measure(() => storageOperations(runtime).read(a));
  expect(statistics).toMatchObject({ submits: 1 });
});

/** All of them where most kernels are those of cards, as golden.test.ts has them for the adapter as it is; what else differs on an emulated one is proven as well by a training, with its evaluation. */
const VECTORS: Readonly<Record<string, readonly [folder: string, least: number]>> = {
  [LEAST]: ['tests/golden', 28],
  'emulated, 8 lanes': ['tests/golden/train-copra', 5],
  'emulated, no subgroups': ['tests/golden/train-copra', 5],
};

it.each(DIFFERENT)(
  '%s matches the golden vectors',
  async (profile) => {
    const device = await open(profile);
    const [folder, least] = VECTORS[profile];
    let count = 0;
    for await (const line of checkGoldenFolder(device, folder)) {
      count++;
      expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
    }
    expect(count).toBeGreaterThanOrEqual(least);
  },
  COMPILING,
);

it(
  'the least card matches a golden training where workgroups share every sum, and threads take several values',
  async () => {
    const [tile] = SPLIT_TILES;
    const spies = [
      vi.spyOn(PRODUCTS, 'usual').mockReturnValue(tile),
      vi.spyOn(NORMED_PRODUCTS, 'usual').mockReturnValue({ tile, inside: false }),
      vi.spyOn(FACTOR_GRADIENTS, 'usual').mockReturnValue({ parts: 8, workgroups: 2 }),
      ...[ACTIVATIONS, GATHERS].map((family) => vi.spyOn(family, 'usual').mockReturnValue({ threads: 64, each: 4 })),
      vi.spyOn(UPDATES, 'usual').mockImplementation((_, { width }) => ({ threads: 64, each: 4, width })),
    ];
    const device = await open(LEAST);
    for await (const line of checkGoldenFolder(device, 'tests/golden/train-copra'))
      expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
    spies.forEach((spy) => spy.mockRestore());
  },
  COMPILING,
);

/** A card with subgroups and one without. */
const SHARING: Readonly<Record<string, AttentionForm['kind']>> = {
  [LEAST]: 'shared in memory',
  'Adreno: large subgroups that vary, no timestamps': 'shared',
};

// Heads of 64, four vectors in a part; device-tuner.test.ts has those of one and two, and several tiles of rows.
it.each(Object.entries(SHARING))(
  '%s matches a golden training where threads share the rows of large heads: %s',
  async (profile, kind) => {
    const { usual: usualForm, others } = ATTENTION;
    const taken = new Set<string>();
    const usual = vi.spyOn(ATTENTION, 'usual').mockImplementation((hardware, problem) => {
      // Adapters of one size of subgroups stand for cards of several: neighbours are the same four in all of them.
      const form = others(hardware, problem).find((other) => other.kind === kind && other.threads === 64);
      if (form) taken.add(`${problem.pass}, heads of ${problem.head.size}`);
      return form ?? usualForm(hardware, problem);
    });
    for await (const line of checkGoldenFolder(await open(profile), 'tests/golden/train-copra'))
      expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
    const passesOfAttention = ['forward', 'forward, kept', 'gradient of k and v', 'gradient of q'];
    expect([...taken].sort()).toEqual(passesOfAttention.map((pass) => `${pass}, heads of 64`));
    usual.mockRestore();
  },
  COMPILING,
);

it(
  'a card with subgroups of one size matches a golden training in which the gradients of large heads are shared as a matter of course',
  async () => {
    const device = await open('NVIDIA: subgroups of 32 lanes, timestamps');
    const shared = new Set<string>();
    const dispatch = device.runtime.dispatch.bind(device.runtime);
    vi.spyOn(device.runtime, 'dispatch').mockImplementation((kernel, ...rest) => {
      if (kernel.key.includes('by 4 lanes')) shared.add(kernel.key.split(',')[0]);
      return dispatch(kernel, ...rest);
    });
    for await (const line of checkGoldenFolder(device, 'tests/golden/train-copra'))
      expect.soft(passes(line), `${line.name}: error ${line.error}, tolerance ${line.tolerance}`).toBe(true);
    expect([...shared].sort()).toEqual(['attention gradient of k and v', 'attention gradient of q']);
  },
  COMPILING,
);

it(
  'half precision keeps a training and its logits within stated bounds where halves are unpacked',
  async () => {
    const device = await open('emulated, 8 lanes');
    expect(device.runtime.halves).toBe('packed');
    let count = 0;
    for await (const line of checkGoldenFolder(inHalves(device), 'tests/golden/train-copra')) {
      count++;
      const { name, error, tolerance } = inHalfPrecision(line);
      expect.soft(error, name).toBeLessThan(tolerance);
    }
    expect(count).toBe(6);
  },
  COMPILING,
);
