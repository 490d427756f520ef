import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readBytes } from '../../../../tests/support/files.ts';
import type { Device } from '../../device.ts';
import { createWasmDevice } from './create.ts';
import { createNodeWasmDevice } from './node.ts';
import { allLive, Draw, expectAgreement, results, type TestProgram } from '../test-programs.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const created: Device<WasmTensor>[] = [];
const create = async (threads: number, relaxedSimd?: boolean): Promise<Device<WasmTensor>> => {
  const device = await createNodeWasmDevice({ threads, relaxedSimd });
  created.push(device);
  return device;
};
afterAll(() => created.forEach((device) => device.dispose()));

/** A small training step that touches most kernels. */
const STEP: TestProgram = (d, draw) => {
  const groups = allLive(3, 40);
  const w = draw.linear(24, 36);
  const lora = draw.lora(24, 36, 4, [0, 1, -1], [0, 0.3, 0]);
  const x = draw.tensor(120, 24);
  const { y: normal, stats } = d.layerNorm(x, draw.tensor(1, 24), draw.tensor(1, 24), 1e-5, groups);
  const hidden = d.applyLinear(normal, w, groups, lora, null);
  const shape = { sequences: 12, queries: 10, tokens: 10, heads: 3, causal: true, groups };
  const { out, softmax } = d.attention(hidden, hidden, hidden, shape, true);
  if (!softmax) throw new Error('probabilities were asked for');
  const { dq, dk, dv } = d.attentionGradient(d.activation(out, 'gelu', groups), hidden, hidden, hidden, softmax, shape);
  const { rows, cols } = d.shape(lora.params);
  const gradients = d.zeros(rows, cols);
  d.loraGradient(dq, normal, groups, lora, gradients);
  const dx = d.linearInputGradient(dv, w, groups, lora, null);
  return [out, gradients, dk, dx, stats, d.rowNorms(gradients)];
};

