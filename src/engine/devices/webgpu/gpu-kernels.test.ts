/** The kernels that only adapters with a GPU get, run on whatever adapter there is; and sequences of all lengths. */
import { describe, expect, it, vi } from 'vitest';
import type { AttentionShape } from '../../operands.ts';
import { farScores } from '../../test-device-programs.ts';
import { Draw, expectAgreement, results, type TestProgram } from '../test-programs.ts';
import { openAsCard } from './test-card.ts';
import type { WebgpuDevice } from './webgpu-device.ts';
import { COMPILING, withWebgpu } from '../../../../tests/support/webgpu-devices.ts';

let software: WebgpuDevice;
let gpu: WebgpuDevice;
let slow: WebgpuDevice;

withWebgpu((opened) => (software = opened));
withWebgpu((opened) => (gpu = opened), openAsCard);
withWebgpu((opened) => (slow = opened), openAsCard);

const attention =
  (shape: Omit<AttentionShape, 'groups' | 'sequences'>, size: number, live: number[]): TestProgram =>
  (device, draw) => {
    const { queries, tokens, heads } = shape;
    const perGroup = 2;
    const sequences = perGroup * live.length;
    const groups = { count: live.length, rowsPerGroup: perGroup * queries, live: Uint8Array.from(live) };
    const full = { ...shape, sequences, groups };
    const rows = (count: number) => draw.tensor(sequences * count, heads * size);
    const [q, dOut, k, v] = [rows(queries), rows(queries), rows(tokens), rows(tokens)];
    const { out, softmax } = device.attention(q, k, v, full, true);
    if (!softmax) throw new Error('asked to keep the softmax');
    const { dq, dk, dv } = device.attentionGradient(dOut, q, k, v, softmax, full);
    return [out, dq, dk, dv];
  };

describe('on a GPU', { timeout: COMPILING }, () => {
  it.each([
    ['one tile', { queries: 17, tokens: 17, heads: 3, causal: false }, 16, [1, 1]],
    ['one query, odd head', { queries: 1, tokens: 37, heads: 2, causal: false }, 5, [0, 1]],
  ] as const)('attention, %s', (_, shape, size, live) => expectAgreement([gpu], attention(shape, size, [...live])));

  // From 64 keys on, they come from workgroup memory. Heads of more than 64 have shorter tiles; a software adapter takes its time to compile them.
  it.each([...[17, 37, 50, 64, 65, 197, 257].map((tokens): [number, number] => [tokens, 16]), [197, 68], [257, 68]])(
    'attention over %i tokens, heads of %i',
    (tokens, size) =>
      expectAgreement([gpu], attention({ queries: tokens, tokens, heads: 1, causal: false }, size, [1])),
  );
  it.each([
    ['causal, several tiles', { queries: 130, tokens: 130, heads: 2, causal: true }, 16, [1, 0, 1]],
    ['the class token of a long sequence', { queries: 1, tokens: 197, heads: 2, causal: false }, 16, [1, 1]],
    ['heads that do not divide into vectors', { queries: 70, tokens: 70, heads: 3, causal: true }, 18, [0, 1]],
  ] as const)('attention in workgroup memory, %s', (_, shape, size, live) =>
    expectAgreement([gpu], attention(shape, size, [...live])),
  );

  it.each([
    [130, 10],
    [-130, 10],
    [130, 70],
    [-130, 70],
  ])('attention whose scores are about %i, over %i tokens', (score, tokens) =>
    expectAgreement([gpu], farScores(score, tokens, 16, false), 1e-3),
  );

  it.each([
    [7, 5],
    [8, 40],
    [30, 64],
    [64, 385],
    [13, 512],
  ])('layer norm [3 × %i, %i]', (rowsPerGroup, cols) =>
    expectAgreement([gpu], (device, draw) => {
      const groups = { count: 3, rowsPerGroup, live: Uint8Array.of(1, 0, 1) };
      const rows = () => draw.tensor(3 * rowsPerGroup, cols);
      const [x, gain, bias] = [rows(), draw.tensor(1, cols), draw.tensor(1, cols)];
      const { y, stats } = device.layerNorm(x, gain, bias, 1e-5, groups);
      return [y, stats, device.layerNormGradient(rows(), x, stats, gain, rows(), groups)];
    }),
  );

  it.each([
    [40, 8, 3],
    [13, 7, 5],
    [300, 20, 4],
  ])('DoRA scales of %i → %i, rank %i', (inputs, outputs, rank) =>
    expectAgreement([gpu], (device, draw) => {
      const w = draw.linear(inputs, outputs);
      const { factors, offset } = draw.dora(inputs, outputs, rank, 3);
      return [device.doraScales(w, factors, offset)];
    }),
  );
});

