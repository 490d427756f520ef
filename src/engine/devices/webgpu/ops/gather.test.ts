import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAgreement, results, type TestProgram } from '../../test-programs.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

const agrees = (program: TestProgram) => expectAgreement([device], program);

/** Several are multiples of four, for which there are kernels of their own. */
const COLS = fc.constantFrom(1, 3, 4, 17, 64, 80);

describe('gather and scatter', () => {
  it('agree with float64 for any shape and index', async () => {
    const shapes = fc.record({
      rows: fc.integer({ min: 1, max: 70 }),
      cols: COLS,
      count: fc.integer({ min: 1, max: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ rows, cols, count }) => {
        await agrees((d, draw) => {
          const table = draw.tensor(rows, cols);
          const x = draw.tensor(count, cols);
          const index = draw.integers(count, rows);
          const groups = Int32Array.of(rows - 1, 0, 0);
          return [
            d.gatherRows(table, index),
            d.scatterRows(x, index, rows + 3),
            d.gatherGroups(draw.tensor(rows * 3, cols), groups, 3),
            d.embedTokens(index, table, draw.tensor(7, cols)),
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
    const program: TestProgram = (d, draw) => [d.scatterRows(draw.tensor(2000, 5), draw.integers(2000, 3), 3)];
    expect(await results(device, program, 1)).toEqual(await results(device, program, 1));
  });

  it('refuse what does not exist', () => {
    const x = device.upload(new Float32Array(12), 4, 3);
    const table = device.upload(new Float32Array(6), 2, 3);
    expect(() => device.gatherRows(x, Int32Array.of(0, 4))).toThrow('gatherRows: index 4 at position 1');
    expect(() => device.gatherGroups(x, Int32Array.of(2), 2)).toThrow('gatherGroups: index 2');
    expect(() => device.scatterRows(x, Int32Array.of(0, 1, 2, -1), 3)).toThrow('scatterRows: index -1');
    expect(() => device.scatterRows(x, Int32Array.of(0), 3)).toThrow('scatterRows x');
    expect(() => device.embedTokens(Int32Array.of(2), table, x)).toThrow('embedTokens: index 2');
    expect(() => device.assembleTokens(table, table, x)).toThrow('2 patches are no multiple of 3');
    expect(() => device.sliceSlots(x, 2, 1, 2, Int32Array.of(0))).toThrow('sliceSlots: [2, 4)');
    expect(() => device.addToSlots(table, x, 0, Int32Array.of(1, 1))).toThrow('a slot is named twice');
    device.free(x, table);
  });
});
