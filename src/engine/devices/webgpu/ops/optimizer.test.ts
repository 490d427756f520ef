import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draw, expectAgreement, results, type TestProgram } from '../../test-programs.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

const agrees = (program: TestProgram) => expectAgreement([device], program);

const OPTIONS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 };

describe('rows', () => {
  it.each([
    [300, 1],
    [3, 50],
    [2, 8192],
    [3, 8193],
    [2, 100_003],
    // More workgroups than a dispatch may have side by side.
    [65_600, 2],
  ])('norms of [%i, %i]', (rows, cols) => agrees((d, draw) => [d.rowNorms(draw.tensor(rows, cols, 1e-3))]));

  it.each([1, 700, 300_000])('factors of segments of %i values', (length) =>
    agrees((d, draw) => {
      const x = draw.tensor(2, 2 * length + 3);
      const segments = [
        { offset: 1, length },
        { offset: length + 2, length },
      ];
      d.scaleSegments(x, segments, Float32Array.of(3, 1, -0.5, 12));
      return [x];
    }),
  );

  it('norms take two dispatches at most and repeat bit for bit', async () => {
    const program: TestProgram = (d, draw) => [d.rowNorms(draw.tensor(2, 50_000))];
    const first = await results(device, program, 1);
    device.runtime.counter.take();
    expect(await results(device, program, 1)).toEqual(first);
    expect(device.runtime.counter.take().dispatches).toBe(2);
  });

  it('refuse factors of another number', () => {
    const x = device.zeros(2, 3);
    expect(() => device.scaleSegments(x, [{ offset: 0, length: 1 }], new Float32Array(3))).toThrow('3 factors for 2');
    expect(() => device.scaleSegments(x, [{ offset: 2, length: 2 }], new Float32Array(2))).toThrow('is not within');
    device.free(x);
  });
});

describe('AdamW', () => {
  it('agrees with float64 for any segments, and leaves the rest bit-identical', async () => {
    const cases = fc.record({
      slots: fc.integer({ min: 1, max: 4 }),
      segments: fc.array(fc.record({ gap: fc.nat(5), length: fc.nat(1500) }), { minLength: 1, maxLength: 6 }),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ slots, segments: gaps, seed }) => {
        let size = 0;
        const segments = gaps.map(({ gap, length }) => {
          const offset = size + gap;
          size = offset + length;
          return { offset, length };
        });
        size += 2;
        const active = (slot: number, s: number) => (slot * 7 + s * 3 + seed) % 3 !== 0;
        const coefficients = Float32Array.from({ length: 4 * slots * segments.length }, (_, i) => {
          const item = i >> 2;
          const isActive = active(Math.floor(item / segments.length), item % segments.length);
          return isActive ? [1, 0.01 * (1 + (item % 3)), 1.5, 2][i % 4] : 0;
        });
        const decay = Float32Array.from(segments, (_, s) => (s % 2 ? 0 : 0.5));
        const start = () => [0, 1, 2].map((i) => new Draw(device, seed + i).values(slots * size));
        const program: TestProgram = (d, draw) => {
          const [params, m, v] = start().map((values, i) =>
            d.upload(i === 2 ? values.map(Math.abs) : values, slots, size),
          );
          const gradients = draw.tensor(slots, size);
          for (let step = 0; step < 3; step++)
            d.adamw(params, gradients, m, v, segments, coefficients, { ...OPTIONS, decay });
          return [params, m, v];
        };
        await agrees(program);
        const after = await results(device, program, 1);
        const before = start();
        before[2] = before[2].map(Math.abs);
        for (let slot = 0; slot < slots; slot++)
          for (let i = 0; i < size; i++) {
            const s = segments.findIndex(({ offset, length }) => i >= offset && i < offset + length);
            if (s >= 0 && active(slot, s)) continue;
            const at = slot * size + i;
            const same = after.every((values, which) => Object.is(values[at], before[which][at]));
            if (!same) expect.fail(`slot ${slot}, value ${i} of segment ${s} changed`);
          }
      }),
      { numRuns: 12 },
    );
  });

  it('is one dispatch, and none when nothing is active', () => {
    const tensors = [0, 1, 2, 3].map(() => device.zeros(2, 4000));
    const [params, gradients, m, v] = tensors;
    const segments = [
      { offset: 0, length: 3000 },
      { offset: 3001, length: 10 },
    ];
    const options = { ...OPTIONS, decay: Float32Array.of(1, 0) };
    device.runtime.counter.take();
    device.adamw(params, gradients, m, v, segments, new Float32Array(16).fill(1), options);
    expect(device.runtime.counter.take().dispatches).toBe(1);
    device.adamw(params, gradients, m, v, segments, new Float32Array(16), options);
    expect(device.runtime.counter.take().dispatches).toBe(0);
    device.free(...tensors);
  });

  it('refuses what does not fit', () => {
    const x = device.zeros(2, 10);
    const step = (length: number, coefficients: number, decay: number) => () =>
      device.adamw(x, x, x, x, [{ offset: 2, length }], new Float32Array(coefficients), {
        ...OPTIONS,
        decay: new Float32Array(decay),
      });
    expect(step(9, 8, 1)).toThrow('segment [2, 11) is not within the 10 values');
    expect(step(8, 4, 1)).toThrow('4 coefficients for 2 slots × 1 segments');
    expect(step(8, 8, 2)).toThrow('2 decay factors for 1 segments');
    device.free(x);
  });
});
