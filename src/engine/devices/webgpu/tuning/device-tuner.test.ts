/** Tuning on whatever adapter there is, which pretends to be a card: forms are right, what is found is kept and used. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { installDawn } from '../../../dawn-node.ts';
import type { Device } from '../../../device.ts';
import { DeviceLostError } from '../../../errors.ts';
import { choiceOf, type KernelChoice, type TuningRecord } from '../../../kernel-tuning.ts';
import type { AttentionShape } from '../../../operands.ts';
import { createDeviceEngine } from '../../../passes/device-engine.ts';
import { SMALL_BUDGET, testVit, testPopulation } from '../../../passes/test-models.ts';
import { throwAwaySteps } from '../../../passes/throw-away-steps.ts';
import { uploadBackbone } from '../../../passes/weights.ts';
import { Draw, expectAgreement, results, type Program } from '../../test-programs.ts';
import { tileName } from '../kernels/tuning.ts';
import { requestGpu, type RequestedDevice } from '../request-device.ts';
import { asCard, openAsCard } from '../test-card.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { ATTENTION } from './attention-forms.ts';
import { createDeviceTuner } from './device-tuner.ts';
import { GATHERS, UPDATES } from './element-forms.ts';
import { GpuBench, stepIn } from './gpu-bench.ts';
import { FACTOR_GRADIENTS, PROJECTIONS_TO_RANK } from './lora-forms.ts';
import { NORMED_PRODUCTS } from './normed-product-forms.ts';
import { ROW_WORKGROUPS } from './row-forms.ts';
import { PRODUCT_TILES, PRODUCTS, SPLIT_TILES } from './product-forms.ts';
import { changedTo } from './test-sites.ts';

/** Milliseconds: software adapters compile for seconds on a busy machine. */
const COMPILING = 300_000;
const BATCH = 4;

let requested: RequestedDevice;
let device: WebgpuDevice;
beforeAll(async () => {
  await installDawn();
  requested = asCard(await requestGpu());
  device = await openAsCard(requested);
});
// A test that fails leaves its stand-ins to no other.
afterEach(() => vi.restoreAllMocks());
afterAll(() => device.dispose());

const population = () => testPopulation(testVit('quick_gelu'), { runs: 2, batchSize: BATCH });

/** q, k and v with LoRA and dropout in one product of several tiles, and their backward. */
const products: Program = (on, draw) => {
  const groups = { count: 2, rowsPerGroup: 150 };
  const maps = [draw.linear(64, 80), draw.linear(64, 40)];
  const lora = draw.lora(64, 80, 3, [1, 0], [0.25, 0]);
  const [x, dy] = [draw.tensor(300, 64), draw.tensor(300, 80)];
  const terms = [
    { map: maps[0], lora },
    { map: maps[1], lora: null },
  ];
  const ys =
    on.fused?.applyLinears(x, terms, groups) ??
    terms.map(({ map, lora: own }) => on.applyLinear(x, map, groups, own, null));
  return [...ys, on.linearInputGradient(dy, maps[0], groups, lora, null)];
};

/** A layer norm, and a map behind it with its activation; several tiles, odd numbers of rows and columns. */
const normed =
  (keep: boolean): Program =>
  (on, draw) => {
    const groups = { count: 2, rowsPerGroup: 150 };
    const [x, map] = [draw.tensor(300, 68), draw.linear(68, 40)];
    const [gain, bias] = [draw.tensor(1, 68), draw.tensor(1, 68)];
    if (on.fused?.applyNormedActivated) {
      const norm = { gain, bias, epsilon: 1e-5 };
      const { stats, hidden, activated } = on.fused.applyNormedActivated(x, norm, map, 'quick_gelu', groups, keep);
      return [stats, activated, ...(hidden ? [hidden] : [])];
    }
    const { y, stats } = on.layerNorm(x, gain, bias, 1e-5, groups);
    const hidden = on.applyLinear(y, map, groups, null, null);
    return [stats, on.activation(hidden, 'quick_gelu', groups), ...(keep ? [hidden] : [])];
  };

