import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import game from '../../../tests/golden/shapley/game.json' with { type: 'json' };
import { inverse } from '../../core/decompositions.ts';
import { matrix, multiply } from '../../core/matrix.ts';
import { stream } from '../../core/rng.ts';
import { maskOfGates } from './coalitions.ts';
import { spearman } from './compare-estimators.ts';
import { planWithin } from './estimators.ts';
import { samplePairs, type CoalitionPair } from './pairs.ts';
import { ESTIMATORS } from './estimator-ids.ts';
import { exactPlan, unitsWithin, type ShapleyPlan } from './plan.ts';
import { efficiencyResidual, shapleyOfTable, shapleyValues } from './values.ts';

const SAMPLED = ESTIMATORS.filter((id) => id !== 'exact');
const REGRESSIONS = ['kernel', 'odd'] as const;

const valuesOf = (plan: ShapleyPlan, v: (gates: Uint8Array) => number) => plan.coalitions.map(v);
const randomTable = (players: number, seed: number) => {
  const rng = stream(seed, 'analysis', 99);
  return Float64Array.from({ length: 2 ** players }, () => rng.normal());
};
/** A smooth saturating game with layers of different worth, some of them substitutes. */
function saturating(players: number) {
  return (gates: Uint8Array) => {
    const work = gates.reduce((sum, gate, i) => sum + gate * (1 + (i % 4)), 0) / players;
    return 1 - Math.exp(-work) + 0.1 * gates[0] * gates[players - 1];
  };
}
const budgets = fc.integer({ min: 8, max: 120 });
const sizes = fc.integer({ min: 3, max: 8 });

describe.each(SAMPLED)('%s', (estimator) => {
  it('starts with nothing and ends with everything, in trie order, within budget, and repeats for a seed', () => {
    fc.assert(
      fc.property(sizes, budgets, fc.nat(), (n, budget, seed) => {
        const plan = planWithin(estimator, n, budget, seed);
        expect(maskOfGates(plan.coalitions[0])).toBe(0);
        expect(maskOfGates(plan.coalitions.at(-1)!)).toBe(2 ** n - 1);
        const texts = plan.coalitions.map((gates) => gates.join(''));
        expect([...new Set(texts)].sort()).toEqual(texts);
        const least = estimator === 'owen' ? 4 * (n + 1) + 2 : estimator === 'permutation' ? 4 * n : 2 * n + 2;
        expect(texts.length).toBeLessThanOrEqual(Math.max(budget, least));
        expect(planWithin(estimator, n, budget, seed)).toMatchObject({
          coalitions: plan.coalitions,
          weights: plan.weights,
        });
      }),
      { numRuns: 15 },
    );
  });

  it('is efficient for every game', () => {
    fc.assert(
      fc.property(sizes, budgets, fc.nat(), (n, budget, seed) => {
        const plan = planWithin(estimator, n, budget, seed);
        const table = randomTable(n, seed);
        const values = valuesOf(plan, (gates) => table[maskOfGates(gates)]);
        expect(Math.abs(efficiencyResidual(plan, values, shapleyValues(plan, values)))).toBeLessThan(1e-9);
      }),
      { numRuns: 15 },
    );
  });

  it('is exact for linear games, dummies and equal players among them, without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 20 }),
        fc.nat(),
        (worths, seed) => {
          const plan = planWithin(estimator, worths.length, 64, seed);
          const values = valuesOf(plan, (gates) => 7 + gates.reduce((sum, gate, i) => sum + gate * worths[i], 0));
          const phi = shapleyValues(plan, values);
          const error = plan.samplingError(values);
          worths.forEach((worth, i) => {
            expect(phi[i]).toBeCloseTo(worth, 7);
            expect(error[i]).toBeCloseTo(0, 6);
          });
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is right on average over seeds', () => {
    const exact = game.shapley;
    const sum = new Float64Array(7);
    const squares = new Float64Array(7);
    const seeds = 120;
    for (let seed = 0; seed < seeds; seed++) {
      const phi = shapleyOfTable(planWithin(estimator, 7, 62, seed), game.value_by_bitmask_bit0_is_player0);
      phi.forEach((value, i) => {
        sum[i] += value / seeds;
        squares[i] += value ** 2 / seeds;
      });
    }
    // Ratio estimates such as regressions have a bias that is small beside their spread.
    exact.forEach((expected, i) => {
      const spread = Math.sqrt(squares[i] - sum[i] ** 2);
      expect(Math.abs(sum[i] - expected)).toBeLessThan(0.6 * spread + 1e-9);
    });
  });

  it('its standard error is about the spread over seeds', () => {
    const n = 10;
    const v = saturating(n);
    const exact = shapleyValues(exactPlan(n), valuesOf(exactPlan(n), v));
    let squared = 0;
    let predicted = 0;
    for (let seed = 0; seed < 60; seed++) {
      const plan = planWithin(estimator, n, 128, seed);
      const values = valuesOf(plan, v);
      const error = plan.samplingError(values);
      shapleyValues(plan, values).forEach((value, i) => {
        squared += (value - exact[i]) ** 2;
        predicted += error[i] ** 2;
      });
    }
    expect(predicted / squared).toBeGreaterThan(0.4);
    expect(predicted / squared).toBeLessThan(4);
  });

  it('takes 48 players', () => {
    const v = saturating(48);
    const plan = planWithin(estimator, 48, 512, 3);
    const values = valuesOf(plan, v);
    const phi = shapleyValues(plan, values);
    expect(Math.abs(efficiencyResidual(plan, values, phi))).toBeLessThan(1e-9);
    expect([...phi, ...plan.samplingError(values)].every(Number.isFinite)).toBe(true);
  });
});

