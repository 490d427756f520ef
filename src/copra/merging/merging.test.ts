/** What every way of merging must do, on whole adapters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { inverse, svd } from '../../core/decompositions.ts';
import { add, inner, matrix, multiply, type Matrix } from '../../core/matrix.ts';
import { stream } from '../../core/rng.ts';
import type { ScaledAdapter } from '../align.ts';
import { mergeAdapters, type MergeOptions } from '../merge-adapters.ts';
import { pairProduct } from '../relayout.ts';
import { randomAdapter, smallLayout } from '../test-layouts.ts';
import { alignInvertible } from './alignment.ts';
import { factorsOf, writeFactors, type PairFactors } from './low-rank.ts';
import type { MergeMethod } from './method-ids.ts';
import { MERGE_METHODS } from './methods.ts';

const layout = smallLayout({ layers: 1, projections: ['q', 'fc1', 'fc2'] });
const IDS = MERGE_METHODS.map(({ id }) => id);
const of = (what: (typeof MERGE_METHODS)[number]['on']): MergeMethod[] =>
  MERGE_METHODS.filter(({ on }) => on === what).map(({ id }) => id);
const random = (seed: number, scale = 0.7): ScaledAdapter => ({ layout, scale, values: randomAdapter(layout, seed) });

/** All ΔW with their scale, pair after pair. */
function updates({ layout, scale, values }: ScaledAdapter): number[] {
  return layout.pairs.flatMap((pair) => [...pairProduct(layout, values, pair)].map((value) => scale * value));
}

const merged = (adapters: readonly ScaledAdapter[], method: MergeMethod, options: Partial<MergeOptions> = {}) =>
  updates(
    mergeAdapters(adapters, { method, weights: adapters.map(() => 1 / adapters.length), density: 0.5, ...options }),
  );

function expectNear(actual: readonly number[], expected: readonly number[], tolerance = 1e-4) {
  const size = Math.max(1, ...expected.map(Math.abs));
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
  expect(worst).toBeLessThan(tolerance * size);
}

/** A well-conditioned random P. */
function gauge(rank: number, seed: number): Matrix {
  const rng = stream(seed, 'analysis');
  return matrix(
    rank,
    rank,
    Array.from({ length: rank * rank }, (_, i) => (i % (rank + 1) === 0 ? 2 : 0) + 0.5 * rng.normal()),
  );
}

/** The same updates from other factors. */
function regauged({ layout, scale, values }: ScaledAdapter, seed: number): ScaledAdapter {
  const result = new Float32Array(layout.size);
  layout.pairs.forEach((pair, i) => {
    const p = gauge(layout.rank, 100 * seed + i);
    const back = inverse(p);
    if (!back) throw new Error('singular');
    const { a, b } = factorsOf(layout, values, pair);
    writeFactors(layout, result, pair, { a: multiply(back, a), b: multiply(b, p) });
  });
  return { layout, scale, values: result };
}

const seeds = fc.integer({ min: 0, max: 1000 });