/** Long sums: with bias, LoRA, dropout and residual, of a closed group nothing, of k odd and no multiple of what is staged. */
const longSums: Program = (on, draw) => {
  const groups = { count: 3, rowsPerGroup: 21, live: Uint8Array.of(1, 0, 1) };
  const [inputs, outputs] = [203, 44];
  const map = draw.linear(inputs, outputs);
  const lora = draw.lora(inputs, outputs, 3, [1, 0, 0], [0.25, 0, 0]);
  const [x, dy, add] = [draw.tensor(63, inputs), draw.tensor(63, outputs), draw.tensor(63, outputs)];
  const { rows, cols } = on.shape(lora.params);
  const gradients = draw.tensor(rows, cols);
  on.loraGradient(dy, x, groups, lora, gradients);
  return [on.applyLinear(x, map, groups, lora, add), on.linearInputGradient(dy, map, groups, lora, null), gradients];
};

/** A product, a layer norm in front of one, and gradients of LoRA, each with a sum that several workgroups may share. */
function sumsOfAllFamilies<T>(on: Device<T>, draw: Draw<T>): void {
  const groups = { count: 1, rowsPerGroup: 150 };
  const map = draw.linear(128, 32);
  const lora = draw.lora(128, 32, 2, [0], null);
  const [x, dy] = [draw.tensor(150, 128), draw.tensor(150, 32)];
  const [gain, bias] = [draw.tensor(1, 128), draw.tensor(1, 128)];
  const { rows, cols } = on.shape(lora.params);
  on.applyLinear(x, map, groups, null, null);
  on.fused?.applyNormedActivated?.(x, { gain, bias, epsilon: 1e-5 }, map, 'quick_gelu', groups, false);
  on.loraGradient(dy, x, groups, lora, draw.tensor(rows, cols));
}

const attention =
  (shape: Omit<AttentionShape, 'groups' | 'sequences'>, size: number, live: number[]): Program =>
  (on, draw) => {
    const { queries, tokens, heads } = shape;
    const sequences = 2 * live.length;
    const groups = { count: live.length, rowsPerGroup: 2 * queries, live: Uint8Array.from(live) };
    const full = { ...shape, sequences, groups };
    const rows = (count: number) => draw.tensor(sequences * count, heads * size);
    const [q, dOut, k, v] = [rows(queries), rows(queries), rows(tokens), rows(tokens)];
    const { out, softmax } = on.attention(q, k, v, full, true);
    if (!softmax) throw new Error('asked to keep the softmax');
    const { dq, dk, dv } = on.attentionGradient(dOut, q, k, v, softmax, full);
    return [out, dq, dk, dv];
  };

