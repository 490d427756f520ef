import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatesOfPlayers, type Projection } from '../../core/adapter-layout.ts';
import { norm } from '../../core/flat.ts';
import { headOf, pairProduct } from '../relayout.ts';
import { randomAdapter, smallLayout } from '../test-layouts.ts';
import { zeroSmallest } from './magnitude.ts';
import { lowestRemoved, randomRemoved, removalCounts, structuredMasks } from './structured.ts';
import { layerUpdateNorms, pairUpdateNorm } from './update-norm.ts';
import { areaUnderCurve, denseLayout, pruneFactors, pruneTensors, pruneUpdate } from './unstructured.ts';

const layout = smallLayout({ layers: 10, towers: ['vision', 'text'], head: { classes: 2, features: 4 } });
const adapter = randomAdapter(layout, 3);
const keptLayers = (gates: Uint8Array, tower: string) => [
  ...new Set(layout.pairs.filter((pair, i) => pair.tower === tower && gates[i]).map((pair) => pair.layer)),
];
const noWeights = (): Float32Array => {
  throw new Error('LoRA needs no weights.');
};
const zeros = (values: Float32Array) => values.reduce((sum, value) => sum + Number(value === 0), 0);

describe('structured masks', () => {
  const masks = new Map(structuredMasks(layout).map((mask) => [mask.label, mask]));

  it('offers the fixed set for what is adapted', () => {
    expect([...masks.keys()]).toEqual([
      ...['all', 'none', 'even', 'odd', 'low', 'middle', 'high', 'q', 'v', 'fc1', 'fc2', 'q+v', 'vision', 'text'],
    ]);
    expect(masks.get('all')).toMatchObject({ kept: 80, of: 80 });
    expect(masks.get('none')).toMatchObject({ kept: 0, of: 80 });
    expect(masks.get('q')).toMatchObject({ kept: 20, of: 80 });
  });

  it.each([
    ['even', [0, 2, 4, 6, 8]],
    ['odd', [1, 3, 5, 7, 9]],
    ['low', [0, 1, 2]],
    ['middle', [3, 4, 5, 6]],
    ['high', [7, 8, 9]],
  ])('%s keeps layers %j in both towers', (label, layers) => {
    const gates = masks.get(label)?.gates ?? new Uint8Array();
    expect(keptLayers(gates, 'vision')).toEqual(layers);
    expect(keptLayers(gates, 'text')).toEqual(layers);
  });

  it('a projection mask keeps that projection everywhere', () => {
    const gates = masks.get('fc1')?.gates ?? new Uint8Array();
    layout.pairs.forEach((pair, i) => expect(gates[i]).toBe(Number(pair.projection === 'fc1')));
  });

  it('a pair of projections and a tower keep what they name', () => {
    const both = masks.get('q+v')?.gates ?? new Uint8Array();
    const text = masks.get('text')?.gates ?? new Uint8Array();
    layout.pairs.forEach(({ projection, tower }, i) => {
      expect(both[i]).toBe(Number(projection === 'q' || projection === 'v'));
      expect(text[i]).toBe(Number(tower === 'text'));
    });
  });

  it('pairs need both of their projections, and something else to remove', () => {
    const labels = (projections: Projection[]) =>
      structuredMasks(smallLayout({ layers: 4, projections })).map(({ label }) => label);
    expect(labels(['q', 'k', 'v'])).toEqual(expect.arrayContaining(['q+k', 'q+v', 'k+v']));
    expect(labels(['q', 'v']).filter((label) => label.includes('+'))).toEqual([]);
    expect(labels(['q', 'k', 'o']).filter((label) => label.includes('+'))).toEqual(['q+k']);
  });

  it('leaves out what would be all or nothing', () => {
    const labels = structuredMasks(smallLayout({ layers: 1, projections: ['q'] })).map((mask) => mask.label);
    expect(labels).toEqual(['all', 'none']);
  });

  it('removes the lowest scores, the lower layer first among equals', () => {
    const small = smallLayout({ layers: 4 });
    const mask = lowestRemoved(small, 'shapley', [0.3, -0.1, 0.2, -0.1], 1);
    expect(mask.label).toBe('shapley-1');
    expect(mask.gates).toEqual(gatesOfPlayers(small, [1, 0, 1, 1]));
    expect(lowestRemoved(small, 'norm', [0.3, -0.1, 0.2, -0.1], 3).gates).toEqual(gatesOfPlayers(small, [1, 0, 0, 0]));
  });

  it('random masks remove as many as asked, differ, and repeat for a seed', () => {
    const masks = randomRemoved(layout, 6, 5, 1);
    expect(masks.every((mask) => mask.label === 'random-6' && mask.kept === 14 * 4)).toBe(true);
    expect(new Set(masks.map((mask) => mask.gates.join(''))).size).toBe(5);
    expect(randomRemoved(layout, 6, 5, 1)).toEqual(masks);
    expect(randomRemoved(layout, 6, 5, 2)).not.toEqual(masks);
  });

  it('removal counts', () => {
    expect(removalCounts(12)).toEqual([3, 6, 9]);
    expect(removalCounts(2)).toEqual([1]);
    expect(removalCounts(1)).toEqual([]);
  });
});