/** The places of all sets of this many of n players. */
const setsOf = (n: number, size: number): number[][] =>
  Array.from({ length: 2 ** n }, (_, mask) =>
    Array.from({ length: n }, (_one, i) => i).filter((i) => (mask >> i) & 1),
  ).filter(({ length }) => length === size);

/**
 * Shapley values by the definition of both regressions, as one system with a multiplier for the full coalition: the weights minimise
 * Σ w (y − x·θ)² + ridge · Σ θ_T² over the products x of single players and of sets of three.
 */
function regressed(
  pairs: readonly CoalitionPair[],
  v: (gates: Uint8Array) => number,
  { triples, ridge }: { readonly triples: boolean; readonly ridge: number },
): number[] {
  const n = pairs[0].gates.length;
  const sets = [...setsOf(n, 1), ...(triples ? setsOf(n, 3) : [])];
  const rowOf = (gates: Uint8Array) => ({
    x: sets.map((set) => set.reduce((sign, i) => sign * (2 * gates[i] - 1), 1)),
    y: (v(gates) - v(gates.map((gate) => 1 - gate))) / 2,
  });
  const full = rowOf(new Uint8Array(n).fill(1));
  const rows = pairs.map(({ gates, weight }) => ({ ...rowOf(gates), weight }));
  const size = sets.length + 1;
  const system = matrix(size, size, new Float64Array(size * size));
  const right = matrix(size, 1, new Float64Array(size));
  sets.forEach((set, i) => {
    sets.forEach(
      (_, j) => (system.data[i * size + j] = rows.reduce((sum, { x, weight }) => sum + weight * x[i] * x[j], 0)),
    );
    if (set.length === 3) system.data[i * size + i] += ridge;
    system.data[i * size + sets.length] = system.data[sets.length * size + i] = full.x[i];
    right.data[i] = rows.reduce((sum, { x, y, weight }) => sum + weight * x[i] * y, 0);
  });
  right.data[sets.length] = full.y;
  const theta = multiply(inverse(system, 1e-14)!, right).data;
  return Array.from({ length: n }, (_, i) =>
    sets.reduce((sum, set, at) => sum + (set.includes(i) ? (2 * theta[at]) / set.length : 0), 0),
  );
}

it.each([
  ['kernel', 'kernel', false],
  ['odd', 'modified-l2', true],
] as const)(
  '%s and its error are those of regressions with all pairs, and without each that was drawn',
  (estimator, law, triples) => {
    const [n, budget, seed] = [5, 26, 3];
    const table = randomTable(n, 4);
    const v = (gates: Uint8Array) => table[maskOfGates(gates)];
    const plan = planWithin(estimator, n, budget, seed);
    const pairs = samplePairs(n, (budget - 2) / 2, law, seed);
    const options = { triples, ridge: 0.5 * pairs.reduce((sum, { weight }) => sum + weight, 0) };
    const whole = regressed(pairs, v, options);
    const values = valuesOf(plan, v);
    shapleyValues(plan, values).forEach((value, i) => expect(value).toBeCloseTo(whole[i], 8));
    const drawn = pairs.filter(({ sampled }) => sampled);
    expect(drawn.length).toBeGreaterThan(3);
    const without = drawn.map((pair) =>
      regressed(
        pairs.filter((other) => other !== pair),
        v,
        options,
      ),
    );
    plan
      .samplingError(values)
      .forEach((error, i) => expect(error).toBeCloseTo(Math.hypot(...without.map((phi) => phi[i] - whole[i])), 8));
  },
);

