import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Halves } from '../kernels/halves.ts';
import { matmulKey, type MatmulVariant } from '../kernels/matmul-variant.ts';
import { DIRECT, joined, lanes, staged } from '../kernels/tuning.ts';
import { SPLIT_TILES } from '../tuning/product-forms.ts';
import { productKernel } from './product-kernel.ts';

type Variant = Omit<MatmulVariant, 'tile'>;

const width = fc.constantFrom<1 | 4>(1, 4);
const flag = fc.boolean();
const kind = fc.constantFrom('quick_gelu', 'gelu', 'gelu_tanh');
const around = {
  inputWidth: width,
  outputWidth: width,
  half: fc.constantFrom<Halves>(false, 'f16', 'packed'),
  add: fc.constantFrom('none', 'residual', 'accumulate'),
};
const forward: fc.Arbitrary<Variant> = fc.record({
  ...around,
  inputs: fc.constant(1),
  outputs: fc.integer({ min: 1, max: 3 }),
  bias: flag,
  lora: fc.constantFrom('none', 'forward'),
  activation: fc.option(fc.record({ kind, use: fc.constantFrom('apply', 'apply and keep') })),
  norm: flag,
});
const backward: fc.Arbitrary<Variant> = fc.record({
  ...around,
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.constant(1),
  bias: fc.constant(false),
  lora: fc.constantFrom('none', 'backward', 'backward with dropout'),
  activation: fc.option(fc.record({ kind, use: fc.constant('derivative') })),
});

it('finds by its number the kernel that has the name', () => {
  const tile = fc.constantFrom(DIRECT, staged(2), staged(8), lanes(4), lanes(8), joined(2), joined(4), ...SPLIT_TILES);
  fc.assert(
    fc.property(fc.oneof(forward, backward), tile, (variant, of) => {
      const inputWidth = of.memory === 'lanes' ? 1 : variant.inputWidth;
      expect(productKernel(variant, of).key).toBe(matmulKey({ ...variant, tile: of, inputWidth }));
    }),
    { numRuns: 500 },
  );
});

it('keeps the tiles that were made, so that kernels are found by them', () => {
  expect(staged(4)).toBe(staged(4));
  expect(lanes(8)).toBe(lanes(8));
  expect(joined(8)).toBe(joined(8));
});
