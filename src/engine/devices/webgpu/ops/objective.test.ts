import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAgreement, results, type TestProgram } from '../../test-programs.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

const agrees = (program: TestProgram) => expectAgreement([device], program);

describe('scores', () => {
  it('and their gradients agree with float64 for any shape', async () => {
    const shapes = fc.record({
      groups: fc.integer({ min: 1, max: 4 }),
      perGroup: fc.integer({ min: 1, max: 70 }),
      classes: fc.constantFrom(1, 2, 9, 32, 37),
      features: fc.constantFrom(1, 16, 33, 64, 130),
      shared: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ groups, perGroup, classes, features, shared }) => {
        const wGroups = shared ? 1 : groups;
        const rows = groups * perGroup;
        await agrees((d, draw) => {
          const x = draw.tensor(rows, features);
          const w = draw.tensor(wGroups * classes, features);
          const dScores = draw.tensor(rows, classes);
          return [
            d.groupScores(x, w, null, 0.5, groups, wGroups),
            d.groupScores(x, w, draw.tensor(1, classes), 1, groups, wGroups),
            d.groupScores(x, w, draw.tensor(groups, classes), 2, groups, wGroups),
            d.groupScoresInputGradient(dScores, w, 0.5, groups, wGroups),
            d.groupScoresWeightGradient(dScores, x, 0.5, groups, wGroups),
          ];
        });
      }),
      { numRuns: 20 },
    );
  });

  it('refuse groups that do not fit', () => {
    const x = device.zeros(6, 4);
    const w = device.zeros(6, 4);
    expect(() => device.groupScores(x, w, null, 1, 3, 2)).toThrow('wGroups is 2, expected 1 or 3');
    expect(() => device.groupScores(x, w, null, 1, 4, 4)).toThrow('do not divide into 4 and 4 groups');
    expect(() => device.groupScores(x, w, x, 1, 3, 3)).toThrow('groupScores bias is [6, 4]; expected [3, 2]');
    expect(() => device.groupScoresInputGradient(x, w, 1, 2, 2)).toThrow('dScores is [6, 4]; expected [6, 3]');
    device.free(x, w);
  });
});

describe('unit rows', () => {
  it.each([
    [5, 1],
    [70, 16],
    [65, 64],
    [3, 129],
    [9, 768],
  ])('[%i, %i]', (rows, cols) =>
    agrees((d, draw) => {
      const { y, norms } = d.normalizeRows(draw.tensor(rows, cols, 3));
      const dx = d.normalizeRowsGradient(draw.tensor(rows, cols), y, norms);
      return cols === 1 ? [y, norms] : [y, norms, dx]; // one column: the gradient is zero, all of it rounding
    }),
  );

  it('of zeros stay zero', async () => {
    const { y } = device.normalizeRows(device.zeros(2, 5));
    expect([...(await device.read(y))]).toEqual(new Array(10).fill(0));
  });
});

describe('cross-entropy', () => {
  it.each([
    [70, 2, 1],
    [65, 9, 10],
    [33, 37, 30],
    [9, 128, 5],
    [5, 1000, 100],
  ])('of [%i, %i] scores of size %i', (rows, classes, size) =>
    agrees((d, draw) => {
      const scores = draw.tensor(rows, classes, size);
      const labels = draw.integers(rows, classes);
      const { loss, predicted, dScores } = d.crossEntropy(scores, labels, 0.25);
      if (!dScores) throw new Error('gradients were asked for');
      return [loss, predicted, dScores, d.crossEntropy(scores, labels, null).loss];
    }),
  );

  it.each([3, 40, 300])('takes the first of equal scores among %i', async (classes) => {
    const scores = new Float32Array(3 * classes).fill(-2);
    for (const at of [1, classes - 1]) scores[classes + at] = 5; // row 1: two largest; rows 0 and 2: all equal
    const x = device.upload(scores, 3, classes);
    const { predicted } = device.crossEntropy(x, new Int32Array(3), null);
    expect([...(await device.read(predicted))]).toEqual([0, 1, 0]);
  });

  it.each([4, 50, 200])('is not a number where one of %i scores is not', async (classes) => {
    const scores = new Float32Array(2 * classes);
    scores[classes - 1] = NaN;
    const { loss } = device.crossEntropy(device.upload(scores, 2, classes), new Int32Array(2), 1);
    const [first, second] = await device.read(loss);
    expect(first).toBeNaN();
    expect(second).toBeCloseTo(Math.log(classes), 5);
  });

  it.each([4, 50, 200])('predicts a class also where none of %i scores is a number', async (classes) => {
    const x = device.upload(new Float32Array(2 * classes).fill(NaN), 2, classes);
    const { predicted } = device.crossEntropy(x, new Int32Array(2), null);
    expect([...(await device.read(predicted))]).toEqual([0, 0]);
  });

  it('repeats bit for bit', async () => {
    const program: TestProgram = (d, draw) => {
      const { loss, dScores } = d.crossEntropy(draw.tensor(50, 300), draw.integers(50, 300), 1);
      return dScores ? [loss, dScores] : [loss];
    };
    expect(await results(device, program, 3)).toEqual(await results(device, program, 3));
  });

  it('refuses labels that are no class', () => {
    const scores = device.zeros(2, 3);
    expect(() => device.crossEntropy(scores, Int32Array.of(0, 3), null)).toThrow('Label 3 of row 1');
    expect(() => device.crossEntropy(scores, Int32Array.of(0), null)).toThrow('crossEntropy scores');
    device.free(scores);
  });
});
