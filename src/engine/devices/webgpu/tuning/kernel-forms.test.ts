/** The forms that cards get compute what the reference does, on whatever adapter there is. element-forms.test.ts and attention-forms.test.ts have further families. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMPILING, withWebgpu } from '../../../../../tests/support/webgpu-devices.ts';
import type { AttentionShape } from '../../../operands.ts';
import { expectAgreement, results, type TestProgram } from '../../test-programs.ts';
import { tileName } from '../kernels/tuning.ts';
import { openAsCard } from '../test-card.ts';
import type { WebgpuDevice } from '../webgpu-device.ts';
import { ATTENTION } from './attention-forms.ts';
import { FACTOR_GRADIENTS } from './lora-forms.ts';
import { NORMED_PRODUCTS } from './normed-product-forms.ts';
import { PRODUCT_TILES, PRODUCTS, SPLIT_TILES } from './product-forms.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened), openAsCard);
// A test that fails leaves its stand-ins to no other.
afterEach(() => vi.restoreAllMocks());

/** q, k and v with LoRA and dropout in one product of several tiles, and their backward. */
const products: TestProgram = (on, draw) => {
  const groups = { count: 2, rowsPerGroup: 150 };
  const maps = [draw.linear(64, 80), draw.linear(64, 40)];
  const lora = draw.lora(64, 80, 3, [1, 0], [0.25, 0]);
  const [x, dy] = [draw.tensor(300, 64), draw.tensor(300, 80)];
  const terms = [
    { map: maps[0], lora },
    { map: maps[1], lora: null },
  ];
  const ys =
    on.fused?.applyLinears(x, terms, groups) ??
    terms.map(({ map, lora: own }) => on.applyLinear(x, map, groups, own, null));
  return [...ys, on.linearInputGradient(dy, maps[0], groups, lora, null)];
};

/** A layer norm, and a map behind it with its activation; several tiles, odd numbers of rows and columns. */
const normed =
  (keep: boolean): TestProgram =>
  (on, draw) => {
    const groups = { count: 2, rowsPerGroup: 150 };
    const [x, map] = [draw.tensor(300, 68), draw.linear(68, 40)];
    const [gain, bias] = [draw.tensor(1, 68), draw.tensor(1, 68)];
    if (on.fused?.applyNormedActivated) {
      const norm = { gain, bias, epsilon: 1e-5 };
      const { stats, hidden, activated } = on.fused.applyNormedActivated(x, norm, map, 'quick_gelu', groups, keep);
      return [stats, activated, ...(hidden ? [hidden] : [])];
    }
    const { y, stats } = on.layerNorm(x, gain, bias, 1e-5, groups);
    const hidden = on.applyLinear(y, map, groups, null, null);
    return [stats, on.activation(hidden, 'quick_gelu', groups), ...(keep ? [hidden] : [])];
  };

/** Long sums: with bias, LoRA, dropout and residual, of a closed group nothing, of k odd and no multiple of what is staged; groups side by side, whose rows do not divide among workgroups. */
const longSums: TestProgram = (on, draw) => {
  const groups = { count: 4, rowsPerGroup: 21, live: Uint8Array.of(1, 1, 0, 1) };
  const [inputs, outputs] = [203, 44];
  const map = draw.linear(inputs, outputs);
  const lora = draw.lora(inputs, outputs, 3, [1, 0, 0, 1], [0.25, 0, 0, 0]);
  const [x, dy, add] = [draw.tensor(84, inputs), draw.tensor(84, outputs), draw.tensor(84, outputs)];
  const { rows, cols } = on.shape(lora.params);
  const gradients = draw.tensor(rows, cols);
  on.loraGradient(dy, x, groups, lora, gradients);
  return [on.applyLinear(x, map, groups, lora, add), on.linearInputGradient(dy, map, groups, lora, null), gradients];
};

