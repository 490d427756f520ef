import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import game from '../../../tests/golden/shapley/game.json' with { type: 'json' };
import { stream } from '../../core/rng.ts';
import { analyseShapley } from './analysis.ts';
import { CoalitionTally, type CoalitionAnswers } from './coalition-tally.ts';
import { blockEvaluationsExact, compareGates, gatesOfMask, masksInTrieOrder } from './coalitions.ts';
import { giniConcentration, topThirdShare } from './concentration.ts';
import { layerSets } from './layer-sets.ts';
import { permutationPlan, planOfOrders } from './permutation.ts';
import { exactPlan } from './plan.ts';
import type { ShapleyPlan } from './plan.ts';
import { addCoalition, efficiencyResidual, overImages, shapleyOfTable, shapleyValues } from './values.ts';

/** Block evaluations of coalitions given in trie order, with shared prefixes: the nodes of their trie. */
function blockEvaluationsShared(coalitions: readonly Uint8Array[]): number {
  return coalitions.reduce((sum, gates, index) => {
    if (index === 0) return gates.length;
    const before = coalitions[index - 1];
    const first = gates.findIndex((gate, player) => gate !== before[player]);
    return sum + (first < 0 ? 0 : gates.length - first);
  }, 0);
}

const randomGame = fc
  .integer({ min: 1, max: 6 })
  .chain((n) =>
    fc.tuple(
      fc.constant(n),
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2 ** n, maxLength: 2 ** n }),
    ),
  );
const plans = new Map<number, ShapleyPlan>();
const plan = (n: number) => plans.get(n) ?? plans.set(n, exactPlan(n)).get(n)!;
const inOrder = (p: ShapleyPlan, table: ArrayLike<number>) =>
  p.coalitions.map((gates) => table[gates.reduce((mask, gate, i) => mask | (gate << i), 0)]);
const layers = (n: number) => Array.from({ length: n }, (_, layer) => ({ tower: 'vision', layer }) as const);

/** The definition: the mean marginal contribution over all n! orders. */
function byOrders(n: number, table: ArrayLike<number>): number[] {
  const phi = new Array<number>(n).fill(0);
  let orders = 0;
  const visit = (mask: number, added: number[]) => {
    if (added.length === n) {
      orders++;
      let before = 0;
      for (const player of added) {
        phi[player] += table[before | (1 << player)] - table[before];
        before |= 1 << player;
      }
      return;
    }
    for (let player = 0; player < n; player++)
      if (!(mask & (1 << player))) visit(mask | (1 << player), [...added, player]);
  };
  visit(0, []);
  return phi.map((sum) => sum / orders);
}

describe('exact Shapley values', () => {
  it('equal the reference game', () => {
    const phi = shapleyOfTable(exactPlan(game.players), game.value_by_bitmask_bit0_is_player0);
    game.shapley.forEach((expected, player) => expect(Math.abs(phi[player] - expected)).toBeLessThan(1e-12));
  });

  it('equal the definition by orders', () => {
    fc.assert(
      fc.property(randomGame, ([n, table]) => {
        const phi = shapleyOfTable(plan(n), table);
        byOrders(n, table).forEach((expected, player) => expect(phi[player]).toBeCloseTo(expected, 10));
      }),
      { numRuns: 30 },
    );
  });

  it('are efficient', () => {
    fc.assert(
      fc.property(randomGame, ([n, table]) => {
        const phi = shapleyOfTable(plan(n), table);
        expect(Math.abs(efficiencyResidual(plan(n), inOrder(plan(n), table), phi))).toBeLessThan(1e-12);
      }),
    );
  });

  it('give a dummy its own worth and nothing else', () => {
    fc.assert(
      fc.property(randomGame, fc.double({ min: -3, max: 3, noNaN: true }), ([n, table], worth) => {
        const withDummy = [...table, ...table.map((value) => value + worth)];
        const phi = shapleyOfTable(plan(n + 1), withDummy);
        expect(phi[n]).toBeCloseTo(worth, 10);
        shapleyOfTable(plan(n), table).forEach((value, i) => expect(phi[i]).toBeCloseTo(value, 10));
      }),
    );
  });

  it('give symmetric players the same', () => {
    fc.assert(
      fc.property(randomGame, ([n, table]) => {
        fc.pre(n >= 2);
        const swapped = (mask: number) => (mask & ~3) | ((mask & 1) << 1) | ((mask >> 1) & 1);
        const phi = shapleyOfTable(
          plan(n),
          table.map((value, mask) => value + table[swapped(mask)]),
        );
        expect(phi[0]).toBeCloseTo(phi[1], 10);
      }),
    );
  });

  it('are linear in the game', () => {
    fc.assert(
      fc.property(randomGame, fc.double({ min: -3, max: 3, noNaN: true }), ([n, table], factor) => {
        const other = table.map((value, mask) => Math.sin(mask + value));
        const sum = shapleyOfTable(
          plan(n),
          table.map((value, mask) => value + factor * other[mask]),
        );
        const one = shapleyOfTable(plan(n), table);
        const two = shapleyOfTable(plan(n), other);
        sum.forEach((value, i) => expect(value).toBeCloseTo(one[i] + factor * two[i], 9));
      }),
    );
  });
});

