/** Activations, gathers and AdamW in all their forms, on whatever adapter there is. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { installDawn } from '../../../dawn-node.ts';
import { Draw, expectAgreement, results, type Program } from '../../wasm/test-programs.ts';
import { requestGpu } from '../request-device.ts';
import { Runtime } from '../runtime.ts';
import { createWebgpuDevice, type WebgpuDevice } from '../webgpu-device.ts';
import { ACTIVATIONS, GATHERS, UPDATES } from './element-forms.ts';
import type { Hardware } from './forms.ts';
import { GpuBench, stepIn } from './gpu-bench.ts';

/** Milliseconds: software adapters compile for seconds on a busy machine. */
const COMPILING = 300_000;

let device: WebgpuDevice;
beforeAll(async () => {
  await installDawn();
  const { device: gpu, description } = await requestGpu();
  const card = { ...description, software: false };
  device = createWebgpuDevice(new Runtime({ device: gpu, description: card }), card);
});
afterAll(() => device.dispose());
afterEach(() => vi.restoreAllMocks());

const LEAST: Hardware = {
  software: false,
  subgroup: null,
  subgroups: false,
  sizes: [],
  invocations: 256,
  workgroupBytes: 16384,
};
/** Enough that no form is left out. */
const MANY = 2 ** 20;
const formsOf = (family: typeof GATHERS) => family.others(LEAST, { kernel: 'any', width: 4, count: MANY });

/** All activations and their gradients, with a closed group; columns of whole vectors and odd ones. */
const activations =
  (cols: number): Program =>
  (on, draw) => {
    const groups = { count: 3, rowsPerGroup: 37, live: Uint8Array.of(1, 0, 1) };
    const rows = () => draw.tensor(3 * 37, cols);
    return (['gelu', 'quick_gelu', 'gelu_tanh'] as const).flatMap((kind) => {
      const x = rows();
      return [on.activation(x, kind, groups), on.activationGradient(rows(), x, kind, groups)];
    });
  };

/** Every gather, with rows that are named twice and not at all. */
const gathers =
  (cols: number): Program =>
  (on, draw) => {
    const [rows, tokens, slots] = [90, 10, 3];
    const x = draw.tensor(rows, cols);
    const sums = draw.tensor(slots, 4 + 6 * cols);
    on.addToSlots(draw.tensor(2 * 6, cols), sums, 4, Int32Array.of(2, 0));
    return [
      on.gatherRows(x, draw.integers(70, rows)),
      on.gatherGroups(x, draw.integers(9, rows / 5), 5),
      on.scatterRows(x, draw.integers(rows, 33), 33),
      on.assembleTokens(x, draw.tensor(1, cols), draw.tensor(tokens, cols)),
      on.embedTokens(draw.integers(8 * tokens, 90), x, draw.tensor(tokens, cols)),
      on.sliceSlots(sums, 4, 5, cols, Int32Array.of(1, 2)),
      sums,
    ];
  };

/** Some segments, with gaps, of a closed slot nothing. */
const updates =
  (unit: number): Program =>
  (on, draw) => {
    const size = 1500 * unit;
    const segments = [
      { offset: unit, length: 301 * unit },
      { offset: 400 * unit, length: 1100 * unit },
    ];
    const coefficients = Float32Array.of(1, 0.01, 1.5, 2, 1, 0.02, 1.2, 3, 0, 0, 0, 0, 1, 0.01, 1, 1);
    const [params, gradients, m] = [draw.tensor(2, size), draw.tensor(2, size), draw.tensor(2, size)];
    const v = on.upload(draw.values(2 * size).map(Math.abs), 2, size);
    const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decay: Float32Array.of(1, 0) };
    for (let step = 0; step < 2; step++) on.adamw(params, gradients, m, v, segments, coefficients, options);
    return [params, m, v];
  };

