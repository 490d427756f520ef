/** LoRA-LEGO against groups found by trying all of them, and by what the paper says of units. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix, multiply, type Matrix } from '../../core/matrix.ts';
import { stream } from '../../core/rng.ts';
import type { PairFactors } from './low-rank.ts';
import { rankClusters } from './rank-clusters.ts';

const [OUT, IN] = [5, 6];

/** An adapter of one pair, from its units [b; a]. */
const adapterOf = (units: readonly (readonly number[])[]): PairFactors => ({
  b: matrix(OUT, units.length, Array.from({ length: OUT }, (_, row) => units.map((unit) => unit[row])).flat()),
  a: matrix(
    units.length,
    IN,
    units.flatMap((unit) => unit.slice(OUT)),
  ),
});

const unitsOf = ({ a, b }: PairFactors): number[][] =>
  Array.from({ length: a.rows }, (_, i) => [
    ...Array.from({ length: OUT }, (_, row) => b.data[row * b.columns + i]),
    ...a.data.subarray(i * IN, (i + 1) * IN),
  ]);

const update = ({ a, b }: PairFactors): Matrix => multiply(b, a);
const length = (unit: readonly number[]): number => Math.hypot(...unit);
const mean = (units: readonly (readonly number[])[]): number[] =>
  units[0].map((_, i) => units.reduce((sum, unit) => sum + unit[i], 0) / units.length);
const spread = (units: readonly (readonly number[])[]): number =>
  units.reduce((sum, unit) => sum + length(unit.map((value, i) => value - mean(units)[i])) ** 2, 0);

const random = (seed: number, count: number): number[][] => {
  const rng = stream(seed, 'analysis');
  return Array.from({ length: count }, () => Array.from({ length: OUT + IN }, () => rng.normal()));
};

/** Every way of putting units into two groups of which none is empty. */
function* halves<T>(units: readonly T[]): Generator<readonly [T[], T[]]> {
  for (let code = 1; code < 2 ** (units.length - 1); code++) {
    const second = units.filter((_, i) => (code >> i) & 1);
    yield [units.filter((unit) => !second.includes(unit)), second];
  }
}

const near = (actual: readonly number[], expected: readonly number[]): boolean =>
  actual.every((value, i) => Math.abs(value - expected[i]) < 1e-9);

const seeds = fc.integer({ min: 0, max: 10_000 });

describe('LoRA-LEGO', () => {
  it('makes of every group the mean, as long as its units are on average', () => {
    const groups = [random(1, 1)[0], random(2, 1)[0].map((value) => 10 * value)];
    const like = (centre: readonly number[], seed: number): number[] =>
      centre.map((value, i) => value + 0.1 * random(seed, 1)[0][i]);
    // The same units in another order, as two seeds may have them.
    const [first, second] = [
      [like(groups[0], 3), like(groups[1], 4)],
      [like(groups[1], 5), like(groups[0], 6)],
    ];
    const expected = [
      [first[0], second[1]],
      [first[1], second[0]],
    ].map((members) => {
      const centre = mean(members);
      const average = (length(members[0]) + length(members[1])) / 2;
      return centre.map((value) => (value * average) / length(centre));
    });
    const merged = unitsOf(rankClusters([adapterOf(first), adapterOf(second)], [0.5, 0.5]));
    expect(merged).toHaveLength(2);
    for (const unit of expected) expect(merged.some((found) => near(found, unit))).toBe(true);
  });

  it('groups so that no single unit would be better off elsewhere, and mostly as well as can be', () => {
    let best = 0;
    const all = 200;
    for (let seed = 0; seed < all; seed++) {
      const units = random(seed, 4);
      const merged = unitsOf(rankClusters([adapterOf(units.slice(0, 2)), adapterOf(units.slice(2))], [0.5, 0.5]));
      const found = [...halves(units)].find((groups) =>
        groups.every((members) => {
          const centre = mean(members);
          const average = members.reduce((sum, unit) => sum + length(unit), 0) / members.length;
          const scaled = centre.map((value) => (value * average) / length(centre));
          return merged.some((unit) => near(unit, scaled));
        }),
      );
      expect(found).toBeDefined();
      const centres = found!.map(mean);
      found!.forEach((members, group) => {
        for (const unit of members) {
          const [own, other] = [centres[group], centres[1 - group]].map((centre) =>
            length(unit.map((value, i) => value - centre[i])),
          );
          expect(own).toBeLessThanOrEqual(other + 1e-9);
        }
      });
      const cost = (groups: readonly (readonly number[][])[]): number =>
        groups.reduce((sum, members) => sum + spread(members), 0);
      if (cost(found!) <= Math.min(...[...halves(units)].map(cost)) + 1e-9) best++;
    }
    expect(best).toBeGreaterThan(all / 2);
  });

  it('does not depend on the order of ranks', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [first, second] = [random(seed, 3), random(seed + 20_000, 3)];
        const turned = [second[2], second[0], second[1]];
        const [one, other] = [second, turned].map((units) =>
          update(rankClusters([adapterOf(first), adapterOf(units)], [0.6, 0.4])),
        );
        expect(near([...one.data], [...other.data])).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('takes an adapter of negative weight as its negative, and leaves out one of weight 0', () => {
    const [first, second] = [adapterOf(random(1, 2)), adapterOf(random(2, 2))];
    const negative = { a: second.a, b: { ...second.b, data: second.b.data.map((value) => -value) } };
    const [one, other] = [rankClusters([first, second], [0.5, -0.5]), rankClusters([first, negative], [0.5, 0.5])].map(
      update,
    );
    expect(near([...one.data], [...other.data])).toBe(true);
    const alone = update(rankClusters([first, second], [1, 0]));
    expect(near([...alone.data], [...update(first).data])).toBe(true);
  });

  it('leaves out units of nothing, as an adapter of lower rank is filled up with', () => {
    const units = random(1, 3);
    const nothing = units[0].map(() => 0);
    const merged = rankClusters([adapterOf([units[0], nothing]), adapterOf([units[1], units[2]])], [0.5, 0.5]);
    expect(merged.a.rows).toBe(2);
    const together = rankClusters([adapterOf([nothing, nothing]), adapterOf([units[1], units[2]])], [0.5, 0.5]);
    expect(near([...update(together).data], [...update(adapterOf([units[1], units[2]])).data])).toBe(true);
    expect(unitsOf(rankClusters([adapterOf([nothing])], [1]))).toEqual([nothing]);
  });
});
