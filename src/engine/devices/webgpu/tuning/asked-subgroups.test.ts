/** Products on subgroups of a size that the kernel asks for, on an adapter that has one size and is said to have several. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMPILING } from '../../../../../tests/support/webgpu-devices.ts';
import { installDawn } from '../../../dawn-node.ts';
import type { Device } from '../../../device.ts';
import { Draw, expectAgreement, type TestProgram } from '../../test-programs.ts';
import { askedLanes, DIRECT, lanes, tileName } from '../kernels/tuning.ts';
import { requestGpu } from '../request-device.ts';
import { openAsCard } from '../test-card.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import type { Hardware } from './forms.ts';
import { GpuBench, stepIn } from './gpu-bench.ts';
import { hardwareOf } from './hardware.ts';
import { PRODUCTS, type ProductProblem } from './product-forms.ts';
import { LEAST } from './test-hardware.ts';
import { PLAIN_VARIANT } from './test-products.ts';

let device: WebgpuDevice;
let sizes: readonly number[] = [];
/** Lanes of the adapter's subgroups; null: their size cannot be asked for. */
let size: number | null = null;
beforeAll(async () => {
  await installDawn();
  const requested = await requestGpu();
  const { device: gpu } = requested;
  const { subgroupMinSize: least } = gpu.adapterInfo;
  size = gpu.features.has('subgroup-size-control') && least ? least : null;
  Object.defineProperty(gpu, 'adapterInfo', { value: { subgroupMinSize: least, subgroupMaxSize: 4 * (least ?? 0) } });
  sizes = hardwareOf(requested).sizes;
  device = await openAsCard(requested);
});
afterAll(() => device.dispose());
afterEach(() => vi.restoreAllMocks());

const INTEL: Hardware = { ...LEAST, subgroups: true, slowWorkgroups: true };
const problemOf = (outputs: number): ProductProblem => ({
  variant: { ...PLAIN_VARIANT, outputs },
  segments: 4,
  rows: 512,
  cols: 64,
  depths: [256],
});

describe('subgroups that vary', () => {
  const asking = (askable: readonly number[]): string[] =>
    PRODUCTS.others({ ...INTEL, sizes: askable }, problemOf(1))
      .map(tileName)
      .filter((name) => name.includes('asked for'));

  it('give one tile more to try, where their size can be asked for', () => {
    expect(asking([])).toEqual([]);
    expect(asking([8, 16, 32])).toHaveLength(1);
    expect(asking([64, 128])).toEqual([]); // there are no tiles for so many lanes
  });

  it('are no larger than what outputs begin at', () => {
    const every = PRODUCTS.every?.({ ...INTEL, sizes: [8, 16, 32] }, problemOf(3)) ?? [];
    expect(every.filter(({ asks }) => asks)).toEqual([askedLanes(8)]);
  });

  it('have no tile but the one that was asked for', () => {
    const every = PRODUCTS.every?.({ ...INTEL, subgroup: 8, sizes: [] }, problemOf(1)) ?? [];
    expect(every).toContain(lanes(8));
    expect(every.some(({ asks }) => asks)).toBe(false);
  });
});

describe('slow memory of workgroups', () => {
  it('has a tile without it among those that are tried, whatever its estimate, once', () => {
    const sizes = [8, 16, 32];
    for (const rows of [8, 512, 8192]) {
      const problem = { ...problemOf(1), rows };
      const others = (hardware: Hardware) => PRODUCTS.others({ ...hardware, sizes }, problem).map(tileName);
      const [usual, slow] = [others(LEAST), others(INTEL)];
      expect(slow.filter((name) => name === tileName(DIRECT))).toHaveLength(1);
      expect(slow.filter((name) => name.includes('asked for'))).toHaveLength(1);
      expect(slow).toEqual(expect.arrayContaining(usual));
    }
    expect(PRODUCTS.others(LEAST, { ...problemOf(1), rows: 8192 })).not.toContain(DIRECT);
  });
});

/** Products of several tiles with LoRA and dropout, odd rows, and their backward. */
const products: TestProgram = (on, draw) => {
  const groups = { count: 2, rowsPerGroup: 37 };
  const map = draw.linear(64, 80);
  const lora = draw.lora(64, 80, 3, [1, 0], [0.25, 0]);
  const [x, dy] = [draw.tensor(74, 64), draw.tensor(74, 80)];
  return [on.applyLinear(x, map, groups, lora, null), on.linearInputGradient(dy, map, groups, lora, null)];
};

describe('a product on subgroups that it asks for', { timeout: COMPILING }, () => {
  it('computes what others do', async (context) => {
    if (size === null) return context.skip('NOT CHECKED: this adapter gives no size of subgroups that is asked for.');
    expect(sizes).toEqual([size, 2 * size, 4 * size]);
    vi.spyOn(PRODUCTS, 'usual').mockReturnValue(askedLanes(size));
    await expectAgreement([device], products);
  });

  it('is proven where the adapter has the size, and struck out where it refuses it', async (context) => {
    if (size === null) return context.skip('NOT CHECKED: this adapter gives no size of subgroups that is asked for.');
    const { every } = PRODUCTS;
    if (every) vi.spyOn(PRODUCTS, 'others').mockImplementation((...asked) => every(...asked));
    const product = <T>(on: Device<T>, draw: Draw<T>): void => {
      on.applyLinear(draw.tensor(74, 64), draw.linear(64, 80), { count: 1, rowsPerGroup: 74 }, null, null);
    };
    const step = (): Promise<void> => Promise.resolve(product(device, new Draw(device, 1)));
    const { done, sites } = stepIn(device.runtime, {}, step);
    await done;
    const [{ id }] = sites;
    const forms = [size, 2 * size].map((lanesOf) => tileName(askedLanes(lanesOf)));
    const options = { step, sites, onFirst: () => Promise.resolve(), patience: COMPILING };
    const bench = new GpuBench(device.runtime, options);
    await bench.whenCompiled(id, forms);
    expect(await bench.prove(id, forms[0])).toBeNull();
    expect(await bench.prove(id, forms[1])).toBe('compile');
    bench.free();
  });
});