describe('coalitions', () => {
  it('trie order visits every mask once, sorted by gates, from none to all', () => {
    for (let n = 1; n <= 8; n++) {
      const masks = [...masksInTrieOrder(n)];
      expect(new Set(masks).size).toBe(2 ** n);
      const gates = masks.map((mask) => gatesOfMask(mask, n));
      expect([...gates].sort(compareGates)).toEqual(gates);
      expect(masks[0]).toBe(0);
      expect(masks[2 ** n - 1]).toBe(2 ** n - 1);
    }
  });

  it('shares prefixes: 8,190 blocks for 12 layers instead of 49,152', () => {
    expect(blockEvaluationsExact(12)).toBe(8190);
    for (const n of [1, 3, 8, 12]) expect(blockEvaluationsShared(plan(n).coalitions)).toBe(blockEvaluationsExact(n));
  });

  it('refuses games too large to enumerate', () => {
    expect(() => masksInTrieOrder(24)).toThrow(/sample permutations instead/);
    expect(() => exactPlan(0)).toThrow(RangeError);
  });
});

describe('permutation sampling', () => {
  it('over all 3! orders is exact', () => {
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [0, 2, 1],
      [1, 2, 0],
      [1, 0, 2],
      [2, 0, 1],
    ];
    const all = planOfOrders(3, orders);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 8, maxLength: 8 }), (table) => {
        const exact = shapleyOfTable(plan(3), table);
        shapleyOfTable(all, table).forEach((value, i) => expect(value).toBeCloseTo(exact[i], 12));
      }),
    );
  });

  it('is efficient for every sample, repeats for a seed, and passes the empty and the full coalition', () => {
    fc.assert(
      fc.property(randomGame, fc.nat(), ([n, table], seed) => {
        const sampled = permutationPlan(n, 5, seed);
        expect(sampled.coalitions).toEqual(permutationPlan(n, 5, seed).coalitions);
        const values = inOrder(sampled, table);
        const phi = shapleyValues(sampled, values);
        expect(Math.abs(efficiencyResidual(sampled, values, phi))).toBeLessThan(1e-10);
        expect(values[0]).toBe(table[0]);
        expect(values[values.length - 1]).toBe(table[2 ** n - 1]);
      }),
    );
  });

  it('approaches the exact values, within its own standard errors', () => {
    const table = game.value_by_bitmask_bit0_is_player0;
    const sampled = permutationPlan(7, 4000, 1);
    const values = inOrder(sampled, table);
    const phi = shapleyValues(sampled, values);
    const error = sampled.samplingError(values);
    game.shapley.forEach((expected, i) => {
      expect(Math.abs(phi[i] - expected)).toBeLessThan(0.08);
      expect(Math.abs(phi[i] - expected)).toBeLessThan(4.5 * error[i]);
    });
  });

  it('its standard error is about the spread over seeds', () => {
    const table = game.value_by_bitmask_bit0_is_player0;
    let squared = 0;
    let predicted = 0;
    for (let seed = 0; seed < 200; seed++) {
      const sampled = permutationPlan(7, 40, seed);
      const values = inOrder(sampled, table);
      squared += (shapleyValues(sampled, values)[0] - game.shapley[0]) ** 2;
      predicted += sampled.samplingError(values)[0] ** 2;
    }
    expect(predicted / squared).toBeGreaterThan(0.7);
    expect(predicted / squared).toBeLessThan(1.4);
  });

  it('works beyond the width of a bit mask', () => {
    const sampled = permutationPlan(48, 4, 0);
    const additive = sampled.coalitions.map((gates) => gates.reduce((sum, gate, i) => sum + gate * i, 0));
    shapleyValues(sampled, additive).forEach((value, i) => expect(value).toBeCloseTo(i, 9));
    sampled.samplingError(additive).forEach((error) => expect(error).toBeCloseTo(0, 9));
  });
});