/** q, k and v with LoRA, and their backward; several tiles of rows. */
const maps: TestProgram = (device, draw) => {
  const groups = { count: 2, rowsPerGroup: 150 };
  const map = draw.linear(32, 64);
  const lora = draw.lora(32, 64, 3, [1, 0], [0.25, 0]);
  const [x, dy] = [draw.tensor(300, 32), draw.tensor(300, 64)];
  return [device.applyLinear(x, map, groups, lora, null), device.linearInputGradient(dy, map, groups, lora, null)];
};

describe('where a card is so slow that dispatches come in pieces', { timeout: COMPILING }, () => {
  it.each([
    ['products', maps],
    ['attention', attention({ queries: 130, tokens: 130, heads: 2, causal: true }, 16, [1, 0, 1])],
  ])('%s have the same bits', async (_, program) => {
    // What other tests have counted is left out.
    for (const { runtime } of [gpu, slow]) runtime.counter.take();
    const whole = await results(gpu, program, 1);
    const { dispatches } = gpu.runtime.counter.take();
    const { pace, counter } = slow.runtime;
    pace.observe(1e9, 1e9);
    expect(await results(slow, program, 1)).toEqual(whole);
    expect(counter.take().dispatches).toBeGreaterThan(2 * dispatches);
  });

  it('repeated commands are cut anew once the card is known to be faster', async () => {
    const { runtime } = slow;
    const draw = new Draw(slow, 1);
    const map = slow.linear({ weight: draw.values(32 * 64), bias: null, inFeatures: 32, outFeatures: 64 });
    const x = draw.tensor(300, 32);
    const repeater = slow.createRepeater();
    const dispatches: number[] = [];
    for (let step = 0; step < 5; step++) {
      if (step === 3) runtime.pace.observe(1e9, 1);
      runtime.counter.take();
      const [y] = repeater.run('step', [], () => [
        slow.applyLinear(x, map, { count: 1, rowsPerGroup: 300 }, null, null),
      ]);
      await runtime.read([y]);
      runtime.free(y);
      dispatches.push(runtime.counter.take().kinds.matmul?.dispatches ?? 0);
    }
    const pieces = Math.ceil(300 / 16);
    expect(dispatches).toEqual([pieces + 1, pieces, pieces, 1, 1]); // the first one lays out the matrix
  });

  it('an emulated one computes in one piece', () => {
    const { runtime } = software;
    const sent = vi.spyOn(runtime, 'dispatch').mockImplementation(() => {});
    runtime.pace.observe(1e9, 1e9);
    maps(software, new Draw(software, 1));
    const kernels = sent.mock.calls.map(([{ key }]) => key).filter((key) => key.startsWith('matmul'));
    sent.mockRestore();
    expect(kernels).toHaveLength(2);
  });
});

// Shorter ones: webgpu-device.test.ts.
describe('on a software adapter', { timeout: COMPILING }, () => {
  it('attention over 257 tokens', () =>
    expectAgreement([software], attention({ queries: 257, tokens: 257, heads: 1, causal: false }, 8, [1])));
});