describe('update norms', () => {
  it('equal the norm of the formed update', () => {
    for (const pair of layout.pairs)
      expect(pairUpdateNorm(layout, adapter, -0.5, pair)).toBeCloseTo(
        0.5 * norm(pairProduct(layout, adapter, pair)),
        4,
      );
  });

  it('add up in squares over a layer', () => {
    const norms = layerUpdateNorms(layout, adapter, 2, noWeights);
    const squares = layout.pairs.slice(0, 4).map((pair) => pairUpdateNorm(layout, adapter, 2, pair) ** 2);
    expect(norms.length).toBe(20);
    expect(norms[0]).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b, 0)), 9);
    expect(layerUpdateNorms(layout, new Float32Array(layout.size), 1, noWeights)[3]).toBe(0);
  });
});

describe('zeroSmallest', () => {
  const values = fc.array(fc.oneof(fc.constantFrom(0, 1, -1, 0.5), fc.float({ noNaN: true })), { maxLength: 60 });

  it('agrees with sorting, ties from the end', () => {
    fc.assert(
      fc.property(values, fc.nat(70), (list, count) => {
        const input = Float32Array.from(list);
        const order = [...input.keys()].sort((i, j) => Math.abs(input[i]) - Math.abs(input[j]) || j - i);
        const expected = input.slice();
        for (const i of order.slice(0, count)) expected[i] = 0;
        expect(zeroSmallest(input, count)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('unstructured pruning', () => {
  it('sparsity 0 of the factors is the identity bit for bit, 1 leaves the head alone', () => {
    expect(pruneFactors(layout, adapter, 0)).toEqual(adapter);
    const empty = pruneFactors(layout, adapter, 1);
    expect(zeros(empty)).toBe(layout.size - 10);
    expect(headOf(layout, empty)).toEqual(headOf(layout, adapter));
    expect(() => pruneFactors(layout, adapter, 1.1)).toThrow(/between 0 and 1, got 1.1/);
  });

  it('removes exactly the smallest share of the factors and changes nothing else', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (sparsity) => {
        const pruned = pruneFactors(layout, adapter, sparsity);
        const factors = layout.size - 10;
        expect(zeros(pruned)).toBe(Math.round(sparsity * factors));
        let largestRemoved = 0;
        let smallestKept = Infinity;
        for (let i = 0; i < factors; i++) {
          if (pruned[i] === 0) largestRemoved = Math.max(largestRemoved, Math.abs(adapter[i]));
          else {
            expect(pruned[i]).toBe(adapter[i]);
            smallestKept = Math.min(smallestKept, Math.abs(adapter[i]));
          }
        }
        expect(smallestKept).toBeGreaterThanOrEqual(largestRemoved);
      }),
      { numRuns: 20 },
    );
  });

  it('per tensor, every A and every B keeps its largest entries, as many as PEFT keeps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (percent) => {
        const pruned = pruneTensors(layout, adapter, percent / 100);
        for (const { aOffset, bOffset, inFeatures, outFeatures } of layout.pairs)
          for (const [from, size] of [
            [aOffset, layout.rank * inFeatures],
            [bOffset, layout.rank * outFeatures],
          ]) {
            const before = adapter.subarray(from, from + size);
            const after = pruned.subarray(from, from + size);
            const kept = Math.floor(((100 - percent) * size) / 100);
            expect(size - zeros(after)).toBe(kept);
            const largest = [...before].sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, kept);
            after.forEach((value, i) => expect(value).toBe(largest.includes(before[i]) ? before[i] : 0));
          }
        expect(headOf(layout, pruned)).toEqual(headOf(layout, adapter));
      }),
      { numRuns: 20 },
    );
    expect(pruneTensors(layout, adapter, 0)).toEqual(adapter);
    // (1 − 0.9) · 10 is less than 1 by rounding: one entry of each factor is kept.
    const ten = smallLayout({ layers: 1, projections: ['q'] });
    expect(pruneTensors(ten, randomAdapter(ten, 1), 0.9).filter((value) => value !== 0)).toHaveLength(2);
    expect(() => pruneTensors(layout, adapter, -0.1)).toThrow(/between 0 and 1/);
  });

  it('the dense form holds the update bit for bit, and the head', () => {
    const dense = denseLayout(layout);
    expect(dense.rank).toBe(5);
    const whole = pruneUpdate(layout, adapter, 0);
    layout.pairs.forEach((pair, i) =>
      expect(pairProduct(dense, whole, dense.pairs[i])).toEqual(pairProduct(layout, adapter, pair)),
    );
    expect(headOf(dense, whole)).toEqual(headOf(layout, adapter));
  });

  it.each([0.1, 0.5, 0.95, 1])('sparsity %f removes the smallest entries of the update, globally', (sparsity) => {
    const dense = denseLayout(layout);
    const pruned = pruneUpdate(layout, adapter, sparsity);
    const before = layout.pairs.flatMap((pair) => [...pairProduct(layout, adapter, pair)]);
    const after = dense.pairs.flatMap((pair) => [...pairProduct(dense, pruned, pair)]);
    const removed = Math.round(sparsity * before.length);
    const threshold = before.map(Math.abs).sort((a, b) => a - b)[removed - 1];
    expect(after.filter((value) => value === 0).length).toBe(removed);
    after.forEach((value, i) => expect(value).toBe(Math.abs(before[i]) <= threshold ? 0 : before[i]));
  });
});

describe('areaUnderCurve', () => {
  it('is the mean height', () => {
    expect(areaUnderCurve([0, 0.5, 1], [1, 1, 1])).toBe(1);
    expect(areaUnderCurve([0, 0.5, 0.9], [0.9, 0.5, 0.1])).toBeCloseTo((0.35 + 0.12) / 0.9, 12);
    expect(areaUnderCurve([0.3], [0.7])).toBe(0.7);
    expect(() => areaUnderCurve([], [])).toThrow(RangeError);
  });
});
