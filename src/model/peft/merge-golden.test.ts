/** Merged adapters against PEFT's own vectors. */
import { expect, it } from 'vitest';
import { mergeAdapters } from '../../copra/merge-adapters.ts';
import type { MergeMethod } from '../../copra/merging/method-ids.ts';
import { pairProduct } from '../../copra/relayout.ts';
import type { ScaledAdapter } from '../../copra/align.ts';
import { layoutOfPairs } from '../../core/adapter-layout.ts';
import { readTensors } from '../test-golden-files.ts';

const update = ({ layout, scale, values }: ScaledAdapter): number[] =>
  [...pairProduct(layout, values, layout.pairs[0])].map((value) => scale * value);

const merge = (adapters: readonly ScaledAdapter[], method: MergeMethod, weights: readonly number[]) =>
  mergeAdapters(adapters, { method, weights, density: 1 });

const closeTo = (actual: readonly number[], expected: readonly number[]) =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));

it('merges as PEFT does', () => {
  const file = readTensors('tests/golden/merge/peft_add_weighted.safetensors');
  const [rank, inFeatures] = file.tensors.get('A1')!.shape;
  const outFeatures = file.tensors.get('B1')!.shape[0];
  const one = layoutOfPairs([{ tower: 'vision', layer: 0, projection: 'q', inFeatures, outFeatures }], rank);
  const adapters = ['1', '2'].map((n) => ({
    layout: one,
    scale: 0.5,
    values: Float32Array.from([...file.float32(`A${n}`), ...file.float32(`B${n}`)]),
  }));
  const linear = merge(adapters, 'peft-linear', [0.7, 0.3]);
  closeTo([...linear.values], [...file.float32('linear_A'), ...file.float32('linear_B')]);
  closeTo(update(merge(adapters, 'updates', [0.7, 0.3])), [...file.float32('cat_delta')]);
  closeTo(update(merge(adapters, 'factors', [0.3, 0.7])), [...file.float32('fused_factors_delta_l03')]);
  closeTo(update(merge(adapters, 'updates', [0.3, 0.7])), [...file.float32('mixture_delta_l03')]);
});
