/** Activations, gathers and AdamW in all their forms, on whatever adapter there is. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDeviceEngine } from '../../../passes/device-engine.ts';
import { SHAPE, SMALL_BUDGET, testPopulation, testVit } from '../../../passes/test-models.ts';
import { throwAwaySteps } from '../../../passes/throw-away-steps.ts';
import { uploadBackbone } from '../../../passes/weights.ts';
import { Draw, expectAgreement, results, type TestProgram } from '../../test-programs.ts';
import { openAsCard } from '../test-card.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { ACTIVATIONS, GATHERS, UPDATES } from './element-forms.ts';
import { GpuBench, stepIn } from './gpu-bench.ts';
import { LEAST } from './test-hardware.ts';
import { changedTo } from './test-sites.ts';
import { COMPILING, withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened), openAsCard);
afterEach(() => vi.restoreAllMocks());

/** Enough that no form is left out. */
const MANY = 2 ** 20;
const formsOf = (family: typeof GATHERS) => family.others(LEAST, { kernel: 'any', width: 4, count: MANY });

/** All activations and their gradients, with a closed group; columns of whole vectors and odd ones. */
const activations =
  (cols: number): TestProgram =>
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
  (cols: number): TestProgram =>
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
  (unit: number): TestProgram =>
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

/** Images of 16 pixels for the model. */
const hold = (size: number, count: number) => {
  const held = device.images.hold(
    {
      pixels: Uint8Array.from({ length: count * size ** 2 * 3 }, (_, i) => Math.imul(i, 2654435761) >>> 24),
      count,
      size,
      borders: new Uint8Array(3 * count).fill(90),
      preprocessing: {
        imageSize: 16,
        filter: 'bicubic',
        rescale: 1 / 255,
        mean: [0.5, 0.4, 0.3],
        std: [1, 2, 3],
      },
    },
    4,
  );
  if (!held) throw new Error('there is room for them');
  return held;
};
/** A turn with a shift, and grey. */
const AUGMENTATION = Float32Array.of(0.8, 0.6, 1.5, -2, 1.1, 0.9, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1);