describe('every way of merging', () => {
  it.each(IDS.filter((id) => id !== 'iso-c'))('%s of one adapter is that adapter when nothing is trimmed', (method) => {
    expectNear(merged([random(1)], method, { density: 1 }), updates(random(1)));
  });

  it.each(IDS)('%s of nothing trained is nothing', (method) => {
    const zero = { ...random(1), values: new Float32Array(layout.size) };
    expect(merged([zero, zero], method).every((value) => value === 0)).toBe(true);
  });

  // The masks of DARE belong to places in the list.
  it.each(IDS.filter((id) => !id.includes('dare')))('%s does not depend on the order', (method) => {
    const [a, b, c] = [random(1), random(2), random(3)];
    expectNear(
      merged([c, a, b], method, { weights: [0.2, 0.5, 0.3] }),
      merged([a, b, c], method, { weights: [0.5, 0.3, 0.2] }),
    );
  });

  it.each(of('updates'))('%s does not depend on how updates are split into A and B', (method) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const adapters = [random(seed), random(seed + 1)];
        // A trimmed entry may change where two magnitudes are equal but for rounding: nothing is trimmed here.
        const options = { density: method.startsWith('dare') ? 0.5 : 1, seed };
        expectNear(
          merged([adapters[0], regauged(adapters[1], seed)], method, options),
          merged(adapters, method, options),
          2e-3,
        );
      }),
      { numRuns: 10 },
    );
  });

  it.each(of('factors').filter((id) => id !== 'peft-dare-linear' && id !== 'peft-dare-ties'))(
    '%s depends on the split, unless the factors are aligned',
    (method) => {
      const adapters = [random(1), random(2)];
      const other = [adapters[0], regauged(adapters[1], 5)];
      const plain = merged(adapters, method, { density: 1 });
      const worst = Math.max(...merged(other, method, { density: 1 }).map((value, i) => Math.abs(value - plain[i])));
      expect(worst).toBeGreaterThan(0.05);
      expectNear(
        merged(other, method, { density: 1, alignment: 'orthogonal' }),
        merged(adapters, method, { density: 1, alignment: 'orthogonal' }),
        2e-3,
      );
    },
  );

  it.each(MERGE_METHODS.filter(({ scaled }) => scaled).map(({ id }) => id))('%s scales its update by λ', (method) => {
    const adapters = [random(1), random(2)];
    expectNear(
      merged(adapters, method, { scale: 1.5 }),
      merged(adapters, method).map((value) => 1.5 * value),
    );
  });

  it('repeats the masks of DARE for a seed only', () => {
    const adapters = [random(1), random(2)];
    expect(merged(adapters, 'dare-linear', { seed: 4 })).toEqual(merged(adapters, 'dare-linear', { seed: 4 }));
    expect(merged(adapters, 'dare-linear', { seed: 4 })).not.toEqual(merged(adapters, 'dare-linear', { seed: 5 }));
  });

  it('scales the update and leaves the head', () => {
    const withHead = smallLayout({ layers: 1, head: { classes: 2, features: 3 } });
    const adapter = { layout: withHead, scale: 1, values: randomAdapter(withHead, 1) };
    const result = mergeAdapters([adapter], { method: 'ties', weights: [1], density: 1, scale: 2 });
    const head = (l: AdapterLayout, values: Float32Array) => values.subarray(l.head?.weightOffset);
    expect(head(result.layout, result.values)).toEqual(head(withHead, adapter.values));
  });

  it.each(IDS)('%s refuses an adapter that diverged, or merges it entry by entry, but never hangs', (method) => {
    const broken = { ...random(1), values: random(1).values.fill(NaN) };
    try {
      expect(merged([broken, random(2)], method).length).toBeGreaterThan(0);
    } catch (error) {
      expect((error as Error).message).toMatch(/diverged/);
    }
  });
});

/** Singular values of the first pair's ΔW. */
function spectrum(adapter: ScaledAdapter): number[] {
  const [pair] = adapter.layout.pairs;
  const product = pairProduct(adapter.layout, adapter.values, pair);
  return [...svd(matrix(pair.outFeatures, pair.inFeatures, product)).s];
}

describe('spectra', () => {
  const pair = [random(1), random(2)];
  const merge = (method: MergeMethod, options: Partial<MergeOptions> = {}) =>
    mergeAdapters(pair, { method, weights: [0.5, 0.5], density: 1, ...options });
  const average = spectrum(merge('updates'));

  it('SVD keeps the leading singular values at the rank of the sources', () => {
    const result = merge('svd');
    expect(result.layout.rank).toBe(2);
    expectNear(spectrum(result).slice(0, 3), [average[0], average[1], 0]);
    expectNear(spectrum(merge('svd', { rank: 4 })), average);
    expect(() => merge('svd', { rank: 0 })).toThrow(RangeError);
  });

  it('SVD at the full rank is the average; at rank 1 the error is what Eckart and Young say', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const adapters = [random(seed), random(seed + 1)];
        expectNear(merged(adapters, 'svd', { rank: 4 }), merged(adapters, 'updates'));
      }),
      { numRuns: 20 },
    );
    const [whole, low] = [updates(merge('updates')), updates(merge('svd', { rank: 1 }))];
    const [{ outFeatures, inFeatures }] = layout.pairs;
    const first = whole.slice(0, outFeatures * inFeatures);
    const error = Math.hypot(...first.map((value, i) => value - low[i]));
    expect(error / 0.7).toBeCloseTo(Math.hypot(...average.slice(1)), 4);
  });

  it('Iso-C levels them and keeps their sum', () => {
    const [a, b, c, d, rest] = spectrum(merge('iso-c'));
    expectNear([b, c, d, rest], [a, a, a, 0]);
    expect(4 * a).toBeCloseTo(
      average.reduce((sum, value) => sum + value, 0),
      4,
    );
  });

  it('TSV-M keeps the singular values of updates in directions of their own', () => {
    // Two updates in orthogonal rows and columns: nothing interferes, so the result is their weighted sum.
    const one = smallLayout({ layers: 1, projections: ['q'], rank: 1 });
    const unit = (at: number, size: number): ScaledAdapter => {
      const values = new Float32Array(one.size);
      values[one.pairs[0].aOffset + at] = size;
      values[one.pairs[0].bOffset + at] = 1;
      return { layout: one, scale: 1, values };
    };
    const sources = [unit(0, 3), unit(2, 5)];
    expectNear(merged(sources, 'tsv-m'), merged(sources, 'updates'));
    // Two equal updates have no directions of their own.
    expectNear(
      merged([unit(0, 3), unit(0, 3)], 'tsv-m'),
      updates(unit(0, 3)).map((value) => value / 2),
    );
  });

  it('TSV-M has the singular values of orthogonal sources whatever these are', () => {
    const values = spectrum(merge('tsv-m'));
    const expected = pair.flatMap((adapter) =>
      spectrum(adapter)
        .slice(0, 2)
        .map((value) => value / 2),
    );
    expectNear(
      values.slice(0, 4),
      expected.sort((a, b) => b - a),
    );
  });

  it('TSV-M keeps of every source its part of the directions there are', () => {
    // Five directions for two sources of rank 3: two each.
    const narrow = smallLayout({ layers: 1, projections: ['q'], rank: 3 });
    const sources = [1, 2].map((seed) => ({ layout: narrow, scale: 1, values: randomAdapter(narrow, seed) }));
    const merge = mergeAdapters(sources, { method: 'tsv-m', weights: [0.5, 0.5], density: 1 });
    const leading = sources.flatMap((source) => spectrum(source).slice(0, 2));
    expectNear(spectrum(merge), [...leading.sort((a, b) => b - a).map((value) => value / 2), 0]);
  });

  it('KnOTS without trimming and without disagreement is the average', () => {
    expectNear(merged([pair[0], pair[0]], 'knots-ties', { density: 1 }), updates(pair[0]));
  });

  it('model stock is the average for equal updates and nothing for updates at right angles', () => {
    expectNear(merged([pair[0], pair[0]], 'model-stock'), updates(pair[0]));
    const negative = { ...pair[0], values: pair[0].values.slice() };
    for (const { aOffset, bOffset } of layout.pairs) for (let i = aOffset; i < bOffset; i++) negative.values[i] *= -1;
    expect(merged([pair[0], negative], 'model-stock').every((value) => value === 0)).toBe(true);
  });
});

