import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PATH_PAIRS, pairPath, PATH_LAMBDAS, pathCurves, pathPairs, variantsAlong } from './picture-path.ts';

const arms = [
  { id: 'a', name: 'LoRA' },
  { id: 'b', name: 'CopRA' },
];
const adaptersOf = (arm: string, seeds: readonly number[]) =>
  seeds.map((seed) => ({ id: `${arm}/${seed}`, run: { arm, seed } }));

describe('the path of a picture', () => {
  it('has every pair of runs of an arm once, up to a bound, arms in turn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), (some, many) => {
        const seeds = (count: number) => Array.from({ length: count }, (_, i) => 3 * i);
        const extra = { id: 'opened', run: null };
        const pairs = pathPairs(arms, [
          extra,
          ...adaptersOf('b', seeds(many)).toReversed(),
          ...adaptersOf('a', seeds(some)),
        ]);
        const counts = ['a', 'b'].map((id) => pairs.filter(({ arm }) => arm === id).length);
        const most = (count: number) => Math.min(MOST_PATH_PAIRS, Math.abs(count * (count - 1)) / 2);
        expect(counts).toEqual([most(some), most(many)]);
        expect(new Set(pairs.map(({ ends }) => ends.join())).size).toBe(pairs.length);
        for (const {
          arm,
          seeds: [first, second],
          ends,
        } of pairs) {
          expect(first).toBeLessThan(second);
          expect(ends).toEqual([`${arm}/${first}`, `${arm}/${second}`]);
        }
        // What there is of an arm first does not depend on how much there is of the other.
        pairs.slice(0, 2 * Math.min(...counts)).forEach(({ arm }, i) => expect(arm).toBe(arms[i % 2].id));
      }),
    );
  });

  it('goes from the one end to the other', () => {
    const [pair] = pathPairs(arms, adaptersOf('a', [4, 5]));
    const variants = variantsAlong(pair, 'updates');
    expect(variants[0].parts).toEqual([
      { adapter: 'a/4', weight: 1 },
      { adapter: 'a/5', weight: 0 },
    ]);
    expect(variants.at(-1)?.parts.map(({ weight }) => weight)).toEqual([0, 1]);
    for (const { parts } of variants) expect(parts[0].weight + parts[1].weight).toBeCloseTo(1, 12);
  });

  it('reads the true class, and averages over pairs', () => {
    const pairs = pathPairs(arms, adaptersOf('b', [0, 1, 2]));
    const answersOf = (share: number) => ({
      probabilities: PATH_LAMBDAS.map(() => Float32Array.of(share, 1 - share)),
    });
    const paths = pairs.flatMap((pair, i) => pairPath(pair, answersOf([0.25, 0.5, 1][i]), 1) ?? []);
    expect(paths[0].certainty).toEqual(PATH_LAMBDAS.map(() => 0.75));
    expect(paths[0].predicted[0]).toBe(1);
    expect(paths[2].predicted[0]).toBe(0);
    const curves = pathCurves(arms, paths);
    expect(curves.map(({ name }) => name)).toEqual(['CopRA']);
    expect(curves[0].spreads[5]).toMatchObject({ mean: 1.25 / 3, n: 3 });
    expect(pairPath(pairs[0], { probabilities: [null] }, 0)).toBeNull();
  });
});