describe('a form', { timeout: COMPILING }, () => {
  // 2, 4 and 8 rows of a thread, one vector of columns and two, 8, 16 and 32 steps of k at a time, a team and several. What else there is has other numbers in the same lines.
  it.each(
    ['128×128 staged of 8×8 by 8', '32×64 staged of 4×8', '8×64 staged of 2×4 by 32 in 4 parts'].map(
      (name) => [name, PRODUCT_TILES.find((tile) => tileName(tile) === name)] as const,
    ),
  )('of a product is right: %s', async (_, tile) => {
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(PRODUCTS, 'usual').mockReturnValue(tile);
    await expectAgreement([device], products);
  });

  // Normalising: a row by one thread and by many, one vector of columns and two, a team and several.
  it.each(
    [
      [false, '32×64 staged', true],
      [true, '128×64 staged of 8×8', true],
      [true, '8×64 staged of 2×4 by 32 in 4 parts', false],
    ].map(
      ([inside, name, keep]) => [inside, name, keep, PRODUCT_TILES.find((tile) => tileName(tile) === name)] as const,
    ),
  )('of a layer norm and a product is right: in the product %s, %s, keeping %s', async (inside, _, keep, tile) => {
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(NORMED_PRODUCTS, 'usual').mockReturnValue({ tile, inside: inside === true });
    await expectAgreement([device], normed(keep === true));
  });

  it('of a product is right, and the same each time, where workgroups share k', async () => {
    const tile = SPLIT_TILES.find((candidate) => tileName(candidate) === '16×64 staged, k over 4 workgroups');
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(PRODUCTS, 'usual').mockReturnValue(tile);
    vi.spyOn(FACTOR_GRADIENTS, 'usual').mockReturnValue({ parts: 8, workgroups: 4 });
    await expectAgreement([device], longSums);
    expect(await results(device, longSums, 1)).toEqual(await results(device, longSums, 1));
  });

  // A part of a head is a vector or two; heads of 64, four in a part, train in gpu-profiles.test.ts.
  it.each([
    ['packed', 'short sequences', { queries: 17, tokens: 17, heads: 3, causal: false }, 8, [1, 1]],
    ['packed', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 8, [1, 0, 1]],
    ['packed', 'one query, odd head', { queries: 1, tokens: 37, heads: 2, causal: false }, 5, [0, 1]],
    ['shared', 'several tiles', { queries: 37, tokens: 37, heads: 2, causal: false }, 32, [1, 1]],
    ['shared', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 16, [1, 0, 1]],
    ['shared', 'one query', { queries: 1, tokens: 37, heads: 2, causal: false }, 32, [0, 1]],
    ['shared in memory', 'several tiles', { queries: 37, tokens: 37, heads: 2, causal: false }, 32, [1, 1]],
    ['shared in memory', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 16, [1, 0, 1]],
    ['shared in memory', 'one query', { queries: 1, tokens: 37, heads: 2, causal: false }, 32, [0, 1]],
  ] as const)('of attention is right: %s, %s', async (kind, _, shape, size, live) => {
    vi.spyOn(ATTENTION, 'usual').mockReturnValue({ kind, threads: 64 });
    await expectAgreement([device], attention(shape, size, [...live]));
  });
});

