import { describe, expect, it } from 'vitest';
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { alignAdapters, type ScaledAdapter } from './align.ts';
import { factorPath, productPath } from './landscape.ts';
import { mergeAdapters } from './merge-adapters.ts';
import { electPeft, magnitudePrune } from './merging/elementwise.ts';
import type { MergeMethod } from './merging/method-ids.ts';
import { MERGE_METHODS } from './merging/methods.ts';
import { headOf, pairProduct } from './relayout.ts';
import { randomAdapter, smallLayout } from './test-layouts.ts';

const random = (layout: AdapterLayout, seed: number, scale = 1): ScaledAdapter => ({
  layout,
  scale,
  values: randomAdapter(layout, seed),
});

const update = ({ layout, scale, values }: ScaledAdapter, pair = 0): number[] =>
  [...pairProduct(layout, values, layout.pairs[pair])].map((value) => scale * value);

const merge = (
  adapters: readonly ScaledAdapter[],
  method: MergeMethod,
  weights = adapters.map(() => 1 / adapters.length),
) => mergeAdapters(adapters, { method, weights, density: 0.5 });

const closeTo = (actual: readonly number[], expected: readonly number[]) =>
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 5));

describe('aligning', () => {
  it('leaves what agrees as it is', () => {
    const layout = smallLayout();
    const adapters = [random(layout, 1, 0.7), random(smallLayout(), 2, 0.7)];
    const aligned = alignAdapters(adapters);
    expect(aligned.scale).toBe(0.7);
    aligned.values.forEach((values, i) => expect(values).toBe(adapters[i].values));
  });

  it('keeps every update when projections, ranks and scales differ', () => {
    const adapters = [
      random(smallLayout({ projections: ['q'], rank: 3 }), 1, 0.5),
      random(smallLayout({ projections: ['q', 'fc2'], layers: 2 }), 2, 2),
    ];
    const { layout, scale, values } = alignAdapters(adapters);
    expect([layout.rank, scale, layout.pairs.length]).toEqual([3, 1, 6]);
    adapters.forEach((adapter, k) =>
      adapter.layout.pairs.forEach((pair, i) => {
        const at = layout.pairs.findIndex((p) => p.layer === pair.layer && p.projection === pair.projection);
        closeTo(update({ layout, scale, values: values[k] }, at), update(adapter, i));
      }),
    );
  });

  it('refuses nothing, and classifiers of different sizes', () => {
    const head = { classes: 3, features: 5 };
    expect(() => alignAdapters([])).toThrow(RangeError);
    expect(() =>
      alignAdapters([random(smallLayout({ head }), 1), random(smallLayout({ head: { ...head, classes: 4 } }), 1)]),
    ).toThrow('different classes');
  });
});

describe('merging', () => {
  const head = { classes: 3, features: 5 };
  const layout = smallLayout({ head });
  const pair = [random(layout, 1, 0.5), random(layout, 2, 0.5)];

  it("takes λ for the size of PEFT's weights", () => {
    const methods = MERGE_METHODS.filter(({ id }) => id.startsWith('peft-'));
    expect(methods).toHaveLength(5);
    for (const { id: method, scaled } of methods) {
      expect(scaled).toBe(true);
      const options = { method, density: 0.5, seed: 3 };
      const asWeights = mergeAdapters(pair, { ...options, weights: [1.8, 1.2] });
      const asScale = mergeAdapters(pair, { ...options, weights: [0.6, 0.4], scale: 3 });
      layout.pairs.forEach((_, i) => closeTo(update(asWeights, i), update(asScale, i)));
    }
  });

  it('by factors and by updates gives the points of the two paths', () => {
    const [first, second] = pair.map(({ values }) => values);
    expect(merge(pair, 'factors', [0.75, 0.25]).scale).toBe(0.5);
    closeTo([...merge(pair, 'factors', [0.75, 0.25]).values], [...factorPath(first, second, 0.25)]);
    const exact = merge(pair, 'updates', [0.75, 0.25]);
    expect(exact.values).toEqual(productPath(layout, first, second, 0.25));
    expect([exact.layout.rank, exact.scale]).toEqual([4, 0.5]);
  });

  it('of adapters of different kinds is the sum of their updates', () => {
    const other = random(smallLayout({ head, rank: 3 }), 3, 2);
    closeTo(
      update(merge([pair[0], other], 'updates')),
      update(pair[0]).map((value, i) => (value + update(other)[i]) / 2),
    );
  });

  it('of one adapter is that adapter, whatever the method', () => {
    for (const method of ['factors', 'updates', 'peft-linear'] as const)
      closeTo(update(merge([pair[0]], method)), update(pair[0]));
  });

  it('averages classifiers', () => {
    for (const method of ['factors', 'updates', 'peft-linear', 'peft-ties'] as const) {
      const merged = merge(pair, method);
      const [a, b] = pair.map(({ values }) => headOf(layout, values));
      closeTo(
        [...headOf(merged.layout, merged.values)],
        [...a].map((value, i) => (value + b[i]) / 2),
      );
    }
  });

  it('by TIES acts on A and B separately, with the roots of weight times scale', () => {
    const merged = merge(pair, 'peft-ties');
    const { aOffset, bOffset } = layout.pairs[2];
    const root = Math.sqrt(0.5 * 0.5);
    const a = pair.map(({ values }) => values.subarray(aOffset, bOffset));
    expect(merged.values.subarray(aOffset, bOffset)).toEqual(
      electPeft(
        a.map((tensor) => magnitudePrune(tensor, 0.5)),
        [root, root],
      ),
    );
  });

  it('needs a weight per adapter', () => {
    expect(() => merge(pair, 'factors', [1])).toThrow('one weight per adapter');
  });
});
