/** Maps of one input on every kind of tile, against the composition of single operations in float64. */
import { describe, expect, it } from 'vitest';
import type { Activation, LinearWeights } from '../../../../model/backbone.ts';
import type { Device } from '../../../device.ts';
import type { DeviceLinear } from '../../../operands.ts';
import { asHalves, type Precision } from '../../../precision.ts';
import { applyLinearActivated, applyLinears, linearsBackward, type Adaptation } from '../../../passes/linears.ts';
import { Draw, expectAgreement, type TestProgram } from '../../test-programs.ts';
import { createLinear } from './linear-matrix.ts';
import { withAllTiles } from '../../../../../tests/support/webgpu-devices.ts';

const devices = withAllTiles();

/** LoRA, and DoRA where asked for, of several maps in one params tensor; null where a map has none. */
function lorasOf<T>(
  d: Device<T>,
  draw: Draw<T>,
  maps: readonly DeviceLinear[],
  rank: number,
  slots: readonly (number[] | null)[],
  rates: number[] | null,
  dora = false,
): { params: T; loras: (Adaptation<T> | null)[] } {
  const count = Math.max(...slots.flatMap((list) => list ?? [])) + 1;
  let size = 1;
  const offsets = maps.map(({ inFeatures, outFeatures }) => {
    const aOffset = size;
    const bOffset = size + rank * inFeatures;
    const offset = bOffset + rank * outFeatures;
    size = offset + (dora ? outFeatures : 0);
    return { aOffset, bOffset, offset };
  });
  const params = draw.tensor(count, size, 0.3);
  const loras = slots.map((list, t) => {
    if (!list) return null;
    const { offset, ...factors } = { ...offsets[t], params, rank, scale: 0.5 + t };
    const slotOfGroup = Int32Array.from(list);
    const dropout = rates && {
      rates: Float32Array.from(rates),
      keys: Uint32Array.from(rates, (_, g) => 3e9 + 7 * g + t),
    };
    const scaling = dora ? { scales: d.doraScales(maps[t], factors, offset), offset, slotOfGroup } : null;
    return { ...factors, slotOfGroup, dropout, dora: scaling };
  });
  return { params, loras };
}

interface Case {
  readonly inputs: number;
  readonly outputs: readonly number[];
  readonly rowsPerGroup: number;
  readonly rank: number;
  /** Per map, then per group. */
  readonly slots: readonly (number[] | null)[];
  readonly live: number[];
  readonly rates: number[] | null;
  readonly dora?: boolean;
  /** Whether x comes from an activation: its gradient is one of what went in. */
  readonly activated?: boolean;
}

const CASES: Record<string, Case> = {
  'q, k, v': {
    inputs: 64,
    outputs: [64, 64, 64],
    rowsPerGroup: 34,
    rank: 4,
    slots: [
      [0, 1],
      [1, 0],
      [0, 1],
    ],
    live: [1, 1],
    rates: null,
    activated: true,
  },
  'odd widths, a closed group, a map without LoRA': {
    inputs: 37,
    outputs: [20, 7, 50],
    rowsPerGroup: 17,
    rank: 5,
    slots: [[0, -1, 1], null, [1, -1, 1]],
    live: [1, 1, 0],
    rates: null,
  },
  'dropout, one slot for two groups': {
    inputs: 40,
    outputs: [96, 12],
    rowsPerGroup: 50,
    rank: 17,
    slots: [
      [0, 0],
      [0, -1],
    ],
    live: [1, 1],
    rates: [0, 0.3],
  },
  'DoRA, odd widths, dropout, a closed group, a map without LoRA': {
    inputs: 37,
    outputs: [20, 7, 50],
    rowsPerGroup: 17,
    rank: 5,
    slots: [[0, -1, 1], null, [1, -1, 1]],
    live: [1, 1, 0],
    rates: [0.3, 0, 0],
    dora: true,
    activated: true,
  },
  'more maps than a dispatch treats': {
    inputs: 12,
    outputs: [8, 8, 8, 16],
    rowsPerGroup: 5,
    rank: 64,
    slots: [[0], [0], [0], [0]],
    live: [1],
    rates: null,
  },
};