describe('tuning', { timeout: COMPILING }, () => {
  it('proves forms of every family in a training step', async () => {
    const { spec } = population();
    const uploaded = uploadBackbone(device, testVit('quick_gelu'));
    const steps = throwAwaySteps(device, uploaded, { spec, batchSize: BATCH, example: {} });
    const { done, sites } = stepIn(device.runtime, {}, () => steps.run());
    await done;
    const families = new Set(sites.map(({ family }) => family));
    expect([...families].sort()).toEqual([
      'AdamW',
      'LoRA gradient',
      'LoRA projection',
      'attention',
      'gather',
      'layer norm',
      'layer norm and product',
      'product',
    ]);
    const onFirst = vi.fn(() => Promise.resolve());
    const bench = new GpuBench(device.runtime, { step: () => steps.run(), sites, onFirst, patience: COMPILING });
    // Every kind of form once, of products two forms: those of a kind differ in numbers alone, and compiling takes its time. What they compute is tested above and in element-forms.test.ts.
    const seen = new Set<string>();
    for (const { id, family, others } of sites)
      for (const form of family.includes('product') ? others.slice(0, 2) : others) {
        const kind = `${family} ${form.replace(/\d+/g, '')}`;
        if (seen.has(kind)) continue;
        seen.add(kind);
        expect(await bench.prove(id, form), `${id}: ${form}`).toBeNull();
      }
    expect(onFirst).toHaveBeenCalledTimes(seen.size);
    bench.free();
    steps.dispose();
    uploaded.free();
  });

  it('proves that workgroups may share long sums of every family that has them', async () => {
    const draw = new Draw(device, 1);
    const asked = (): Promise<void> => Promise.resolve(void sumsOfAllFamilies(device, draw));
    const { done, sites } = stepIn(device.runtime, {}, asked);
    await done;
    const bench = new GpuBench(device.runtime, {
      step: asked,
      sites,
      onFirst: () => Promise.resolve(),
      patience: COMPILING,
    });
    const proven: string[] = [];
    for (const { id, family, others } of sites) {
      const form = others.find((name) => name.includes('workgroups'));
      if (form === undefined || proven.includes(family)) continue;
      expect(await bench.prove(id, form), `${id}: ${form}`).toBeNull();
      proven.push(family);
    }
    expect(proven.sort()).toEqual(['LoRA gradient', 'layer norm and product', 'product']);
    bench.free();
  });

  it('proves forms of kernels that write and read what is kept as halves', async () => {
    const draw = new Draw(device, 1);
    const half = (inFeatures: number, outFeatures: number) =>
      device.linear({ weight: draw.values(inFeatures * outFeatures), bias: null, inFeatures, outFeatures }, 'f16');
    const groups = { count: 1, rowsPerGroup: 150 };
    const [fc1, fc2, lora] = [half(32, 64), half(64, 32), draw.lora(64, 32, 2, [0], null)];
    const [x, dy, gain, bias] = [draw.tensor(150, 32), draw.tensor(150, 32), draw.tensor(1, 32), draw.tensor(1, 32)];
    const { rows, cols } = lora.params;
    const gradients = draw.tensor(rows, cols);
    /** The two ways to an activation, and what reads it. */
    const mlp = (): Promise<void> => {
      device.fused.applyNormedActivated?.(x, { gain, bias, epsilon: 1e-5 }, fc1, 'quick_gelu', groups, true);
      const { activated } = device.fused.applyLinearActivated(x, { map: fc1, lora: null }, 'quick_gelu', groups, true);
      device.applyLinear(activated, fc2, groups, lora, null);
      device.fused.linearsBackward([{ map: fc2, lora, dy }], groups, { x: activated, gradients, input: null });
      return Promise.resolve();
    };
    const { done, sites } = stepIn(device.runtime, {}, mlp);
    await done;
    const ofHalves = sites.filter(({ id }) => id.includes('halves'));
    const bench = new GpuBench(device.runtime, {
      step: mlp,
      sites: ofHalves,
      onFirst: () => Promise.resolve(),
      patience: COMPILING,
    });
    const proven: Record<string, string[]> = { 'kept as halves': [], 'of halves': [] };
    for (const [part, families] of Object.entries(proven))
      for (const { id, family, others } of ofHalves.filter(({ id }) => id.includes(part))) {
        if (families.includes(family)) continue;
        expect(await bench.prove(id, others[0]), `${id}: ${others[0]}`).toBeNull();
        families.push(family);
      }
    expect(proven['kept as halves'].sort()).toEqual(['layer norm and product', 'product']);
    expect(proven['of halves'].sort()).toEqual(['LoRA gradient', 'LoRA projection', 'product']);
    bench.free();
  });

  it('saves a dispatch where a product forms the layer norm before it', async () => {
    const { spec } = testPopulation(testVit('quick_gelu'), {
      runs: 2,
      batchSize: BATCH,
      targets: { projections: ['q', 'v'] },
    });
    const uploaded = uploadBackbone(device, testVit('quick_gelu'));
    const steps = throwAwaySteps(device, uploaded, { spec, batchSize: BATCH, example: {} });
    const { choices } = device.runtime;
    /** They are counted, not made. */
    const sent = vi.spyOn(device.runtime, 'dispatch').mockImplementation(() => {});
    const dispatches = async (forms: KernelChoice): Promise<number> => {
      sent.mockClear();
      await stepIn(device.runtime, forms, () => steps.run()).done;
      return sent.mock.calls.length;
    };
    const { sites } = choices.noting(() => void steps.run());
    const inside = sites.flatMap(({ id, others }): [string, string][] => {
      const form = others.find((name) => name.endsWith('normalises'));
      return form === undefined ? [] : [[id, form]];
    });
    expect(inside.length).toBeGreaterThan(0);
    await steps.run();
    // One in every layer, in both of the steps that are made.
    expect(await dispatches(Object.fromEntries(inside))).toBe(
      (await dispatches({})) - 2 * testVit('quick_gelu').vision.blocks.length,
    );
    sent.mockRestore();
    steps.dispose();
    uploaded.free();
  });

  it('finds what is wrong with a form', async () => {
    const { spec } = population();
    const uploaded = uploadBackbone(device, testVit('quick_gelu'));
    const steps = throwAwaySteps(device, uploaded, { spec, batchSize: BATCH, example: {} });
    const { done, sites } = stepIn(device.runtime, {}, () => steps.run());
    await done;
    const site = sites.find(({ usual, launch }) => launch(usual).kernel.code.includes('s0 += bias;'));
    if (!site) throw new Error('a step has products with a bias');
    const faultOf = async (change: (code: string) => string) => {
      const changed = { ...changedTo(site, change), hasSameBits: () => true };
      const options = { step: () => steps.run(), onFirst: () => Promise.resolve(), patience: COMPILING };
      const bench = new GpuBench(device.runtime, { ...options, sites: [changed] });
      await bench.whenCompiled(site.id, ['bad']);
      const fault = await bench.prove(site.id, 'bad');
      bench.free();
      return fault;
    };
    expect(await faultOf((code) => code.replace('fn main', 'fn other'))).toBe('compile');
    expect(await faultOf((code) => code.replace('s0 += bias;', 's0 -= bias;'))).toBe('wrong');
    expect(await faultOf((code) => code.replace('s0 += bias;', 's0 += bias * 1.000001;'))).toBe('bits');
    expect(await faultOf((code) => code)).toBeNull();
    steps.dispose();
    uploaded.free();
  });

  it('compiles forms in the background a few at a time, in their order, and none that nobody waits for any more', async () => {
    const { runtime } = device;
    const asked = (): Promise<void> => Promise.resolve(void sumsOfAllFamilies(device, new Draw(device, 1)));
    const { done, sites } = stepIn(runtime, {}, asked);
    await done;
    const [first, second] = sites.filter(({ others }) => others.length >= 4);
    const ends: (() => void)[] = [];
    const compile = vi.spyOn(runtime, 'compile').mockImplementation(() => new Promise((resolve) => ends.push(resolve)));
    const options = { step: asked, sites, onFirst: () => Promise.resolve(), patience: 1 };
    const bench = new GpuBench(runtime, options);
    const launch = vi.spyOn(first, 'launch');
    for (const { id, others } of [first, second]) bench.compile(id, others.slice(0, 4));
    expect(ends).toHaveLength(3);
    expect(launch.mock.calls.flat()).toEqual(first.others.slice(0, 3));
    ends[1]();
    await vi.waitUntil(() => ends.length === 4);
    expect(launch.mock.calls.flat()).toEqual(first.others.slice(0, 4));
    expect(bench.isCompiling).toBe(true);
    bench.free();
    for (const end of ends) end();
    await vi.waitUntil(() => !bench.isCompiling);
    expect(compile).toHaveBeenCalledTimes(4);
  });

  it('names the forms with which the device is lost in its compiler, and compiles them alone the next time, behind all others', async () => {
    const { runtime } = device;
    const asked = (): Promise<void> => Promise.resolve(void sumsOfAllFamilies(device, new Draw(device, 1)));
    const { done, sites } = stepIn(runtime, {}, asked);
    await done;
    const [first, second] = sites.filter(({ others }) => others.length >= 4);
    const keyOf = (form: string) => `${first.family}: ${form}`;
    const ends: { readonly well: () => void; readonly lost: () => void }[] = [];
    vi.spyOn(runtime, 'compile').mockImplementation(
      () =>
        new Promise((resolve, reject) => {
          ends.push({ well: resolve, lost: () => reject(new DeviceLostError('gone')) });
        }),
    );
    const onLoss = vi.fn(() => Promise.resolve());
    const options = { step: asked, sites, onFirst: () => Promise.resolve(), onLoss, patience: 1 };
    const bench = new GpuBench(runtime, options);
    bench.compile(first.id, first.others.slice(0, 4));
    ends[0].well();
    await vi.waitUntil(() => ends.length === 4);
    for (const { lost } of ends) lost();
    await vi.waitUntil(() => !bench.isCompiling);
    expect(onLoss.mock.calls).toEqual([[[first.others[1], first.others[2], first.others[3]].map(keyOf)]]);

    // The same form for two sites is one form, which is lost with once.
    ends.length = 0;
    const twice = new GpuBench(runtime, options);
    for (let site = 0; site < 2; site++) twice.compile(first.id, first.others.slice(0, 1));
    for (const { lost } of ends) lost();
    await vi.waitUntil(() => !twice.isCompiling);
    expect(onLoss.mock.calls.at(-1)).toEqual([[keyOf(first.others[0])]]);

    ends.length = 0;
    const launch = [first, second].map((site) => vi.spyOn(site, 'launch'));
    const suspects = first.others.slice(0, 2);
    const next = new GpuBench(runtime, { ...options, alone: suspects.map(keyOf) });
    next.compile(first.id, suspects);
    next.compile(second.id, second.others.slice(0, 2));
    for (const compiled of [1, 3, 4]) {
      await vi.waitUntil(() => ends.length >= compiled);
      expect(ends).toHaveLength(compiled);
      for (const { well } of ends.slice(0, compiled)) well();
    }
    await vi.waitUntil(() => !next.isCompiling);
    expect(launch.map(({ mock }) => mock.calls.flat())).toEqual([suspects, second.others.slice(0, 2)]);
  });

  it('keeps with which forms the device was lost in its compiler, before the study hears of the loss', async () => {
    // Products have many forms. Of the other families those that are compiled first may be one form at three sites, which is named once.
    for (const family of [
      ATTENTION,
      PROJECTIONS_TO_RANK,
      FACTOR_GRADIENTS,
      NORMED_PRODUCTS,
      ROW_WORKGROUPS,
      GATHERS,
      UPDATES,
    ])
      vi.spyOn(family, 'others').mockReturnValue([]);
    const backbone = testVit('quick_gelu');
    const { spec } = population();
    const tuner = createDeviceTuner(device.runtime, requested.description, { budget: 1e9 });
    const engine = createDeviceEngine({ ...device, tuner }, SMALL_BUDGET);
    engine.load(backbone);
    let lose = (): void => {};
    vi.spyOn(device.runtime, 'compile').mockImplementation(
      () =>
        new Promise((_, reject) => {
          lose = () => reject(new DeviceLostError('gone'));
        }),
    );
    const keep = vi.fn<(record: TuningRecord) => Promise<void>>(() => Promise.resolve());
    const work = engine.tuner?.tune({ spec, batchSize: BATCH, example: {} }, null, keep);
    if (!work) throw new Error('the device has forms');
    while (!work.isWaiting) await work.slice(1, { milliseconds: 0, count: 0 });
    work.end(); // the study's own step was the first to fail
    lose();
    await vi.waitUntil(() => keep.mock.calls.length > 0);
    expect(keep.mock.calls.at(-1)?.[0].lost).toHaveLength(3);
  });

  /** A product of a step, its bench, and a clock that stands still but for what launches are said to take. */
  async function scripted(patience: number) {
    const { runtime } = device;
    const draw = new Draw(device, 1);
    const asked = (): Promise<void> => Promise.resolve(void sumsOfAllFamilies(device, draw));
    const { done, sites } = stepIn(runtime, {}, asked);
    await done;
    const site = sites.find(({ family }) => family === 'product');
    if (!site) throw new Error('a step has products');
    const read = runtime.read.bind(runtime);
    let clock = 0;
    const launches: (number | Error)[] = [];
    const spies = [
      vi.spyOn(performance, 'now').mockImplementation(() => clock),
      vi.spyOn(runtime, 'read').mockImplementation(async (tensors) => {
        const values = await read(tensors);
        const next = launches.shift() ?? 0;
        if (next instanceof Error) throw next;
        clock += next;
        return values;
      }),
    ];
    const [onFirst, onReturn] = [vi.fn(() => Promise.resolve()), vi.fn(() => Promise.resolve())];
    const bench = new GpuBench(runtime, {
      step: asked,
      sites: [changedTo(site, (code) => `${code} `)],
      onFirst,
      onReturn,
      patience,
    });
    const faultOf = (...taken: (number | Error)[]) => {
      launches.push(...taken);
      return bench.prove(site.id, 'the same');
    };
    const end = () => {
      bench.free();
      spies.forEach((spy) => spy.mockRestore());
    };
    return { faultOf, onFirst, onReturn, end };
  }

  it('waits three times as long as the usual form takes', async () => {
    const { faultOf, end } = await scripted(500);
    expect(await faultOf(590, 600)).toBeNull();
    expect(await faultOf(1760)).toBeNull();
    expect(await faultOf(1780)).toBe('slow');
    end();
    const quick = await scripted(500);
    expect(await quick.faultOf(1, 499)).toBeNull();
    expect(await quick.faultOf(501)).toBe('slow');
    quick.end();
  });

  it('blames a form for a loss only while it runs', async () => {
    const lost = new DeviceLostError('gone');
    const { faultOf, onFirst, onReturn, end } = await scripted(500);
    await expect(faultOf(lost)).rejects.toThrow(lost); // the usual form ran
    expect(onFirst).not.toHaveBeenCalled();
    expect(await faultOf(1, lost)).toBe('lost');
    expect(await faultOf(1, lost)).toBe('lost'); // it runs a second time
    expect(onFirst).toHaveBeenCalledOnce();
    expect(onReturn).not.toHaveBeenCalled();
    end();
    const other = await scripted(500);
    expect(await other.faultOf(1, 1)).toBeNull();
    expect(other.onReturn).toHaveBeenCalledOnce();
    other.end();
  });

  it('keeps what it finds and leaves the kernels in use as they are; a study takes it up', async () => {
    // One other form of a few kernels: emulated adapters compile for minutes.
    vi.spyOn(ATTENTION, 'others').mockReturnValue([{ kind: 'packed', threads: 64 }]);
    for (const family of [PRODUCTS, PROJECTIONS_TO_RANK, FACTOR_GRADIENTS, ROW_WORKGROUPS, GATHERS, UPDATES])
      vi.spyOn(family, 'others').mockReturnValue([]);
    // A step and a proof take a thirtieth of the time there is, whatever the machine does meanwhile.
    let milliseconds = 0;
    vi.spyOn(GpuBench.prototype, 'now').mockImplementation(() => (milliseconds += 250));
    const backbone = testVit('quick_gelu');
    const { spec, batch } = population();
    const tuner = createDeviceTuner(device.runtime, requested.description, { budget: 8000 });
    const engine = createDeviceEngine({ ...device, tuner }, SMALL_BUDGET);
    engine.load(backbone);
    if (!engine.tuner) throw new Error('the device has forms');
    const stepOf = async () => {
      const trainer = engine.createTrainer(spec);
      const { loss, gradientNorm } = await trainer.step(batch(0));
      trainer.dispose();
      return [...loss, ...gradientNorm];
    };
    const before = await stepOf();
    const bytes = engine.memoryBytes();
    const kept: TuningRecord[] = [];
    const keep = (record: TuningRecord) => Promise.resolve(void kept.push(record));
    const work = engine.tuner.tune({ spec, batchSize: BATCH, example: {}, halves: 'these' }, null, keep);
    let slices = 0;
    while (!(await work.slice(50, { milliseconds: 0, count: 0 })))
      if (slices++ === 2) expect(await stepOf()).toEqual(before);
    const record = kept.at(-1);
    expect(record).toMatchObject({ version: 1, key: tuner.key });
    expect(record?.suspect).toBeUndefined();
    expect(Object.values(record?.sites ?? {}).some(({ milliseconds }) => milliseconds !== null)).toBe(true);
    // On a busy machine a form may be given up as slow; none is wrong.
    expect(Object.values(record?.faults ?? {}).filter((fault) => fault !== 'slow')).toEqual([]);
    expect(await stepOf()).toEqual(before);
    // The same steps in half precision, which were timed and whose backbone is gone again.
    const { difference, milliseconds: ofBoth } = record?.halves?.these ?? {};
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(0.01);
    expect(ofBoth).toHaveLength(2);
    expect(engine.memoryBytes()).toBe(bytes);

    const { sites } = stepIn(device.runtime, {}, () => Promise.resolve(void stepOf()));
    const choice = Object.fromEntries(
      sites.filter(({ family }) => family === 'attention').map(({ id }) => [id, 'packed, 64 threads']),
    );
    engine.tuner.choose({ ...choiceOf(record ?? { sites: {} }), ...choice });
    const after = await stepOf();
    after.forEach((value, i) => expect(value).toBeCloseTo(before[i], 4));
    engine.tuner.choose({});
    expect(await stepOf()).toEqual(before);
  });

  it('proves what is chosen at the shapes of a study, once, and nothing that the study does not have', async () => {
    const { runtime } = device;
    const backbone = testVit('quick_gelu');
    const { spec } = population();
    const tuner = createDeviceTuner(runtime, requested.description);
    const engine = createDeviceEngine({ ...device, tuner }, SMALL_BUDGET);
    engine.load(backbone);
    if (!engine.tuner) throw new Error('the device has forms');
    const uploaded = uploadBackbone(device, backbone);
    const sitesOf = (batchSize: number): string[] => {
      const steps = throwAwaySteps(device, uploaded, { spec, batchSize, example: {} });
      const { sites } = runtime.choices.noting(() => runtime.collect(() => void steps.run()));
      steps.dispose();
      return sites.map(({ id }) => id);
    };
    const isForward = (id: string) => id.startsWith('attention: forward, kept');
    const [small, large] = [sitesOf(BATCH), sitesOf(4 * BATCH)].map((ids) => ids.find(isForward) ?? '');
    expect(small).not.toBe(large);
    const choice = { [small]: 'packed, 64 threads', [large]: 'packed, 64 threads' };
    engine.tuner.choose(choice);
    const heard = () => vi.fn(() => Promise.resolve());
    const watch = { onFirst: heard(), onReturn: heard(), onUncompiled: heard() };
    const prove = (batchSize: number) => engine.tuner?.prove([{ spec, batchSize, examples: [{}] }], watch);
    const proofs = vi.spyOn(GpuBench.prototype, 'prove');
    for (const [batchSize, site] of [
      [BATCH, small],
      [4 * BATCH, large],
      [BATCH, small],
    ] as const) {
      expect(await prove(batchSize)).toEqual({ choice: { [site]: 'packed, 64 threads' }, refused: [], faults: {} });
    }
    expect(proofs).toHaveBeenCalledTimes(2); // the third was proven before
    expect(watch.onFirst.mock.calls).toEqual([['attention: packed, 64 threads'], ['attention: packed, 64 threads']]);
    expect(watch.onReturn).toHaveBeenCalledTimes(2);
    expect(engine.tuner.chosen).toEqual(choice);
    proofs.mockRestore();

    // A driver of today computes another kernel wrongly.
    const fault = vi.spyOn(GpuBench.prototype, 'prove').mockResolvedValue('wrong');
    engine.tuner.choose({ [small]: 'blocks' });
    expect(await prove(BATCH)).toEqual({
      choice: {},
      refused: [small],
      faults: { 'attention: blocks': 'wrong' },
    });
    fault.mockRestore();
    engine.tuner.choose({});
    uploaded.free();
  });

  it('is not begun where steps are so long that nothing would be decided in its time', async () => {
    const tuner = createDeviceTuner(device.runtime, requested.description);
    const run = vi.fn(() => Promise.resolve([]));
    const steps = { count: 2, run, dispose: vi.fn() };
    const kept: TuningRecord[] = [];
    const keep = (record: TuningRecord) => Promise.resolve(void kept.push(record));
    const work = tuner.tune(steps, null, keep, { name: 'these', steps });
    expect(await work.slice(60, { milliseconds: 100, count: 300 })).toBe(true); // 26 of 100 ms, and a twentieth are 1.5 s
    expect(run).not.toHaveBeenCalled();
    // A later study, whose steps may be shorter, asks again.
    expect(kept).toMatchObject([{ sites: {} }]);
    expect(kept[0].halves).toBeUndefined();
    // A long training has the time.
    await tuner.tune(steps, null, keep).slice(60, { milliseconds: 100, count: 600 });
    expect(run).toHaveBeenCalled();
  });

  it('has no key for adapters that are emulated or say nothing', () => {
    const { runtime } = device;
    const { description } = requested;
    const nameless = { ...description, vendor: '', architecture: '', name: 'unnamed adapter' };
    expect(createDeviceTuner(runtime, { ...description, software: true }).key).toBeNull();
    expect(createDeviceTuner(runtime, nameless).key).toBeNull();
    expect(createDeviceTuner(runtime, { ...description, software: true }, { software: true }).key).not.toBeNull();
  });
});
