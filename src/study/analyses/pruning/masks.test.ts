import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutOfLayers, PROJECTIONS } from '../../../core/adapter-layout.ts';
import { masksOf, pruningEvaluations } from './masks.ts';

const targets = fc.record({
  rank: fc.constant(1),
  towers: fc.subarray(['vision', 'text'] as const, { minLength: 1 }),
  projections: fc.subarray([...PROJECTIONS], { minLength: 1 }),
});

it('as many evaluations are counted as masks and sparsities are tested', () => {
  const layers = fc.record({ vision: fc.integer({ min: 1, max: 14 }), text: fc.integer({ min: 1, max: 6 }) });
  fc.assert(
    fc.property(layers, targets, fc.nat(4), fc.nat(3), fc.nat(3), (depths, adapted, randomMasks, known, unknown) => {
      const layout = layoutOfLayers(depths, adapted);
      const norms = layout.players.map((_, i) => i);
      const settings = { enabled: true, randomMasks, scopes: ['factors' as const], sparsities: [0, 0.5, 0.5] };
      const masks = (shapley: number[] | null) => masksOf(layout, { norms, shapley }, settings, 1).length;
      expect(pruningEvaluations(layout, settings, { runs: known + unknown, analysed: known })).toBe(
        known * (masks(norms) + 2) + unknown * (masks(null) + 2),
      );
    }),
  );
});

it('of the fixed masks, those by Shapley value, by norm and at random are listed under names of their own', () => {
  const layout = layoutOfLayers({ vision: 4, text: 0 }, { rank: 1, towers: ['vision'], projections: ['q', 'v'] });
  const labels = masksOf(layout, { norms: [4, 3, 2, 1], shapley: [1, 2, 3, 4] }, { randomMasks: 2 }, 0).map(
    ({ label }) => label,
  );
  expect(labels).toEqual([
    ...['all', 'none', 'even', 'odd', 'low', 'middle', 'high', 'q', 'v'],
    ...['shapley-1', 'norm-1', 'random-1', 'random-1'],
    ...['shapley-2', 'norm-2', 'random-2', 'random-2'],
    ...['shapley-3', 'norm-3', 'random-3', 'random-3'],
  ]);
});