describe('a form has the bits of the usual one:', { timeout: COMPILING }, () => {
  /** Other threads, each with several elements: every kernel in this form, and one kernel of each family in all forms (below). The lines around a kernel are the same for all. */
  const SEVERAL = { threads: 64, each: 4 };

  it('there is one with other threads and several elements for each', () => {
    for (const family of [ACTIVATIONS, GATHERS]) expect(formsOf(family)).toContainEqual(SEVERAL);
  });

  it.each([
    ['activations of whole vectors', ACTIVATIONS, activations(64)],
    ['activations of odd rows', ACTIVATIONS, activations(37)],
    ['gathers of whole vectors', GATHERS, gathers(64)],
    ['gathers of odd rows', GATHERS, gathers(37)],
  ] as const)('%s', async (_, family, program) => {
    await expectAgreement([device], program);
    const expected = await results(device, program, 1);
    vi.spyOn(family, 'usual').mockReturnValue(SEVERAL);
    expect(await results(device, program, 1)).toEqual(expected);
  });

  it('images that become patches, resized or not, augmented or not', async () => {
    const draw = async () => {
      const results: Float32Array[] = [];
      for (const { size, augmentation } of [
        { size: 12, augmentation: null },
        { size: 16, augmentation: AUGMENTATION },
      ]) {
        const held = hold(size, 5);
        const patches = device.images.patches(held, Int32Array.of(4, 1), augmentation);
        results.push(await device.read(patches));
        device.free(patches);
        device.images.free(held);
      }
      return results;
    };
    const expected = await draw();
    vi.spyOn(GATHERS, 'usual').mockReturnValue(SEVERAL);
    expect(await draw()).toEqual(expected);
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

  it('hold for kernels that make patches of images, also where rows of a tensor say what to read', async () => {
    const held = hold(12, 300);
    const draw = (): Promise<void> => {
      const index = Int32Array.from({ length: 300 }, (_, i) => i);
      const augmentation = Float32Array.from({ length: 300 * 8 }, (_, i) => AUGMENTATION[i % 16]);
      for (const augmented of [null, augmentation]) device.free(device.images.patches(held, index, augmented));
      return Promise.resolve();
    };
    const { done, sites } = stepIn(device.runtime, {}, draw);
    await done;
    expect(new Set(sites.map(({ id }) => id.split(',')[0]))).toEqual(
      new Set(['select images', 'augment images', 'resize images', 'patchify'].map((kernel) => `gather: ${kernel}`)),
    );
    const options = { step: draw, onFirst: () => Promise.resolve(), patience: COMPILING };
    const bench = new GpuBench(device.runtime, { ...options, sites });
    // What is asked here is whether the kernels can be given made-up inputs: of any form.
    for (const { id, others } of sites) expect(await bench.prove(id, others[0]), `${id}: ${others[0]}`).toBeNull();
    bench.free();
    // Bits of whole numbers, as the kernel reads them.
    const { inputs = {} } = GATHERS;
    const [first, count, ...weights] = Array.from({ length: 12 }, (_, at) => inputs.taps(0.25, at, 12));
    const bits = new Uint32Array(Float32Array.of(first, count, ...weights).buffer);
    expect([...bits.subarray(0, 2)]).toEqual([0, 10]);
    expect(bits.subarray(2).every((weight) => weight === Math.floor(2 ** 20 / 10))).toBe(true);
    device.images.free(held);
  });

  it('find a form that writes nothing or not all, takes one tensor for another, or replaces what it should add to', async () => {
    const [rows, cols] = [2 ** 13, 2 ** 8];
    const step = (): Promise<void> => {
      const [dy, x, sums] = [0, 1, 2].map(() => device.zeros(rows, cols));
      device.free(device.activationGradient(dy, x, 'gelu', { count: 1, rowsPerGroup: rows }));
      device.addToSlots(
        dy,
        sums,
        0,
        Int32Array.from({ length: rows }, (_, row) => row),
      );
      device.free(dy, x, sums);
      return Promise.resolve();
    };
    const { done, sites } = stepIn(device.runtime, {}, step);
    await done;
    const [gradient, adding] = sites;
    const line = 'dx[at] = dy[at] * activationDerivative(x[at]);';
    const options = { step, onFirst: () => Promise.resolve(), patience: COMPILING };
    for (const [site, from, to] of [
      [gradient, line, `if (p.count == 0u) { ${line} }`],
      [gradient, line, `${line} if (i == p.count - 1u) { dx[at] = 2.0 * dx[at]; }`],
      [gradient, line, 'dx[at] = x[at] * activationDerivative(dy[at]);'],
      [adding, 'sums[place] += source[i];', 'sums[place] = source[i];'],
    ] as const) {
      const bench = new GpuBench(device.runtime, {
        ...options,
        sites: [changedTo(site, (code) => code.replace(from, to))],
      });
      expect(await bench.prove(site.id, 'bad'), to).toBe('wrong');
      bench.free();
    }
    // Proofs of one site after another.
    const bench = new GpuBench(device.runtime, {
      ...options,
      sites: [gradient, changedTo(adding, (code) => code.replace('+= source[i]', '-= source[i]'))],
    });
    expect(await bench.prove(gradient.id, gradient.others[0])).toBeNull();
    expect(await bench.prove(adding.id, 'bad')).toBe('wrong');
    bench.free();
  });

  it('find a form that is wrong where second moments count', async () => {
    const { done, sites } = stepIn(device.runtime, {}, asked);
    await done;
    const site = sites.find(({ family }) => family === 'AdamW');
    if (!site) throw new Error('AdamW was asked for');
    const changed = changedTo(site, (code) => code.replace('sqrt(vi', 'sqrt(1.0001 * vi'));
    const options = { step: asked, onFirst: () => Promise.resolve(), patience: COMPILING };
    const bench = new GpuBench(device.runtime, { ...options, sites: [changed] });
    expect(await bench.prove(site.id, 'bad')).toBe('bits');
    bench.free();
    const third = changedTo(site, (code) => code.replace('v[i] = vi;', 'v[i] = 1.01 * vi;'));
    const ofAll = new GpuBench(device.runtime, { ...options, sites: [third] });
    expect(await ofAll.prove(site.id, 'bad')).toBe('wrong');
    ofAll.free();
    // Made-up moments of both signs: nothing could be compared.
    const unsaid = new GpuBench(device.runtime, { ...options, sites: [{ ...site, inputs: {} }] });
    expect(await unsaid.prove(site.id, site.others[0])).toBe('wrong');
    unsaid.free();
  });
});

it(
  'steps that count for nothing draw their images as a study does, and never repeat the kernels of another form',
  async () => {
    const backbone = testVit('quick_gelu');
    const { spec } = testPopulation(backbone, { runs: 1, batchSize: 4 });
    const engine = createDeviceEngine(device, SMALL_BUDGET);
    engine.load(backbone);
    const { imageSize } = SHAPE;
    const images = engine.trainingImages({
      pixels: new Uint8Array(4 * imageSize ** 2 * 3).fill(70),
      count: 4,
      size: imageSize,
      borders: new Uint8Array(12),
      preprocessing: { imageSize, filter: 'bicubic', rescale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
    });
    if (!images) throw new Error('there is room for them');
    const drawn = { images, index: Int32Array.of(3, 1, 0, 2), augmentation: null };
    const uploaded = uploadBackbone(device, backbone);
    const steps = throwAwaySteps(device, uploaded, { spec, batchSize: 4, example: {}, images: drawn });
    for (let n = 0; n < 3; n++) await steps.run();
    const { done, sites } = stepIn(device.runtime, {}, () => steps.run());
    await done;
    const site = sites.find(({ id }) => id.startsWith('gather: patchify'));
    if (!site) throw new Error('images become patches on the device');
    const dispatched = vi.spyOn(device.runtime, 'dispatch');
    await stepIn(device.runtime, { [site.id]: '64 threads' }, () => steps.run()).done;
    expect(dispatched.mock.calls.map(([{ key }]) => key)).toContain('patchify, 64 threads');
    steps.dispose();
    uploaded.free();
    images.dispose();
  },
  COMPILING,
);