const allOf =
  ({ inputs, outputs, rowsPerGroup, rank, slots, live, rates, dora, activated = false }: Case): TestProgram =>
  (d, draw) => {
    const groups = { count: live.length, rowsPerGroup, live: Uint8Array.from(live) };
    const rows = live.length * rowsPerGroup;
    const maps = outputs.map((out, t) => draw.linear(inputs, out, t !== 1));
    const { params, loras } = lorasOf(d, draw, maps, rank, slots, rates, dora);
    const terms = maps.map((map, t) => ({ map, lora: loras[t] }));
    const x = draw.tensor(rows, inputs);
    const forward = applyLinears(d, x, terms, groups, true);
    const gradients = draw.tensor(d.shape(params).rows, d.shape(params).cols);
    const backward = terms.map((term, t) => ({ ...term, z: forward[t].z, dy: draw.tensor(rows, outputs[t]) }));
    const accumulate = draw.tensor(rows, inputs);
    const dx = linearsBackward(d, backward, groups, { x, gradients, input: { accumulate, activation: null } });
    const activation = { hidden: draw.tensor(rows, inputs), kind: 'quick_gelu' as const };
    const intoActivation = { x, gradients, input: { accumulate: null, activation } };
    const dHidden = activated ? linearsBackward(d, backward, groups, intoActivation) : null;
    linearsBackward(d, backward, groups, { x, gradients, input: null });
    if (!dx || (activated && !dHidden)) throw new Error('dx was asked for');
    return [...forward.map(({ y }) => y), dx, ...(dHidden ? [dHidden] : []), gradients];
  };

const activated =
  (kind: Activation, inputs: number, outputs: number, dora = false): TestProgram =>
  (d, draw) => {
    const groups = { count: 2, rowsPerGroup: 37 };
    const map = draw.linear(inputs, outputs);
    const { loras } = lorasOf(d, draw, [map], 3, [[-1, 0]], null, dora);
    const x = draw.tensor(74, inputs);
    const term = { map, lora: loras[0] };
    const kept = applyLinearActivated(d, x, term, kind, groups, true);
    const { activated } = applyLinearActivated(d, x, { ...term, lora: null }, kind, groups, false);
    if (!kept.hidden) throw new Error('hidden was asked for');
    return [kept.hidden, kept.activated, activated];
  };

/**
 * A shader takes a software adapter a third of a second to compile when its cache is cold, and each case asks for a dozen: together they have every
 * number of maps, inputs and outputs of whole vectors and odd ones, LoRA with dropout, without, and none, on each kind of tile. What differs
 * between tiles is how products are summed and LoRA is added; DoRA is a kernel of its own.
 */
const CASES_OF_TILE: Record<string, readonly string[]> = {
  lanes: [
    'dropout, one slot for two groups',
    'DoRA, odd widths, dropout, a closed group, a map without LoRA',
    'more maps than a dispatch treats',
  ],
  staged: ['q, k, v', 'dropout, one slot for two groups'],
  direct: ['q, k, v', 'odd widths, a closed group, a map without LoRA'],
};
const TIMEOUT = 240_000;

describe.each(Object.keys(CASES_OF_TILE))('maps of one input on %s tiles', (tile) => {
  it.each(CASES_OF_TILE[tile])(
    'agree with float64: %s',
    (name) => expectAgreement([devices[tile]], allOf(CASES[name])),
    TIMEOUT,
  );
});

/** With an activation behind them: each kind, on each kind of tile, of whole vectors and odd ones. */
it.each([
  ['lanes', 'gelu_tanh', 20, 16, false],
  ['lanes', 'gelu', 33, 18, true],
  ['staged', 'quick_gelu', 64, 256, false],
  ['direct', 'quick_gelu', 64, 256, false],
] as const)(
  'a map on %s tiles with %s behind it, %i → %i, agrees with float64, DoRA %s',
  (tile, kind, inputs, outputs, dora) => expectAgreement([devices[tile]], activated(kind, inputs, outputs, dora)),
  TIMEOUT,
);

/** The program with maps in half precision. */
const inHalves =
  (program: TestProgram): TestProgram =>
  (d) => {
    const halved = { ...d, linear: (weights: LinearWeights) => d.linear(weights, 'f16') };
    return program(halved, new Draw(halved, 1));
  };