describe('a form has the bits of the usual one:', { timeout: COMPILING }, () => {
  it.each([
    ['activations of whole vectors', ACTIVATIONS, activations(64), formsOf(ACTIVATIONS)],
    ['activations of odd rows', ACTIVATIONS, activations(37), formsOf(ACTIVATIONS).slice(2, 3)],
    ['gathers of whole vectors', GATHERS, gathers(64), formsOf(GATHERS)],
    ['gathers of odd rows', GATHERS, gathers(37), formsOf(GATHERS).slice(2, 3)],
  ] as const)('%s', async (_, family, program, forms) => {
    await expectAgreement([device], program);
    const expected = await results(device, program, 1);
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) {
      vi.spyOn(family, 'usual').mockReturnValue(form);
      expect(await results(device, program, 1), family.nameOf(form)).toEqual(expected);
    }
  });

  it.each([
    ['AdamW of whole vectors', 4, 4],
    ['AdamW of odd segments', 1, 2],
  ] as const)('%s', async (_, unit, count) => {
    const program = updates(unit);
    await expectAgreement([device], program);
    const expected = await results(device, program, 1);
    const forms = UPDATES.others(LEAST, { values: MANY, width: unit });
    expect(forms).toHaveLength(count);
    for (const form of forms) {
      vi.spyOn(UPDATES, 'usual').mockReturnValue(form);
      expect(await results(device, program, 1), UPDATES.nameOf(form)).toEqual(expected);
    }
  });
});

it('threads take several elements only where enough workgroups are left', () => {
  const several = (count: number) =>
    GATHERS.others(LEAST, { kernel: 'any', width: 1, count }).filter(({ each }) => each > 1);
  expect(several(64 * 256 - 1)).toEqual([]);
  expect(several(64 * 256)).toEqual([{ threads: 64, each: 4 }]);
  expect(several(64 * 1024)).toHaveLength(2);
});

describe('proofs', { timeout: COMPILING }, () => {
  /** Sites of an activation, a gather and AdamW, large enough for all forms. */
  const asked = () => {
    const draw = new Draw(device, 1);
    const [rows, cols] = [2 ** 10, 2 ** 8];
    const x = draw.tensor(rows, cols);
    device.activation(x, 'gelu', { count: 1, rowsPerGroup: rows });
    device.gatherRows(x, draw.integers(rows, rows));
    const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1, decay: Float32Array.of(1) };
    const [m, v] = [device.zeros(rows, cols), device.zeros(rows, cols)];
    const coefficients = Float32Array.from({ length: 4 * rows }, (_, i) => [1, 0.01, 1, 1][i % 4]);
    device.adamw(x, draw.tensor(rows, cols), m, v, [{ offset: 0, length: cols }], coefficients, options);
    return Promise.resolve();
  };

  it('hold for every form, with inputs that the kernels can meet', async () => {
    const { done, sites } = stepIn(device.runtime, {}, asked);
    await done;
    expect(sites.map(({ family }) => family).sort()).toEqual(['AdamW', 'activation', 'gather']);
    const options = { step: asked, onFirst: () => Promise.resolve(), patience: COMPILING };
    const bench = new GpuBench(device.runtime, { ...options, sites });
    for (const { id, others } of sites) {
      expect(others).toHaveLength(4);
      for (const form of others) expect(await bench.prove(id, form), `${id}: ${form}`).toBeNull();
    }
    bench.free();
  });

  it('find a form that is wrong where second moments count', async () => {
    const { done, sites } = stepIn(device.runtime, {}, asked);
    await done;
    const site = sites.find(({ family }) => family === 'AdamW');
    if (!site) throw new Error('AdamW was asked for');
    const changed = {
      ...site,
      launch: (form: string) => {
        const launch = site.launch(site.usual);
        const { kernel } = launch;
        if (form === site.usual) return launch;
        const code = kernel.code.replace('sqrt(vi', 'sqrt(1.0001 * vi');
        return { ...launch, kernel: { ...kernel, key: `${kernel.key} bad`, code } };
      },
    };
    const options = { step: asked, onFirst: () => Promise.resolve(), patience: COMPILING };
    const bench = new GpuBench(device.runtime, { ...options, sites: [changed] });
    expect(await bench.prove(site.id, 'bad')).toBe('bits');
    bench.free();
    // Made-up moments of both signs: nothing could be compared.
    const unsaid = new GpuBench(device.runtime, { ...options, sites: [{ ...site, inputs: {} }] });
    expect(await unsaid.prove(site.id, site.others[0])).toBe('wrong');
    unsaid.free();
  });
});