/** @param matrix [coalitions, images] */
function shapleyPerImage(of: ShapleyPlan, matrix: Float32Array, images: number): Float64Array {
  const perImage = new Float64Array(of.players * images);
  of.coalitions.forEach((_, c) => addCoalition(of, c, matrix.subarray(c * images, (c + 1) * images), perImage));
  return perImage;
}

describe('per image', () => {
  it('averages to the values of the mean game; its error is the spread over images', () => {
    const rng = stream(4, 'analysis');
    const images = 17;
    const matrix = Float32Array.from({ length: 32 * images }, () => rng.uniform());
    const means = Array.from(
      { length: 32 },
      (_, c) => matrix.subarray(c * images, (c + 1) * images).reduce((a, b) => a + b, 0) / images,
    );
    const perImage = shapleyPerImage(plan(5), matrix, images);
    const { values, dataError } = overImages(perImage, 5);
    shapleyValues(plan(5), means).forEach((expected, i) => expect(values[i]).toBeCloseTo(expected, 10));
    const column = Array.from({ length: 32 }, (_, c) => matrix[c * images + 3]);
    shapleyValues(plan(5), column).forEach((expected, i) => expect(perImage[i * images + 3]).toBeCloseTo(expected, 10));
    expect(dataError.every((error) => error > 0 && error < 0.2)).toBe(true);
  });

  it('divides what every image gains, of 4,096 coalitions and 256 images', () => {
    const twelve = plan(12);
    const random = stream(9, 'analysis');
    const values = Float32Array.from({ length: 4096 * 256 }, () => random.normal());
    const perImage = shapleyPerImage(twelve, values, 256);
    const at = (full: boolean) => twelve.coalitions.findIndex((gates) => gates.every((gate) => Boolean(gate) === full));
    const [none, all] = [at(false), at(true)];
    for (const image of [0, 100, 255]) {
      const shared = Array.from({ length: 12 }, (_, player) => perImage[player * 256 + image]);
      const gained = values[all * 256 + image] - values[none * 256 + image];
      expect(shared.reduce((sum, value) => sum + value, 0)).toBeCloseTo(gained, 4);
    }
  });
});

function tallyOf(of: ShapleyPlan, ...portions: readonly CoalitionAnswers[]): CoalitionTally {
  const tally = new CoalitionTally(of);
  for (const portion of portions) tally.add(portion);
  return tally;
}