describe('weights in half precision', () => {
  it('are read by float16 where there is such a type, else unpacked', () => {
    expect(devices.lanes.runtime.halves).toBe('f16');
    expect(devices.staged.runtime.halves).toBe('f16');
    expect(devices.direct.runtime.halves).toBe('packed');
  });

  it.each(Object.keys(CASES_OF_TILE))(
    'are on %s tiles the same numbers bit for bit, in both directions',
    async (tile) => {
      const device = devices[tile];
      const draw = new Draw(device, 3);
      // Odd widths, so that rows begin in the middle of words; values down to where halves have fewer digits.
      const [inFeatures, outFeatures] = [22, 13];
      const small = (count: number) => draw.values(count).map((value, i) => value * 2 ** -(i % 20));
      const [weight, bias] = [small(inFeatures * outFeatures), small(outFeatures)];
      const map = device.linear({ weight, bias, inFeatures, outFeatures }, 'f16');
      /** A last row of zeros brings the bias alone. */
      const identity = (n: number) =>
        device.upload(
          Float32Array.from({ length: (n + 1) * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)),
          n + 1,
          n,
        );
      const groups = (rowsPerGroup: number) => ({ count: 1, rowsPerGroup });
      const [y, rows] = await device.readAll([
        device.applyLinear(identity(inFeatures), map, groups(inFeatures + 1), null, null),
        device.linearInputGradient(identity(outFeatures), map, groups(outFeatures + 1), null, null),
      ]);
      const [halves, added] = [asHalves(weight), asHalves(bias)];
      expect(rows.subarray(0, halves.length)).toEqual(halves);
      expect(y).toEqual(
        Float32Array.from({ length: (inFeatures + 1) * outFeatures }, (_, i) => {
          const [k, column] = [Math.floor(i / outFeatures), i % outFeatures];
          return (k < inFeatures ? halves[column * inFeatures + k] : 0) + added[column];
        }),
      );
    },
    TIMEOUT,
  );

  // On other tiles the words of a matrix are read by the same lines, whatever is around a product: above, bit for bit.
  it(
    'agree with float64 over the same halves, with LoRA, DoRA and dropout around',
    () =>
      expectAgreement(
        [devices.lanes],
        inHalves(allOf(CASES['DoRA, odd widths, dropout, a closed group, a map without LoRA'])),
      ),
    TIMEOUT,
  );

  it('are half as many bytes', () => {
    const { runtime } = devices.lanes;
    const weights = { weight: new Float32Array(64 * 64), bias: null, inFeatures: 64, outFeatures: 64 };
    const bytesOf = (precision: Precision) => createLinear(runtime, weights, precision).source.bytes;
    expect(bytesOf('f16')).toBe(bytesOf('f32') / 2);
  });
});

it('what memory held before never reaches a sum', async () => {
  const device = devices.staged;
  const draw = new Draw(device, 4);
  // 20 steps of k in tiles of 16, over memory that was full of values that are not numbers.
  for (const precision of ['f32', 'f16'] as const) {
    const dirty = Array.from({ length: 8 }, () => device.upload(new Float32Array(1024).fill(NaN), 1, 1024));
    await device.read(dirty[0]);
    device.free(...dirty);
    const weight = draw.values(20 * 12);
    const map = device.linear({ weight, bias: null, inFeatures: 20, outFeatures: 12 }, precision);
    const groups = { count: 1, rowsPerGroup: 4 };
    const y = device.applyLinear(draw.tensor(4, 20), map, groups, null, null);
    const dx = device.linearInputGradient(draw.tensor(4, 12), map, groups, null, null);
    for (const values of await device.readAll([y, dx])) expect(values.every(Number.isFinite)).toBe(true);
  }
}, 240_000);

it('refuses factors and slots that do not exist', () => {
  const device = devices.lanes;
  const draw = new Draw(device, 5);
  const lora = draw.lora(8, 4, 2, [0], null);
  const map = device.linear({ weight: new Float32Array(32), bias: null, inFeatures: 8, outFeatures: 4 });
  const groups = { count: 1, rowsPerGroup: 3 };
  const apply = (change: Partial<typeof lora>) => () =>
    device.applyLinear(draw.tensor(3, 8), map, groups, { ...lora, ...change }, null);
  expect(apply({ slotOfGroup: Int32Array.of(1) })).toThrow('slot 1 does not exist');
  expect(apply({ slotOfGroup: Int32Array.of(0, 0) })).toThrow('2 slots for 1 groups');
  expect(apply({ bOffset: 1000 })).toThrow('factors end at');
});
