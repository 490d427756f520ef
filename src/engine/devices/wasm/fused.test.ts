import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activation } from '../../../model/backbone.ts';
import type { Groups } from '../../operands.ts';
import { applyLinearActivated, applyLinears, linearsBackward } from '../../passes/linears.ts';
import { createNodeWasmDevice } from './node.ts';
import { Draw, type TestProgram } from '../test-programs.ts';
import { guardBlocks } from './test-guards.ts';
import type { WasmDevice } from './wasm-device.ts';
import type { WasmTensor } from './wasm-tensor.ts';

/** The passes on single operations, which are what the fused ones must equal. */
const composed = (device: WasmDevice): WasmDevice => ({ ...device, fused: undefined });

interface Shape {
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: Groups;
  /** Slot of every group in each of three maps. */
  readonly slots: readonly number[][];
  readonly rank: number;
  readonly rates: number[] | null;
  readonly kind: Activation;
  readonly keep: boolean;
}

/** A block's maps forward and backward as the passes call them: q, k, v with LoRA, then fc1 with its activation, and their gradients. */
const block =
  ({ inputs, outputs, groups, slots, rank, rates, kind, keep }: Shape): TestProgram =>
  (d, draw) => {
    const rows = groups.count * groups.rowsPerGroup;
    const all = { ...groups, live: undefined };
    const terms = slots.map((slotOfGroup) => ({
      map: draw.linear(inputs, outputs),
      lora: slotOfGroup.some((slot) => slot >= 0)
        ? { ...draw.lora(inputs, outputs, rank, slotOfGroup, rates), dora: null }
        : null,
    }));
    const x = draw.tensor(rows, inputs);
    const ys = applyLinears(d, x, terms, all, keep).map(({ y }) => y);
    const dys = terms.map(() => draw.tensor(rows, outputs));
    const gradients = terms.map(({ lora }) => {
      const { rows: slotCount, cols } = lora ? d.shape(lora.params) : { rows: 1, cols: 1 };
      return d.zeros(slotCount, cols);
    });
    const dxs = terms.map((term, i) =>
      linearsBackward(d, [{ ...term, dy: dys[i], z: null }], groups, {
        x,
        gradients: gradients[i],
        input: { accumulate: draw.tensor(rows, inputs), activation: null },
      }),
    );
    const frozen = terms.map(({ map }, i) => ({ map, lora: null, dy: dys[i], z: null }));
    const together = linearsBackward(d, frozen, groups, {
      x: null,
      gradients: gradients[0],
      input: { accumulate: null, activation: null },
    });
    const [first] = terms;
    const { hidden, activated } = applyLinearActivated(d, x, first, kind, all, true);
    const only = applyLinearActivated(d, x, first, kind, all, false).activated;
    const back = draw.linear(outputs, inputs);
    const dHidden =
      hidden &&
      linearsBackward(d, [{ map: back, lora: null, dy: x, z: null }], groups, {
        x: null,
        gradients: gradients[0],
        input: { accumulate: null, activation: { hidden, kind } },
      });
    return [...ys, ...gradients, ...dxs, together, activated, only, dHidden].filter((t) => t !== null);
  };

describe('fused operations', () => {
  let one: WasmDevice;
  let three: WasmDevice;
  /** Words that were written behind a tensor. */
  let writtenBehind: () => number;
  beforeAll(async () => {
    one = await createNodeWasmDevice({ threads: 1 });
    three = await createNodeWasmDevice({ threads: 3 });
    writtenBehind = guardBlocks(three);
  });
  afterAll(() => [one, three].forEach((device) => device.dispose()));

  /** Values of the rows of live groups, where results have that many rows; the others may be anything. */
  async function outcome(device: WasmDevice, shape: Shape): Promise<number[][]> {
    const tensors = block(shape)<WasmTensor>(device, new Draw(device, 11));
    const { count, rowsPerGroup, live } = shape.groups;
    const values = await device.readAll(tensors);
    return values.map((all, i) => {
      const { rows, cols } = tensors[i];
      if (rows !== count * rowsPerGroup || !live) return [...all];
      return [...all].filter((_, at) => live[Math.floor(at / cols / rowsPerGroup)] !== 0);
    });
  }

  it('give the bits of the single operations, for any shape and number of threads', async () => {
    const slot = fc.integer({ min: -1, max: 2 });
    const shapes = fc
      .record({ count: fc.integer({ min: 1, max: 3 }), rowsPerGroup: fc.integer({ min: 1, max: 40 }) })
      .chain(({ count, rowsPerGroup }) =>
        fc.record({
          inputs: fc.integer({ min: 1, max: 40 }),
          outputs: fc.integer({ min: 1, max: 70 }),
          groups: fc.record({
            count: fc.constant(count),
            rowsPerGroup: fc.constant(rowsPerGroup),
            live: fc.option(
              fc.array(fc.constantFrom(0, 1), { minLength: count, maxLength: count }).map((flags) => {
                return Uint8Array.from(flags, (flag, g) => (g === 0 ? 1 : flag));
              }),
              { nil: undefined },
            ),
          }),
          slots: fc.array(fc.array(slot, { minLength: count, maxLength: count }), { minLength: 3, maxLength: 3 }),
          rank: fc.integer({ min: 1, max: 9 }),
          rates: fc.option(fc.constant(Array.from({ length: count }, (_, g) => (g === 1 ? 0.5 : 0)))),
          kind: fc.constantFrom<Activation>('quick_gelu', 'gelu', 'gelu_tanh'),
          keep: fc.boolean(),
        }),
      );
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const expected = await outcome(composed(one), shape);
        for (const device of [one, three, composed(three)]) expect(await outcome(device, shape)).toEqual(expected);
        expect(writtenBehind()).toBe(0);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it('pack the rows of wide maps, with the bits of any number of threads', async () => {
    const shape: Shape = {
      inputs: 771,
      outputs: 30,
      groups: { count: 2, rowsPerGroup: 22 },
      slots: [
        [0, 1],
        [-1, 0],
        [0, 0],
      ],
      rank: 2,
      rates: null,
      kind: 'quick_gelu',
      keep: true,
    };
    const expected = await outcome(composed(one), shape);
    expect(expected.flat().every(Number.isFinite)).toBe(true);
    for (const device of [one, three]) expect(await outcome(device, shape)).toEqual(expected);
  });
});