describe('analyseShapley', () => {
  it('gives the credit to the layer that does the work', () => {
    const three = plan(3);
    const labels = Int32Array.of(0, 1, 0, 1);
    const predicted = Int32Array.from(three.coalitions.flatMap((gates) => [...labels].map((l) => (gates[2] ? l : 0))));
    const loss = Float32Array.from(predicted, (label, i) => (label === labels[i % 4] ? 0.1 : 2.1));
    const result = analyseShapley(tallyOf(three, { loss, predicted, labels }), layers(3));
    result.accuracy.forEach((value, i) => expect(value).toBeCloseTo([0, 0, 0.5][i], 12));
    result.loss.forEach((value, i) => expect(value).toBeCloseTo([0, 0, 1][i], 6));
    expect(result.accuracyError[0]).toBeCloseTo(0, 12);
    expect(result.accuracyError[2]).toBeCloseTo(Math.sqrt(1 / 3) / 2, 6);
    expect(result.topThirdShare).toBeCloseTo(1, 12);
    expect(result.gini).toBeCloseTo(2 / 3, 12);
    expect(result.residual).toBeCloseTo(0, 12);
    expect([result.images, result.coalitions]).toEqual([4, 8]);
  });

  it('does not depend on how images are cut into portions, and refuses answers of other coalitions', () => {
    const rng = stream(8, 'analysis');
    const images = 7;
    const labels = Int32Array.from({ length: images }, (_, i) => i % 3);
    const loss = Float32Array.from({ length: 8 * images }, () => rng.uniform());
    const predicted = Int32Array.from({ length: 8 * images }, () => Math.floor(3 * rng.uniform()));
    const columns = <A extends Float32Array | Int32Array>(matrix: A, from: number, to: number): A =>
      matrix.filter((_, i) => i % images >= from && i % images < to) as A;
    const part = (from: number, to: number): CoalitionAnswers => ({
      loss: columns(loss, from, to),
      predicted: columns(predicted, from, to),
      labels: labels.slice(from, to),
    });
    const [whole, cut] = [tallyOf(plan(3), part(0, 7)), tallyOf(plan(3), part(0, 3), part(3, 4), part(4, 7))];
    expect(analyseShapley(cut, layers(3))).toEqual(analyseShapley(whole, layers(3)));
    expect(layerSets(cut, layers(3))).toEqual(layerSets(whole, layers(3)));
    expect(cut.pairs).toEqual(whole.pairs);
    expect(cut.halves.map((half) => half.images)).toEqual([4, 3]);
    expect(() => whole.add({ ...part(0, 2), loss })).toThrow(/8 × 2/);
  });

  it('errs by the choice of the images and by that of the coalitions', () => {
    const sampled = permutationPlan(4, 4, 1);
    const rng = stream(9, 'analysis');
    const images = 12;
    const cells = images * sampled.coalitions.length;
    const tally = tallyOf(sampled, {
      loss: Float32Array.from({ length: cells }, () => rng.uniform()),
      predicted: Int32Array.from({ length: cells }, () => Math.floor(2 * rng.uniform())),
      labels: new Int32Array(images),
    });
    const { coalitionError, ...found } = analyseShapley(tally, layers(4));
    for (const quantity of ['accuracy', 'loss'] as const) {
      const ofImages = overImages(tally.perImage[quantity], 4).dataError;
      const ofCoalitions = coalitionError![quantity];
      for (const part of [ofImages, ofCoalitions]) expect(Math.max(...part)).toBeGreaterThan(0);
      found[`${quantity}Error`].forEach((error, i) =>
        expect(error).toBeCloseTo(Math.hypot(ofImages[i], ofCoalitions[i]), 12),
      );
    }
  });

  it('has finite errors for one image', () => {
    const one = permutationPlan(3, 2, 0);
    const n = one.coalitions.length;
    const answers = { loss: new Float32Array(n), predicted: new Int32Array(n), labels: Int32Array.of(0) };
    const result = analyseShapley(tallyOf(one, answers), layers(3));
    expect([...result.accuracyError, ...result.lossError].every(Number.isFinite)).toBe(true);
    expect(result.topThirdShare).toBeNull();
  });
});

describe('concentration', () => {
  it('top third of every tower', () => {
    const two = [...layers(3), ...layers(3).map(({ layer }) => ({ tower: 'text', layer }) as const)];
    expect(topThirdShare(two, [1, 1, 1, 1, 1, 1])).toBeCloseTo(1 / 3, 12);
    expect(topThirdShare(two, [0, 0, 2, -1, 0, 1])).toBeCloseTo(0.75, 12);
    expect(topThirdShare(two, [0, 0, 0, 0, 0, 0])).toBeNull();
    expect(topThirdShare(two, [3e-15, 0, 1e-16, -2e-15, 0, 0])).toBeNull(); // what rounding leaves of nothing
  });

  it('Gini', () => {
    expect(giniConcentration([1, 1, 1, 1])).toBeCloseTo(0, 12);
    expect(giniConcentration([0, 0, 0, -5])).toBeCloseTo(0.75, 12);
    expect(giniConcentration([0, 0])).toBeNull();
    expect(giniConcentration([3e-15, 0])).toBeNull();
  });
});
