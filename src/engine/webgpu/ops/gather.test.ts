import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import { Draw, expectAgreement, results, type Program } from '../../wasm/test-programs.ts';
import { openWebgpu } from '../open.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';

let device: WebgpuDevice;
beforeAll(async () => {
  await installDawn();
  device = await openWebgpu();
});
afterAll(() => device.dispose());

const agrees = (program: Program) => expectAgreement([device], program);

/** Several are multiples of four, for which there are kernels of their own. */
const COLS = fc.constantFrom(1, 3, 4, 17, 64, 80);

describe('gather and scatter', () => {
  it('agree with float64 for any shape, index and offset', async () => {
    const shapes = fc.record({
      rows: fc.integer({ min: 1, max: 70 }),
      cols: COLS,
      count: fc.integer({ min: 1, max: 300 }),
      offset: fc.constantFrom(0, 1, 4, 9),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ rows, cols, count, offset }) => {
        await agrees((d, draw) => {
          const table = draw.tensor(rows, cols);
          const x = draw.tensor(count, cols);
          const index = draw.integers(count, rows);
          const gradients = draw.tensor(2, rows * cols + offset);
          d.scatterRowsInto(x, index, gradients, offset);
          d.sumRowsInto(x, Math.min(rows, 5), gradients, offset);
          const groups = Int32Array.of(rows - 1, 0, 0);
          return [
            d.gatherRows(table, index),
            d.scatterRows(x, index, rows + 3),
            d.gatherGroups(draw.tensor(rows * 3, cols), groups, 3),
            d.embedTokens(index, table, draw.tensor(7, cols)),
            gradients,
          ];
        });
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [17, 64],
    [50, 30],
    [197, 16],
    [2, 1],
  ])('assemble %i tokens of width %i', (tokens, width) =>
    agrees((d, draw) => {
      const positions = draw.tensor(tokens, width);
      return [d.assembleTokens(draw.tensor(5 * (tokens - 1), width), draw.tensor(1, width), positions)];
    }),
  );

  it.each([
    [197 * 40, 197, 12],
    [5000, 1, 7],
    [700, 17, 3],
    [3, 8, 4],
  ])('sum %i rows over a period of %i, %i columns', (rows, period, cols) =>
    agrees((d, draw) => {
      const gradients = draw.tensor(1, period * cols + 2);
      d.sumRowsInto(draw.tensor(rows, cols), period, gradients, 2);
      return [gradients];
    }),
  );

  it.each([
    [4, 3, 5, 2],
    [0, 8, 16, 0],
    [12, 1, 1, 3],
  ])('slices of slots at offset %i, [%i, %i], and back', (offset, rows, cols, rest) =>
    agrees((d, draw) => {
      const params = draw.tensor(6, offset + rows * cols + rest);
      const slots = Int32Array.of(4, 0, 5);
      const slices = d.sliceSlots(params, offset, rows, cols, slots);
      d.addToSlots(draw.tensor(3 * rows, cols), params, offset, slots);
      return [slices, params];
    }),
  );

  it('add in the same order every time', async () => {
    const program: Program = (d, draw) => {
      const x = draw.tensor(2000, 5);
      const gradients = draw.tensor(1, 200);
      d.scatterRowsInto(x, draw.integers(2000, 9), gradients, 3);
      d.sumRowsInto(x, 4, gradients, 60);
      return [gradients, d.scatterRows(x, draw.integers(2000, 3), 3)];
    };
    expect(await results(device, program, 1)).toEqual(await results(device, program, 1));
  });

  it('leave everything else bit-identical', async () => {
    const before = new Draw(device, 1).values(400);
    const [after] = await results(
      device,
      (d, draw) => {
        const gradients = d.upload(before, 1, 400);
        const x = draw.tensor(4, 8);
        d.scatterRowsInto(x, Int32Array.of(30, 7, 7, 30), gradients, 4);
        d.sumRowsInto(x, 2, gradients, 100);
        return [gradients];
      },
      2,
    );
    const touched = new Set([7, 30].flatMap((row) => Array.from({ length: 8 }, (_, c) => 4 + 8 * row + c)));
    for (let i = 100; i < 116; i++) touched.add(i);
    before.forEach((value, i) => {
      if (!touched.has(i)) expect(after[i]).toBe(value);
    });
  });

  it('refuse what does not exist', () => {
    const x = device.upload(new Float32Array(12), 4, 3);
    const table = device.upload(new Float32Array(6), 2, 3);
    expect(() => device.gatherRows(x, Int32Array.of(0, 4))).toThrow('gatherRows: index 4 at position 1');
    expect(() => device.gatherGroups(x, Int32Array.of(2), 2)).toThrow('gatherGroups: index 2');
    expect(() => device.scatterRows(x, Int32Array.of(0, 1, 2, -1), 3)).toThrow('scatterRows: index -1');
    expect(() => device.scatterRows(x, Int32Array.of(0), 3)).toThrow('scatterRows x');
    expect(() => device.scatterRowsInto(table, Int32Array.of(0, 4), x, 0)).toThrow('scatterRowsInto: index 4');
    expect(() => device.sumRowsInto(x, 2, table, 1)).toThrow('sumRowsInto: [1, 7)');
    expect(() => device.embedTokens(Int32Array.of(2), table, x)).toThrow('embedTokens: index 2');
    expect(() => device.assembleTokens(table, table, x)).toThrow('2 patches are no multiple of 3');
    expect(() => device.sliceSlots(x, 2, 1, 2, Int32Array.of(0))).toThrow('sliceSlots: [2, 4)');
    expect(() => device.addToSlots(table, x, 0, Int32Array.of(1, 1))).toThrow('a slot is named twice');
    device.free(x, table);
  });
});
