/** What the pure functions on adapters make of magnitudes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdapterLayout, type AdapterLayout } from '../core/adapter-layout.ts';
import { norm } from '../core/flat.ts';
import { stream } from '../core/rng.ts';
import { alignAdapterFactors } from './align-factors.ts';
import { alignAdapters } from './align.ts';
import { pairChangeNorm, rowNorms, setLength } from './dora.ts';
import { federatedRule } from './federated/rules/registry.ts';
import { updateInner } from './geometry/inner-products.ts';
import { mergeAdapters, scaleUpdate } from './merge-adapters.ts';
import { MERGE_METHODS } from './merging/methods.ts';
import { layerUpdateNorms } from './pruning/update-norm.ts';
import { pruneFactors, pruneTensors, pruneUpdate } from './pruning/unstructured.ts';
import { pairProduct } from './relayout.ts';
import { randomAdapter, smallLayout } from './test-layouts.ts';

const layout = smallLayout({ head: { classes: 2, features: 5 }, dora: true });
const adapter = randomAdapter(layout, 3);
const scale = 0.7;

const magnitudesOf = ({ pairs }: AdapterLayout, values: Float32Array): number[] =>
  pairs.flatMap(({ magnitudeOffset, outFeatures }) => [
    ...values.subarray(magnitudeOffset ?? 0, (magnitudeOffset ?? 0) + (magnitudeOffset === null ? 0 : outFeatures)),
  ]);

/** A frozen weight per pair. */
const weights = new Map(
  layout.pairs.map((pair, i) => {
    const rng = stream(i, 'analysis', 7);
    return [pair, Float32Array.from({ length: pair.outFeatures * pair.inFeatures }, () => rng.normal())];
  }),
);

describe('the weight of a DoRA map', () => {
  it('has rows of the length asked for, in the direction they had', () => {
    const rows = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.double({ min: 0.1, max: 9, noNaN: true }), (list, magnitude) => {
        const row = Float64Array.from(list);
        const before = norm(row);
        fc.pre(before > 1e-6);
        setLength(row, magnitude);
        expect(norm(row)).toBeCloseTo(magnitude, 9);
        row.forEach((value, i) => expect(value).toBeCloseTo((list[i] * magnitude) / before, 9));
      }),
    );
    const zeros = new Float64Array(3);
    setLength(zeros, 2);
    expect([...zeros]).toEqual([0, 0, 0]);
  });

  it('changes by what its rows move, norms included', () => {
    for (const pair of layout.pairs) {
      const weight = weights.get(pair) ?? new Float32Array();
      const { inFeatures, outFeatures, magnitudeOffset } = pair;
      const update = pairProduct(layout, adapter, pair);
      const norms = rowNorms(weight, inFeatures);
      let squares = 0;
      for (let o = 0; o < outFeatures; o++) {
        const bracket = Array.from({ length: inFeatures }, (_, i) => {
          const at = o * inFeatures + i;
          return weight[at] + scale * update[at];
        });
        const m = norms[o] + adapter[(magnitudeOffset ?? NaN) + o];
        const n = Math.hypot(...bracket);
        bracket.forEach((value, i) => (squares += ((m / n) * value - weight[o * inFeatures + i]) ** 2));
      }
      expect(pairChangeNorm(layout, adapter, scale, pair, weight)).toBeCloseTo(Math.sqrt(squares), 5);
    }
  });

  it('does not change at zero, and layers are ranked by the whole change', () => {
    const weightOf = (pair: (typeof layout.pairs)[number]) => weights.get(pair) ?? new Float32Array();
    const frozen = layerUpdateNorms(layout, new Float32Array(layout.size), scale, weightOf);
    frozen.forEach((value) => expect(value).toBeLessThan(1e-12));
    const onlyNorms = new Float32Array(layout.size);
    const [first] = layout.pairs;
    onlyNorms.fill(0.5, first.magnitudeOffset ?? 0, (first.magnitudeOffset ?? 0) + first.outFeatures);
    const [one, ...others] = layerUpdateNorms(layout, onlyNorms, scale, weightOf);
    expect(one).toBeCloseTo(0.5 * Math.sqrt(first.outFeatures), 6);
    others.forEach((value) => expect(value).toBeLessThan(1e-12));
  });
});