describe('aligning factors', () => {
  it.each(['orthogonal', 'invertible'] as const)(
    '%s: copies in other factors merge to the copy itself',
    (alignment) => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const adapter = random(seed);
          const copies = [adapter, regauged(adapter, seed), regauged(adapter, seed + 1)];
          expectNear(merged(copies, 'factors', { alignment }), updates(adapter), 2e-3);
        }),
        { numRuns: 10 },
      );
    },
  );

  it.each(['orthogonal', 'invertible'] as const)('%s: leaves what is merged by updates as it is', (alignment) => {
    const adapters = [random(1), random(2)];
    expectNear(merged(adapters, 'updates', { alignment }), merged(adapters, 'updates'));
  });

  it('invertible: brings factors nearer to the first adapter’s than they were', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [first, second] = [random(seed), random(seed + 1)];
        const plain = mergeAdapters([first, second], { method: 'factors', weights: [0.5, 0.5], density: 1 });
        const best = mergeAdapters([first, second], {
          method: 'factors',
          weights: [0.5, 0.5],
          density: 1,
          alignment: 'invertible',
        });
        // ‖first − mean‖ is half the distance between the factors.
        const gap = (values: Float32Array) => values.reduce((sum, v, i) => sum + (v - first.values[i]) ** 2, 0);
        expect(gap(best.values)).toBeLessThan(gap(plain.values));
      }),
      { numRuns: 20 },
    );
  });

  it('invertible: ends where another search finds nothing nearer', () => {
    for (let seed = 0; seed < 5; seed++) {
      const rng = stream(seed, 'analysis');
      const random = (rows: number, columns: number) =>
        matrix(
          rows,
          columns,
          Array.from({ length: rows * columns }, () => rng.normal()),
        );
      const [reference, source] = [0, 1].map(() => ({ b: random(7, 3), a: random(3, 5) }));
      const gap = ({ a, b }: PairFactors) =>
        [add(reference.b, b, -1), add(reference.a, a, -1)].reduce((sum, rest) => sum + inner(rest, rest), 0);
      const [, once] = alignInvertible([reference, source]);
      const [, twice] = alignInvertible([reference, once]);
      expect(gap(twice) / gap(once)).toBeGreaterThan(1 - 1e-4);
    }
  });

  it('invertible: works where the first adapter has not its full rank', () => {
    const thin = smallLayout({ layers: 1, projections: ['q', 'fc1', 'fc2'], rank: 1 });
    const low: ScaledAdapter = { layout: thin, scale: 0.7, values: randomAdapter(thin, 3) };
    for (const alignment of ['orthogonal', 'invertible'] as const)
      expect(merged([low, random(1)], 'factors', { alignment }).every(Number.isFinite)).toBe(true);
  });
});