const attention =
  (shape: Omit<AttentionShape, 'groups' | 'sequences'>, size: number, live: number[]): TestProgram =>
  (on, draw) => {
    const { queries, tokens, heads } = shape;
    const sequences = 2 * live.length;
    const groups = { count: live.length, rowsPerGroup: 2 * queries, live: Uint8Array.from(live) };
    const full = { ...shape, sequences, groups };
    const rows = (count: number) => draw.tensor(sequences * count, heads * size);
    const [q, dOut, k, v] = [rows(queries), rows(queries), rows(tokens), rows(tokens)];
    const { out, softmax } = on.attention(q, k, v, full, true);
    if (!softmax) throw new Error('asked to keep the softmax');
    const { dq, dk, dv } = on.attentionGradient(dOut, q, k, v, softmax, full);
    return [out, dq, dk, dv];
  };

describe('a form', { timeout: COMPILING }, () => {
  // 2, 4 and 8 rows of a thread, one vector of columns and two, 8, 16 and 32 steps of k at a time, a team and several. What else there is has other numbers in the same lines.
  it.each(
    ['128×128 staged of 8×8 by 8', '32×64 staged of 4×8', '8×64 staged of 2×4 by 32 in 4 parts'].map(
      (name) => [name, PRODUCT_TILES.find((tile) => tileName(tile) === name)] as const,
    ),
  )('of a product is right: %s', async (_, tile) => {
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(PRODUCTS, 'usual').mockReturnValue(tile);
    await expectAgreement([device], products);
  });

  // Normalising: a row by one thread and by many, one vector of columns and two, a team and several.
  it.each(
    [
      [false, '32×64 staged', true],
      [true, '128×64 staged of 8×8', true],
      [true, '8×64 staged of 2×4 by 32 in 4 parts', false],
    ].map(
      ([inside, name, keep]) => [inside, name, keep, PRODUCT_TILES.find((tile) => tileName(tile) === name)] as const,
    ),
  )('of a layer norm and a product is right: in the product %s, %s, keeping %s', async (inside, _, keep, tile) => {
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(NORMED_PRODUCTS, 'usual').mockReturnValue({ tile, inside: inside === true });
    await expectAgreement([device], normed(keep === true));
  });

  it('of a product is right, and the same each time, where workgroups share k', async () => {
    const tile = SPLIT_TILES.find((candidate) => tileName(candidate) === '16×64 staged, k over 4 workgroups');
    if (!tile) throw new Error('there is no such tile');
    vi.spyOn(PRODUCTS, 'usual').mockReturnValue(tile);
    vi.spyOn(FACTOR_GRADIENTS, 'usual').mockReturnValue({ parts: 8, workgroups: 4 });
    await expectAgreement([device], longSums);
    expect(await results(device, longSums, 1)).toEqual(await results(device, longSums, 1));
  });

  // A part of a head is a vector or two; heads of 64, four in a part, train in gpu-profiles.test.ts.
  it.each([
    ['packed', 'short sequences', { queries: 17, tokens: 17, heads: 3, causal: false }, 8, [1, 1]],
    ['packed', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 8, [1, 0, 1]],
    ['packed', 'one query, odd head', { queries: 1, tokens: 37, heads: 2, causal: false }, 5, [0, 1]],
    ['shared', 'several tiles', { queries: 37, tokens: 37, heads: 2, causal: false }, 32, [1, 1]],
    ['shared', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 16, [1, 0, 1]],
    ['shared', 'one query', { queries: 1, tokens: 37, heads: 2, causal: false }, 32, [0, 1]],
    ['shared in memory', 'several tiles', { queries: 37, tokens: 37, heads: 2, causal: false }, 32, [1, 1]],
    ['shared in memory', 'causal, closed group', { queries: 37, tokens: 37, heads: 2, causal: true }, 16, [1, 0, 1]],
    ['shared in memory', 'one query', { queries: 1, tokens: 37, heads: 2, causal: false }, 32, [0, 1]],
  ] as const)('of attention is right: %s, %s', async (kind, _, shape, size, live) => {
    vi.spyOn(ATTENTION, 'usual').mockReturnValue({ kind, threads: 64 });
    await expectAgreement([device], attention(shape, size, [...live]));
  });
});