describe.each(REGRESSIONS)('%s', (estimator) => {
  it('equals the exact values when every coalition is evaluated', () => {
    for (let n = 1; n <= 8; n++) {
      const table = randomTable(n, n);
      const plan = planWithin(estimator, n, 2 ** n, 5);
      expect(plan.coalitions).toHaveLength(2 ** n);
      const exact = shapleyOfTable(exactPlan(n), table);
      shapleyOfTable(plan, table).forEach((value, i) => expect(value).toBeCloseTo(exact[i], 9));
      expect([...plan.samplingError(valuesOf(plan, (gates) => table[maskOfGates(gates)]))]).toEqual(Array(n).fill(0));
    }
  });

  it('equals the golden game when every coalition is evaluated', () => {
    const phi = shapleyOfTable(planWithin(estimator, 7, 128, 0), game.value_by_bitmask_bit0_is_player0);
    game.shapley.forEach((expected, i) => expect(Math.abs(phi[i] - expected)).toBeLessThan(1e-9));
  });

  it('is exact for games with interactions of two players: they are even', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 9 }), fc.nat(), (n, seed) => {
        const rng = stream(seed, 'analysis', 3);
        const pairs = Array.from({ length: n * n }, () => rng.normal());
        const v = (gates: Uint8Array) =>
          pairs.reduce((sum, worth, k) => sum + worth * gates[k % n] * gates[Math.floor(k / n)], 0);
        const exact = shapleyValues(exactPlan(n), valuesOf(exactPlan(n), v));
        const plan = planWithin(estimator, n, 48, seed);
        shapleyValues(plan, valuesOf(plan, v)).forEach((value, i) => expect(value).toBeCloseTo(exact[i], 7));
      }),
      { numRuns: 20 },
    );
  });
});

describe('units within a budget', () => {
  it('are as many as the budget holds and no more, up to twice those of the worst case, and two at least', () => {
    const three = (units: number) => 3 * units;
    expect([8, 9, 11, 12, 100].map((budget) => unitsWithin(budget, 2, three))).toEqual([2, 3, 3, 4, 4]);
    expect(unitsWithin(0, 0, three)).toBe(2);
  });
});

it('the correlation of ranks gives equal values their mean rank', () => {
  // Ranks ½ ½ 2 3 and 0 1 2 3, about a mean of 1.5.
  expect(spearman([1, 1, 5, 9], [2, 4, 6, 8])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  expect(spearman([1, 2, 3], [9, 5, 1])).toBeCloseTo(-1, 12);
  expect(spearman([1, 1], [1, 2])).toBeNaN();
});

describe('pairs', () => {
  it.each([
    ['kernel', (weight: number) => weight],
    ['modified-l2', Math.sqrt],
  ] as const)('are spread over the sizes as the law %s says, beside all of single players', (law, shareOf) => {
    const shares = [2, 3, 4].map((size) => shareOf(1 / (size * (9 - size))));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (let seed = 0; seed < 10; seed++) {
      const sizes = samplePairs(9, 60, law, seed).map(({ gates }) => gates.reduce((sum, gate) => sum + gate, 0));
      const count = (wanted: number) => sizes.filter((size) => size === wanted).length;
      expect(count(1)).toBe(9);
      shares.forEach((share, i) => expect(Math.abs(count(2 + i) - (51 * share) / total)).toBeLessThan(1));
    }
  });

  it('are distinct, as many as wanted, and hold all of the kernel weight on average', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 10 }),
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom('kernel' as const, 'modified-l2' as const),
        fc.nat(),
        (n, wanted, law, seed) => {
          const pairs = samplePairs(n, wanted, law, seed);
          const keys = pairs.flatMap(({ gates }) => [maskOfGates(gates), 2 ** n - 1 - maskOfGates(gates)]);
          expect(new Set(keys).size).toBe(2 * pairs.length);
          expect(pairs.length).toBe(Math.min(2 ** (n - 1) - 1, Math.max(n, wanted)));
        },
      ),
    );
    const total = (pairs: ReturnType<typeof samplePairs>) => pairs.reduce((sum, { weight }) => sum + weight, 0);
    const all = total(samplePairs(9, 255, 'kernel', 0));
    let sum = 0;
    for (let seed = 0; seed < 200; seed++) sum += total(samplePairs(9, 60, 'kernel', seed)) / 200;
    expect(sum / all).toBeCloseTo(1, 1);
  });
});
