import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdapterLayout, gatesOfPlayers, type TowerName } from '../../../core/adapter-layout.ts';
import type { Variant } from '../../engine.ts';
import { blockEvaluationsExact } from '../../../copra/shapley/coalitions.ts';
import { exactPlan } from '../../../copra/shapley/plan.ts';
import { childRange, distinctAdapters, planTower } from './variants.ts';

const LAYERS = 3;
const layout = createAdapterLayout(
  { vision: { layers: LAYERS, width: 2, mlpWidth: 8 }, text: { layers: LAYERS, width: 2, mlpWidth: 8 } },
  { rank: 1, towers: ['vision', 'text'], projections: ['q', 'fc1'] },
);
const adapters: Float32Array[] = [0, 1, 2].map((value) => new Float32Array(layout.size).fill(value));

const variants: fc.Arbitrary<Variant[]> = fc.array(
  fc.record({
    adapter: fc.constantFrom(...adapters),
    gates: fc
      .array(fc.constantFrom(0, 0, 1), { minLength: layout.pairs.length, maxLength: layout.pairs.length })
      .map((gates) => Uint8Array.from(gates)),
  }),
  { minLength: 1, maxLength: 40 },
);

/** What a variant's adapters do up to and including a layer: the definition that the plan has to reproduce. */
function prefix(variant: Variant, tower: TowerName, layers: number): string {
  const adapter = adapters.indexOf(variant.adapter);
  const states = Array.from({ length: layers }, (_, layer) => {
    const bits = layout.pairs.flatMap((p, i) => (p.tower === tower && p.layer === layer ? [variant.gates[i]] : []));
    return bits.includes(1) ? `${adapter}:${bits.join('')}` : 'frozen';
  });
  return states.join(' ');
}

describe.each<TowerName>(['vision', 'text'])('the plan of the %s tower', (tower) => {
  const plan = (list: readonly Variant[]) =>
    planTower(layout, tower, LAYERS, list, distinctAdapters(list).slotOfVariant);

  it('leads every variant through its own states', () => {
    fc.assert(
      fc.property(variants, (list) => {
        const { levels, leafOfVariant } = plan(list);
        list.forEach((variant, v) => {
          let node = leafOfVariant[v];
          for (let layer = LAYERS - 1; layer >= 0; layer--) {
            const { parent, variant: representative } = levels[layer][node];
            expect(prefix(list[representative], tower, layer + 1)).toBe(prefix(variant, tower, layer + 1));
            node = parent;
          }
          expect(node).toBe(0); // the embedding
        });
      }),
    );
  });

  it('has one node per distinct prefix', () => {
    fc.assert(
      fc.property(variants, (list) => {
        plan(list).levels.forEach((level, layer) => {
          expect(level).toHaveLength(new Set(list.map((variant) => prefix(variant, tower, layer + 1))).size);
        });
      }),
    );
  });

  it('keeps siblings together, so that any slice of a level has its children in one range', () => {
    fc.assert(
      fc.property(variants, fc.nat(), fc.nat(), (list, a, b) => {
        const { levels } = plan(list);
        levels.slice(1).forEach((level, above) => {
          const parents = levels[above].length;
          const [from, to] = [a % parents, b % (parents + 1)].sort((x, y) => x - y);
          const [start, end] = childRange(level, from, to);
          const children = level.flatMap(({ parent }, node) => (parent >= from && parent < to ? [node] : []));
          expect(children).toEqual(Array.from({ length: end - start }, (_, i) => start + i));
        });
      }),
    );
  });

  it('does not depend on the order of the variants', () => {
    fc.assert(
      fc.property(variants, (list) => {
        const count = (of: readonly Variant[]) => plan(of).levels.map((level) => level.length);
        expect(count([...list].reverse())).toEqual(count(list));
      }),
    );
  });
});

describe('exact Shapley values', () => {
  it('cost 2^(L+1) − 2 nodes', () => {
    const L = 12;
    const deep = createAdapterLayout(
      { vision: { layers: L, width: 2, mlpWidth: 8 } },
      { rank: 1, towers: ['vision'], projections: ['q', 'k', 'v'] },
    );
    const adapter = new Float32Array(deep.size);
    const all = Array.from({ length: 2 ** L }, (_, mask) => ({
      adapter,
      gates: gatesOfPlayers(
        deep,
        Array.from({ length: L }, (_bit, i) => (mask >> i) & 1),
      ),
    }));
    const { levels } = planTower(deep, 'vision', L, all, distinctAdapters(all).slotOfVariant);
    expect(levels.map((level) => level.length)).toEqual(Array.from({ length: L }, (_, layer) => 2 ** (layer + 1)));
    expect(levels.reduce((sum, level) => sum + level.length, 0)).toBe(8190);
  });

  it('of two towers factorise: 2^a · 2^b coalitions from the states of each tower on its own', () => {
    const [a, b] = [6, 5];
    const both = createAdapterLayout(
      { vision: { layers: a, width: 2, mlpWidth: 8 }, text: { layers: b, width: 2, mlpWidth: 8 } },
      { rank: 1, towers: ['vision', 'text'], projections: ['q'] },
    );
    const adapter = new Float32Array(both.size);
    const all = exactPlan(a + b).coalitions.map((gates) => ({ adapter, gates: gatesOfPlayers(both, gates) }));
    expect(all).toHaveLength(2048);
    for (const [tower, layers] of [
      ['vision', a],
      ['text', b],
    ] as const) {
      const { levels, leafOfVariant } = planTower(both, tower, layers, all, distinctAdapters(all).slotOfVariant);
      expect(levels.reduce((sum, level) => sum + level.length, 0)).toBe(blockEvaluationsExact(layers));
      expect(new Set(leafOfVariant).size).toBe(2 ** layers);
    }
  });
});
