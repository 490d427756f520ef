import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../core/flat.ts';
import { alignAdapterFactors } from '../align-factors.ts';
import { ALIGNMENTS } from '../merging/methods.ts';
import { pairProduct } from '../relayout.ts';
import { randomAdapter, smallLayout } from '../test-layouts.ts';
import { cloudOfGram, cosine, distance, subCloud } from './distances.ts';
import { factorInner, updateInner } from './inner-products.ts';
import { gridAround, planeThrough, pointOn, projectOn } from './plane.ts';
import { relationsOf } from './relations.ts';

const layout = smallLayout({ layers: 2, rank: 3, towers: ['vision', 'text'], head: { classes: 3, features: 5 } });
const seeds = fc.integer({ min: 0, max: 1000 });

/** Every ΔW in full, one behind the other. */
const updates = (adapter: Float32Array, scale: number): Float64Array =>
  Float64Array.from(
    layout.pairs.flatMap((pair) => [...pairProduct(layout, adapter, pair)]),
    (value) => scale * value,
  );

describe('inner products', () => {
  it('of factors are those of the vectors without their heads', () => {
    fc.assert(
      fc.property(seeds, seeds, (s, t) => {
        const [a, b] = [randomAdapter(layout, s), randomAdapter(layout, t)];
        const end = layout.head!.weightOffset;
        expect(factorInner(layout, a, b)).toBeCloseTo(dot(a.subarray(0, end), b.subarray(0, end)), 9);
      }),
      { numRuns: 20 },
    );
  });

  it('of updates are those of the updates written out', () => {
    fc.assert(
      fc.property(seeds, seeds, fc.double({ min: 0.1, max: 3, noNaN: true }), (s, t, scale) => {
        const [a, b] = [randomAdapter(layout, s), randomAdapter(layout, t)];
        const [first, second] = [updates(a, scale), updates(b, scale)];
        const exact = dot(first, second);
        const size = Math.sqrt(dot(first, first) * dot(second, second));
        expect(Math.abs(updateInner(layout, scale, a, b) - exact)).toBeLessThan(1e-6 * size);
      }),
      { numRuns: 20 },
    );
  });

  it('refuse adapters of another layout', () => {
    const adapter = randomAdapter(layout, 1);
    expect(() => factorInner(layout, adapter, adapter.subarray(1))).toThrow(RangeError);
    expect(() => updateInner(layout, 1, adapter.subarray(1), adapter)).toThrow(RangeError);
  });
});

describe('points known by their Gram matrix', () => {
  const vectors = [
    [3, 4, 0],
    [0, 0, 2],
    [3, 4, 1],
    [0, 0, 0],
  ];
  const gram = vectors.flatMap((a) => vectors.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0)));
  const cloud = cloudOfGram(4, gram);

  it('have the distances and angles of the points themselves', () => {
    expect(cloud.norms).toEqual([5, 2, Math.sqrt(26), 0]);
    expect(distance(cloud, 0, 2)).toBeCloseTo(1, 12);
    expect(distance(cloud, 2, 0)).toBe(distance(cloud, 0, 2));
    expect(distance(cloud, 1, 1)).toBe(0);
    expect(cosine(cloud, 0, 1)).toBeCloseTo(0, 12);
    expect(cosine(cloud, 0, 2)).toBeCloseTo(25 / (5 * Math.sqrt(26)), 12);
    expect(cosine(cloud, 0, 3)).toBeNull();
  });

  it('keep them when some are left out', () => {
    const sub = subCloud(cloud, [2, 0]);
    expect(sub.norms).toEqual([Math.sqrt(26), 5]);
    expect(sub.distances).toEqual([distance(cloud, 0, 2)]);
  });
});