describe('pruning', () => {
  it('takes entries of A and B and no magnitude', () => {
    const plain = smallLayout({ head: { classes: 2, features: 5 } });
    const factors = plain.size - 12; // without the head
    for (const sparsity of [0, 0.3, 1]) {
      const pruned = pruneFactors(layout, adapter, sparsity);
      expect(magnitudesOf(layout, pruned)).toEqual(magnitudesOf(layout, adapter));
      expect(pruned.filter((value) => value === 0)).toHaveLength(Math.round(sparsity * factors));
      expect(magnitudesOf(layout, pruneTensors(layout, adapter, sparsity))).toEqual(magnitudesOf(layout, adapter));
    }
    expect(() => pruneUpdate(layout, adapter, 0.5)).toThrow('full rank');
  });
});

describe('alignment', () => {
  it('of factors leaves magnitudes as they are', () => {
    const adapters = [adapter, randomAdapter(layout, 4)];
    for (const alignment of ['orthogonal', 'invertible'] as const)
      alignAdapterFactors(layout, adapters, alignment).forEach((aligned, k) => {
        expect(magnitudesOf(layout, aligned)).toEqual(magnitudesOf(layout, adapters[k]));
        for (const pair of layout.pairs) {
          const before = pairProduct(layout, adapters[k], pair);
          pairProduct(layout, aligned, pair).forEach((value, i) => expect(value).toBeCloseTo(before[i], 4));
        }
      });
  });

  it('of layouts carries magnitudes and refuses mixtures', () => {
    const wide = createAdapterLayout(
      { vision: { layers: 4, width: 5, mlpWidth: 9 } },
      { rank: 3, towers: ['vision'], projections: ['q', 'k'], dora: true },
      { classes: 2, features: 5 },
    );
    const other = randomAdapter(wide, 5);
    const aligned = alignAdapters([
      { layout, scale, values: adapter },
      { layout: wide, scale: 1, values: other },
    ]);
    expect(aligned.layout).toMatchObject({ dora: true, rank: 3 });
    for (const [source, values, target] of [
      [layout, adapter, aligned.values[0]],
      [wide, other, aligned.values[1]],
    ] as const)
      for (const pair of aligned.layout.pairs) {
        const own = source.pairs.find((p) => p.layer === pair.layer && p.projection === pair.projection);
        const from = own?.magnitudeOffset ?? 0;
        expect([...target.subarray(pair.magnitudeOffset ?? 0, (pair.magnitudeOffset ?? 0) + pair.outFeatures)]).toEqual(
          own ? [...values.subarray(from, from + pair.outFeatures)] : new Array(pair.outFeatures).fill(0),
        );
      }
    const plain = smallLayout({ head: { classes: 2, features: 5 } });
    expect(() =>
      alignAdapters([
        { layout, scale, values: adapter },
        { layout: plain, scale, values: randomAdapter(plain, 1) },
      ]),
    ).toThrow('DoRA and LoRA');
  });
});

describe('merging', () => {
  const sources = [adapter, randomAdapter(layout, 4)].map((values) => ({ layout, scale, values }));

  it('averages factors and magnitudes', () => {
    const { values } = mergeAdapters(sources, { method: 'factors', weights: [0.25, 0.75], density: 1 });
    values.forEach((value, i) =>
      expect(value).toBeCloseTo(0.25 * sources[0].values[i] + 0.75 * sources[1].values[i], 6),
    );
    const [fedit, rotated] = (['fedit', 'rotated'] as const).map((rule) =>
      federatedRule(rule).aggregate({
        layout,
        start: adapter,
        clients: sources.map((source) => source.values),
        weights: [0.25, 0.75],
        fresh: () => adapter,
      }),
    );
    expect(fedit.adapter).toEqual(values);
    expect(magnitudesOf(layout, rotated.adapter)).toEqual(magnitudesOf(layout, values));
  });

  it('refuses everything else, and products of updates', () => {
    for (const { id, name } of MERGE_METHODS.filter(({ id }) => id !== 'factors'))
      expect(() => mergeAdapters(sources, { method: id, weights: [0.5, 0.5], density: 0.5 })).toThrow(
        `“${name}” merges updates of low rank`,
      );
    expect(() => scaleUpdate(sources[0], 2)).toThrow(RangeError);
    expect(scaleUpdate(sources[0], 1).values).toBe(adapter);
    expect(() => updateInner(layout, scale, adapter, adapter)).toThrow('not of low rank');
  });
});
