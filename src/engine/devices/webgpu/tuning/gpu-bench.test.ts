/** Whether a form is right, in time, and not what the device was lost with: asked of a few kernels, on whatever adapter there is, as a card. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMPILING, withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';
import type { Device } from '../../../device.ts';
import { DeviceLostError } from '../../../errors.ts';
import { Draw } from '../../test-programs.ts';
import { openAsCard } from '../test-card.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { GpuBench, stepIn } from './gpu-bench.ts';
import { changedTo } from './test-sites.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened), openAsCard);
// A test that fails leaves its stand-ins to no other.
afterEach(() => vi.restoreAllMocks());

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

describe('the bench', { timeout: COMPILING }, () => {
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

  it('finds what is wrong with a form', async () => {
    const step = (): Promise<void> => Promise.resolve(void sumsOfAllFamilies(device, new Draw(device, 1)));
    const { done, sites } = stepIn(device.runtime, {}, step);
    await done;
    const site = sites.find(({ usual, launch }) => launch(usual).kernel.code.includes('s0 += bias;'));
    if (!site) throw new Error('a step has products with a bias');
    const faultOf = async (change: (code: string) => string) => {
      const changed = { ...changedTo(site, change), hasSameBits: () => true };
      const options = { step, onFirst: () => Promise.resolve(), patience: COMPILING };
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
});
