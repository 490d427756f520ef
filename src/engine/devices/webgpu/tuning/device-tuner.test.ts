/** Tuning of training steps on whatever adapter there is, which pretends to be a card: what is found is kept and used. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMPILING } from '../../../../../tests/support/webgpu-devices.ts';
import { installDawn } from '../../../dawn-node.ts';
import { DeviceLostError } from '../../../errors.ts';
import { choiceOf, type KernelChoice, type TuningRecord } from '../../../kernel-tuning.ts';
import { createDeviceEngine } from '../../../passes/device-engine.ts';
import { SMALL_BUDGET, testVit, testPopulation } from '../../../passes/test-models.ts';
import { throwAwaySteps } from '../../../passes/throw-away-steps.ts';
import { uploadBackbone } from '../../../passes/weights.ts';
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
import { PRODUCTS } from './product-forms.ts';

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

    // Another time, with a form more, only what was not timed is tried, behind the fastest that is known.
    const [first] = Object.entries(record?.sites ?? {}).filter(([, { others }]) => others !== undefined);
    expect(Object.keys(first[1].others ?? {})).toEqual(['packed, 64 threads']);
    expect(first[1].flops).toBeGreaterThan(0);
    vi.spyOn(ATTENTION, 'others').mockReturnValue([64, 32].map((threads) => ({ kind: 'packed', threads })));
    const compiled = vi.spyOn(GpuBench.prototype, 'compile').mockImplementation(() => {});
    const again = engine.tuner.tune({ spec, batchSize: BATCH, example: {} }, record ?? null, keep);
    while (compiled.mock.calls.length === 0) await again.slice(1, { milliseconds: 0, count: 0 });
    again.end();
    const forms = compiled.mock.calls.find(([site]) => site === first[0])?.[1];
    expect(forms).toEqual([...(first[1].form === null ? [] : [first[1].form]), 'packed, 32 threads']);
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
