import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainableDevice } from '../../../scripts/pretrain/all-weights/trainable-device.ts';
import { createTrainableReference } from './trainable-reference.ts';
import { openTrainableWasm } from '../../../scripts/pretrain/all-weights/trainable-wasm.ts';
import { allLive, deviation, Draw } from '../../../src/engine/devices/test-programs.ts';
import type { WasmTensor } from '../../../src/engine/devices/wasm/wasm-tensor.ts';

type Program = <T>(device: TrainableDevice<T>, draw: Draw<T>) => T[];

const devices: TrainableDevice<WasmTensor>[] = [];
beforeAll(async () => {
  for (const relaxedSimd of [true, false])
    for (const threads of [1, 3]) devices.push(await openTrainableWasm({ threads, relaxedSimd }));
});
afterAll(() => devices.forEach((device) => device.dispose()));

const results = <T>(device: TrainableDevice<T>, program: Program): Promise<Float32Array[]> =>
  device.readAll(program(device, new Draw(device, 1)));

/** Every wasm device gives what float64 gives, and any number of threads the same bits. */
async function agrees(program: Program): Promise<void> {
  const expected = await results(createTrainableReference(), program);
  const actual: Float32Array[][] = [];
  for (const device of devices) actual.push(await results(device, program));
  actual.forEach((values, d) =>
    values.forEach((value, i) =>
      expect(deviation(value, expected[i]), `output ${i} on ${devices[d].info.device}`).toBeLessThan(1e-5),
    ),
  );
  expect(actual[1]).toEqual(actual[0]);
  expect(actual[3]).toEqual(actual[2]);
}

describe('the operations of pretraining', () => {
  it.each([
    [64, 64, 68],
    [64, 256, 51],
    [7, 5, 9],
    [1, 1, 1],
    [33, 9, 48],
    [800, 24, 70],
  ])('trained linear maps %i → %i, %i rows', (inputs, outputs, rows) =>
    agrees((d, draw) => {
      const size = inputs * outputs + outputs + 3;
      const groups = allLive(1, rows);
      const params = draw.tensor(1, size);
      const w = d.linearView(params, 2, inputs * outputs + 3, inputs, outputs);
      const plain = d.linearView(params, 1, -1, inputs, outputs);
      const x = draw.tensor(rows, inputs);
      const dy = draw.tensor(rows, outputs);
      const before = [d.linearInputGradient(dy, w, groups, null, null), d.applyLinear(x, w, groups, null, null)];
      d.write(params, draw.values(size));
      d.refreshLinear(w);
      d.refreshLinear(plain);
      const gradients = draw.tensor(1, size);
      d.linearWeightGradient(dy, x, { gradients, weightOffset: 2, biasOffset: inputs * outputs + 3 });
      d.linearWeightGradient(dy, x, { gradients, weightOffset: 0, biasOffset: -1 });
      const after = [d.linearInputGradient(dy, w, groups, null, null), d.applyLinear(x, w, groups, null, null)];
      const results = [...before, ...after, d.applyLinear(x, plain, groups, null, null), gradients];
      d.freeLinear(w);
      d.freeLinear(plain);
      return results;
    }),
  );

  it.each([
    [1, 1],
    [6, 7],
    [15, 64],
    [66, 30],
    [9, 385],
  ])('gain and bias of layer norms [%i, %i]', (rows, cols) =>
    agrees((d, draw) => {
      const x = draw.tensor(rows, cols);
      const { stats } = d.layerNorm(x, draw.tensor(1, cols), draw.tensor(1, cols), 1e-5, allLive(1, rows));
      const gradients = draw.tensor(1, 2 * cols + 3);
      const dy = draw.tensor(rows, cols);
      d.layerNormWeightGradient(dy, x, stats, { gradients, weightOffset: 1, biasOffset: cols + 3 });
      d.layerNormWeightGradient(dy, x, stats, { gradients, weightOffset: 0, biasOffset: -1 });
      return [gradients];
    }),
  );

  it.each([
    [197 * 4, 197, 12],
    [5000, 1, 7],
    [700, 17, 3],
    [3, 8, 4],
    [10, 3, 1],
  ])('sums of %i rows over a period of %i, %i columns', (rows, period, cols) =>
    agrees((d, draw) => {
      const gradients = draw.tensor(1, period * cols + 2);
      d.sumRowsInto(draw.tensor(rows, cols), period, gradients, 2);
      return [gradients];
    }),
  );

  it.each([1, 6, 64])('rows of a table with %i columns', (cols) =>
    agrees((d, draw) => {
      const table = draw.tensor(1, 20 * cols);
      const dy = draw.tensor(12, cols);
      d.scatterRowsInto(dy, draw.integers(12, 5), table, 3);
      d.scatterRowsInto(dy, draw.integers(12, 9), table, 3); // a longer range at the same place
      return [table];
    }),
  );

  it('leave everything else bit-identical', async () => {
    const [device] = devices;
    const before = new Draw(device, 1).values(400);
    const gradients = device.upload(before, 1, 400);
    const x = new Draw(device, 2).tensor(4, 8);
    device.scatterRowsInto(x, Int32Array.of(30, 7, 7, 30), gradients, 4);
    device.sumRowsInto(x, 2, gradients, 100);
    const after = await device.read(gradients);
    const touched = new Set([7, 30].flatMap((row) => Array.from({ length: 8 }, (_, c) => 4 + 8 * row + c)));
    for (let i = 100; i < 116; i++) touched.add(i);
    before.forEach((value, i) => {
      if (!touched.has(i)) expect(after[i]).toBe(value);
    });
  });

  it('refuse what does not exist', () => {
    const [device] = devices;
    const x = device.zeros(4, 3);
    const table = device.zeros(2, 3);
    expect(() => device.scatterRowsInto(table, Int32Array.of(0, 4), x, 0)).toThrow('scatterRowsInto: index 4');
    expect(() => device.sumRowsInto(x, 2, table, 1)).toThrow('sumRowsInto gradients: [1, 7)');
    expect(() => device.linearView(table, 1, -1, 3, 2)).toThrow('linearView weight: [1, 7)');
    device.free(x, table);
  });
});