describe('relations of adapters', () => {
  it('tell seeds, methods and the pretrained model apart', () => {
    const points = ['lora', 'copra'].flatMap((arm) => [0, 1, 2].map((seed) => ({ arm, seed })));
    const norms = [1, 2, 3, 4, 5, 6];
    const relations = relationsOf(points, { norms, distances: Array.from({ length: 15 }, (_, i) => i + 1) });
    expect(relations.map(({ kind, arms, distances }) => [kind, arms.join(), distances.length])).toEqual([
      ['other seed', 'lora', 3],
      ['other seed', 'copra', 3],
      ['other method', 'lora,copra', 3],
      ['pretrained', 'lora', 3],
      ['pretrained', 'copra', 3],
    ]);
    expect(relations[0].distances).toEqual([1, 2, 6]);
    expect(relations[4].distances).toEqual([4, 5, 6]);
  });
});

describe('the plane through three adapters', () => {
  it('holds the three: their coordinates give them back, and they project onto themselves', () => {
    fc.assert(
      fc.property(seeds, (s) => {
        const adapters = [s, s + 1001, s + 2002].map((seed) => randomAdapter(layout, seed));
        const plane = planeThrough(adapters[0], adapters[1], adapters[2]);
        expect(dot(plane.u, plane.v)).toBeCloseTo(0, 9);
        adapters.forEach((adapter, i) => {
          const [x, y] = plane.corners[i];
          const back = pointOn(plane, x, y);
          expect(Math.max(...back.map((value, k) => Math.abs(value - adapter[k])))).toBeLessThan(1e-5);
          const projected = projectOn(plane, adapter);
          expect(projected.x).toBeCloseTo(x, 6);
          expect(projected.y).toBeCloseTo(y, 6);
          expect(projected.residual).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('says how far a point lies from it', () => {
    const unit = (at: number, length: number) => Float32Array.from({ length: 4 }, (_, i) => (i === at ? length : 0));
    const plane = planeThrough(unit(0, 0), unit(0, 2), unit(1, 3));
    expect(projectOn(plane, Float32Array.of(0.5, 1, 3, 4))).toEqual({ x: 0.5, y: 1, residual: 5 });
  });

  it('does not exist for points on a line', () => {
    const on = (t: number) => Float32Array.of(t, 2 * t);
    expect(() => planeThrough(on(0), on(1), on(2))).toThrow('line');
    expect(() => planeThrough(on(1), on(1), on(2))).toThrow('line');
  });

  it('is seen through a square with room around all points', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 1, y: 2 },
    ];
    const { xs, ys } = gridAround(points, 13);
    expect([xs.length, ys.length]).toEqual([13, 13]);
    expect(xs[12] - xs[0]).toBeCloseTo(ys[12] - ys[0], 12);
    expect(xs[0] < 0 && xs[12] > 4 && ys[0] < 0 && ys[12] > 2).toBe(true);
    expect(xs[6]).toBeCloseTo(2, 12);
  });
});

describe('aligned adapters', () => {
  it.each(ALIGNMENTS.map(({ id }) => id))('stand for the same updates, and their heads are as they were: %s', (id) => {
    const adapters = [randomAdapter(layout, 5), randomAdapter(layout, 6)];
    const aligned = alignAdapterFactors(layout, adapters, id);
    adapters.forEach((adapter, k) => {
      const [before, after] = [updates(adapter, 1), updates(aligned[k], 1)];
      const error = Math.max(...before.map((value, i) => Math.abs(value - after[i])));
      expect(error).toBeLessThan(1e-4 * Math.sqrt(dot(before, before)));
      const head = layout.head!.weightOffset;
      expect(aligned[k].subarray(head)).toEqual(adapter.subarray(head));
    });
  });

  it('are nearer to one another for the best P', () => {
    const adapters = [randomAdapter(layout, 5), randomAdapter(layout, 6)];
    const apart = ([a, b]: readonly Float32Array[]) =>
      factorInner(layout, a, a) + factorInner(layout, b, b) - 2 * factorInner(layout, a, b);
    expect(apart(alignAdapterFactors(layout, adapters, 'invertible'))).toBeLessThan(apart(adapters));
  });
});