describe('the wasm device', () => {
  it('gives the same bits again, and for any number of threads', async () => {
    const one = await create(1);
    const three = await create(3);
    const expected = await results(one, STEP, 5);
    for (const device of [one, three, three])
      expect(await results(device, STEP, 5), device.info.device).toEqual(expected);
  });

  it.each([
    { build: 'kernels-single', relaxedSimd: false },
    { build: 'kernels-single-relaxed', relaxedSimd: true },
  ])('gives the same bits in $build', async ({ build, relaxedSimd }) => {
    const shared = await create(2, relaxedSimd);
    const module = readBytes(`src/engine/devices/wasm/generated/${build}.wasm`);
    const single = await createWasmDevice({ module, threads: 1 });
    created.push(single);
    expect(await results(single, STEP, 5)).toEqual(await results(shared, STEP, 5));
    expect(single.info.device).toBe(`WebAssembly ${relaxedSimd ? '' : 'plain '}SIMD, 1 thread`);
    await expect(createWasmDevice({ module, threads: 2 })).rejects.toThrow('shared build');
  });

  it.each([NaN, Infinity])(
    'is not created for %d threads: kernels would wait for them without end',
    async (threads) => {
      await expect(create(threads)).rejects.toThrow(`The kernels cannot be computed by ${threads} threads.`);
    },
  );

  it('multiplies matrices of any shape', async () => {
    const device = await create(2);
    const size = fc.integer({ min: 1, max: 40 });
    const rate = fc.constantFrom(0, 0.5);
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        fc.integer({ min: 1, max: 3 }),
        size,
        rate,
        async (k, n, rows, count, rank, p) => {
          const groups = allLive(count, rows);
          const rates = Array.from({ length: count }, (_, g) => (g === 1 ? p : 0));
          await expectAgreement([device], (d, draw) => {
            const w = draw.linear(k, n);
            const lora = draw.lora(
              k,
              n,
              rank,
              Array.from({ length: count }, (_, g) => g - 1),
              rates,
            );
            const [x, dy] = [draw.tensor(rows * count, k), draw.tensor(rows * count, n)];
            const { rows: slots, cols } = d.shape(lora.params);
            const gradients = d.zeros(slots, cols);
            d.loraGradient(dy, x, groups, lora, gradients);
            return [
              d.applyLinear(x, w, groups, lora, null),
              d.linearInputGradient(dy, w, groups, lora, null),
              gradients,
            ];
          });
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  it('reuses memory for tensors of changing sizes', async () => {
    const module = readBytes('src/engine/devices/wasm/generated/kernels-shared.wasm');
    const device = await createWasmDevice({ module, threads: 1, maxBytes: 32 * 2 ** 20 });
    created.push(device);
    const draw = new Draw(device, 9);
    for (let round = 0; round < 60; round++) {
      // 1 to 9 MiB each: far more in all than there is
      const [a, b] = Array.from(draw.integers(2, 9), (size) => device.zeros(1024, 256 * (size + 1)));
      expect((await device.read(a))[5]).toBe(0);
      device.free(a, b);
    }
    expect(device.memoryBytes()).toBe(0);
  });

  it('keeps its memory flat over many operations', async () => {
    const device = await create(2);
    const draw = new Draw(device, 3);
    const groups = allLive(2, 8);
    const w = draw.linear(16, 16);
    let x = draw.tensor(16, 16);
    const round = async (steps: number) => {
      for (let i = 0; i < steps; i++) {
        const y = device.applyLinear(x, w, groups, null, null);
        const { y: normal, norms } = device.normalizeRows(y);
        const fresh = device.upload(draw.values(16), 1, 16);
        device.free(x, y, norms, fresh);
        x = normal;
        if (i % 50 === 0) await device.read(x);
      }
      return device.memoryBytes();
    };
    const before = await round(500);
    const taken = (device as unknown as { recorder: { arena: { end: number } } }).recorder.arena.end;
    expect(await round(4000)).toBe(before);
    expect((device as unknown as { recorder: { arena: { end: number } } }).recorder.arena.end).toBe(taken);
    device.free(x);
    device.freeLinear(w);
    expect(device.memoryBytes()).toBe(0);
  });

  it('never lets an upload overwrite what pending operations still read', async () => {
    const device = await create(2);
    const groups = allLive(1, 64);
    for (let round = 0; round < 50; round++) {
      const x = device.upload(new Float32Array(4096).fill(round), 64, 64);
      const first = device.gatherGroups(x, Int32Array.of(0), 64); // pending, reads x
      device.free(x);
      const other = device.upload(new Float32Array(4096).fill(-1), 64, 64); // may not reuse the block of x yet
      device.write(other, new Float32Array(4096).fill(-2));
      const second = device.activation(other, 'gelu', groups);
      device.write(other, new Float32Array(4096).fill(-3));
      const [a, b, c] = await device.readAll([first, second, other]);
      expect([a[0], a[4095], c[17]]).toEqual([round, round, -3]);
      expect(b[9]).toBeCloseTo(-0.0455, 4);
      device.free(first, second, other);
    }
  });

  it('executes more operations than fit its buffer, and arrays larger than its staging area', async () => {
    const device = await create(2);
    const x = device.upload(
      Float32Array.from({ length: 3_000_000 }, (_, i) => i % 1000),
      1_500_000,
      2,
    );
    const index = Int32Array.from({ length: 1_500_000 }, (_, i) => 1_499_999 - i);
    const reversed = device.gatherRows(x, index);
    const again = device.gatherRows(reversed, index);
    const factors = Float32Array.of(2);
    const counter = device.upload(Float32Array.of(1), 1, 1);
    const whole = [{ offset: 0, length: 1 }];
    for (let i = 0; i < 9000; i++) device.scaleSegments(counter, whole, i % 2 ? Float32Array.of(0.5) : factors);
    const [back, one] = await device.readAll([again, counter]);
    expect([back[7], back[2_999_999], one[0]]).toEqual([7, 999, 1]);
    device.free(x, reversed, again, counter);
  });

  it('adds up long rows without losing what is small beside the sum', async () => {
    const device = await create(2);
    const length = 300_001;
    const norms = device.rowNorms(device.upload(new Float32Array(length).fill(0.3), 1, length));
    const [norm] = await device.read(norms);
    expect(norm / (0.3 * Math.sqrt(length))).toBeCloseTo(1, 6);
  });

  it('has no loss where a score is not a number', async () => {
    const device = await create(1);
    const scores = new Float32Array(2 * 5);
    scores[3] = NaN;
    const { loss } = device.crossEntropy(device.upload(scores, 2, 5), new Int32Array(2), 1);
    const [first, second] = await device.read(loss);
    expect(first).toBeNaN();
    expect(second).toBeCloseTo(Math.log(5), 5);
  });

  it('says what is wrong', async () => {
    const device = await create(1);
    const x = device.zeros(2, 3);
    expect(() => device.upload(new Float32Array(5), 2, 3)).toThrow('5 values for [2, 3]');
    expect(() => device.gatherRows(x, Int32Array.of(2))).toThrow('index 2 at position 0 is not in [0, 2)');
    expect(() => device.crossEntropy(x, Int32Array.of(0, 3), null)).toThrow('Label 3 of row 1');
    expect(() => device.zeros(1 << 15, 1 << 15)).toThrow('Out of device memory');
    device.free(x);
    expect(() => device.fillZero(x)).toThrow('after it was freed');
    expect(() => device.free(x)).toThrow('freed twice');
    const y = device.zeros(1, 2); // still usable after errors
    expect(await device.read(y)).toEqual(new Float32Array(2));
  });
});
