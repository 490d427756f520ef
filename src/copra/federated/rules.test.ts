import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { initialAdapter } from '../lora-init.ts';
import { headOf, pairProduct } from '../relayout.ts';
import { randomAdapter, smallLayout } from '../test-layouts.ts';
import { aggregationError } from './aggregation-error.ts';
import { clientDrift } from './drift.ts';
import type { Aggregated, Round } from './rule.ts';
import { FEDERATED_RULES, keepsA } from './rule-list.ts';
import { federatedRule } from './rules/registry.ts';

/** A round of clients that moved away from a common start; with `sharedA` in B only. */
function roundOf(layout: AdapterLayout, clients: number, seed: number, sharedA = false): Round {
  const rng = stream(seed, 'analysis');
  const start = randomAdapter(layout, seed);
  const own = Array.from({ length: clients }, (_, k) => {
    const values = randomAdapter(layout, seed + 1 + k);
    if (sharedA) for (const { aOffset, bOffset } of layout.pairs) values.set(start.subarray(aOffset, bOffset), aOffset);
    return values;
  });
  const sizes = own.map(() => 0.1 + rng.uniform());
  const total = sizes.reduce((a, b) => a + b);
  return {
    layout,
    start,
    clients: own,
    weights: sizes.map((n) => n / total),
    fresh: () => initialAdapter(layout, seed),
  };
}

/** The update of every pair that everybody has after the round, dense. */
function updatesOf({ layout }: Round, { adapter, residual }: Aggregated): Float64Array[] {
  return layout.pairs.map((pair, i) => {
    const product = Float64Array.from(pairProduct(layout, adapter, pair));
    if (!residual) return product;
    const rest = pairProduct(residual.layout, residual.values, residual.layout.pairs[i]);
    return product.map((value, at) => value + rest[at]);
  });
}

/** Σ pₖBₖAₖ of every pair, dense. */
const wantedOf = ({ layout, clients, weights }: Round): Float64Array[] =>
  layout.pairs.map((pair) => {
    const products = clients.map((client) => pairProduct(layout, client, pair));
    return Float64Array.from(products[0], (_, at) => products.reduce((sum, p, k) => sum + weights[k] * p[at], 0));
  });

const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((value, i) => value - b[i]));
const largest = (a: Float64Array): number => Math.max(...a.map(Math.abs));

const anyRound = fc
  .record({ clients: fc.integer({ min: 1, max: 4 }), rank: fc.integer({ min: 1, max: 3 }), seed: fc.nat(1e6) })
  .map(({ clients, rank, seed }) => ({
    clients,
    seed,
    layout: smallLayout({ layers: 2, rank, head: { classes: 2, features: 5 } }),
  }));

describe('every rule', () => {
  it.each(FEDERATED_RULES.map(({ id, exact }) => [id, exact] as const))(
    '%s: its error is what dense matrices say',
    (id, exact) => {
      fc.assert(
        fc.property(anyRound, ({ layout, clients, seed }) => {
          const round = roundOf(layout, clients, seed, keepsA(id));
          const made = federatedRule(id).aggregate(round);
          const [wanted, got] = [wantedOf(round), updatesOf(round, made)];
          const { shares: error, ...norms } = aggregationError(round, made);
          layout.players.forEach((_, player) => {
            const own = layout.pairs.flatMap((_pair, i) => (layout.playerOfPair[i] === player ? [i] : []));
            const missed = Math.hypot(...own.map((i) => distance(got[i], wanted[i])));
            const whole = Math.hypot(
              ...own.map((i) =>
                distance(
                  wanted[i],
                  wanted[i].map(() => 0),
                ),
              ),
            );
            expect(error[player]).toBeCloseTo(missed / whole, 4);
            if (exact) expect(error[player]).toBeLessThan(1e-5);
          });
          const zero = wanted.map((update) => update.map(() => 0));
          const length = (from: typeof wanted) => Math.hypot(...wanted.map((update, i) => distance(from[i], update)));
          expect(norms.update).toBeCloseTo(length(zero), 4);
          expect(norms.missed).toBeCloseTo(length(got), 4);
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(FEDERATED_RULES.map(({ id }) => id))('%s: clients that agree are what they are', (id) => {
    const layout = smallLayout({ layers: 2, head: { classes: 2, features: 5 } });
    const round = roundOf(layout, 1, 5, keepsA(id));
    const same = { ...round, clients: [round.clients[0], round.clients[0]], weights: [0.25, 0.75] };
    const made = federatedRule(id).aggregate(same);
    updatesOf(same, made).forEach((update, i) => {
      const wanted = wantedOf(same)[i];
      expect(distance(update, wanted)).toBeLessThan(1e-5 * (1 + largest(wanted)) * wanted.length);
    });
    expect(made.adapter).toHaveLength(layout.size);
  });

  it.each(FEDERATED_RULES.map(({ id }) => id))('%s: heads are averaged by the weights of the clients', (id) => {
    const layout = smallLayout({ layers: 2, head: { classes: 2, features: 5 } });
    const round = roundOf(layout, 3, 5, keepsA(id));
    const heads = round.clients.map((client) => headOf(layout, client));
    const head = headOf(layout, federatedRule(id).aggregate(round).adapter);
    expect(head).toHaveLength(12);
    head.forEach((value, i) =>
      expect(value).toBeCloseTo(
        heads.reduce((sum, own, k) => sum + round.weights[k] * own[i], 0),
        5,
      ),
    );
  });

  it.each(FEDERATED_RULES.map(({ id }) => id))('%s: the layers of untrained clients can still learn', (id) => {
    const layout = smallLayout({ layers: 2 });
    const start = initialAdapter(layout, 1);
    const round = { ...roundOf(layout, 3, 1), start, clients: [start, start, start] };
    const { adapter } = federatedRule(id).aggregate(round);
    for (const { aOffset, bOffset } of layout.pairs)
      expect(adapter.subarray(aOffset, bOffset).some((value) => value !== 0)).toBe(true);
  });
});

it('FedIT errs by Σ pₖ(Bₖ − B)(Aₖ − A)', () => {
  fc.assert(
    fc.property(anyRound, ({ layout, clients, seed }) => {
      const round = roundOf(layout, clients, seed);
      const { adapter } = federatedRule('fedit').aggregate(round);
      const deviations = round.clients.map((client) => client.map((value, i) => value - adapter[i]));
      const products = wantedOf({ ...round, clients: deviations });
      const average = updatesOf(round, { adapter, residual: null });
      wantedOf(round).forEach((wanted, i) => {
        const error = wanted.map((value, at) => value - average[i][at]);
        expect(distance(error, products[i])).toBeLessThan(1e-4 * (1 + largest(wanted)));
      });
    }),
  );
});

describe('single rules', () => {
  const layout = smallLayout({ layers: 3 });
  const round = roundOf(layout, 3, 11);
  const total = (id: (typeof FEDERATED_RULES)[number]['id']) =>
    Math.hypot(...aggregationError(round, federatedRule(id).aggregate(round)).shares);

  it('FlexLoRA loses the least that its rank allows', () => {
    expect(total('flexlora')).toBeLessThan(total('fedit'));
    expect(total('flexlora')).toBeLessThan(total('rotated'));
  });

  it('FlexLoRA loses nothing where the update has less than its rank', () => {
    // Both rows of A are one: the columns of B add up, and neither is 0.
    const low = roundOf(layout, 1, 13);
    const [client] = low.clients;
    for (const { aOffset, inFeatures } of layout.pairs)
      client.copyWithin(aOffset + inFeatures, aOffset, aOffset + inFeatures);
    for (const error of aggregationError(low, federatedRule('flexlora').aggregate(low)).shares)
      expect(error).toBeLessThan(1e-5);
  });

  it('FFA-LoRA leaves A bit for bit', () => {
    const shared = roundOf(layout, 3, 12, true);
    const { adapter } = federatedRule('ffa-lora').aggregate(shared);
    for (const { aOffset, bOffset } of layout.pairs)
      expect(adapter.subarray(aOffset, bOffset)).toEqual(shared.start.subarray(aOffset, bOffset));
  });

  it('rotation undoes a rotation of a client’s factors', () => {
    // Both rows of A and columns of B swapped: the same updates.
    const swapped = round.start.slice();
    for (const { aOffset, bOffset, inFeatures, outFeatures } of layout.pairs) {
      swapped.copyWithin(aOffset, aOffset + inFeatures, aOffset + 2 * inFeatures);
      swapped.set(round.start.subarray(aOffset, aOffset + inFeatures), aOffset + inFeatures);
      for (let o = 0; o < outFeatures; o++)
        swapped.set([round.start[bOffset + 2 * o + 1], round.start[bOffset + 2 * o]], bOffset + 2 * o);
    }
    const { adapter } = federatedRule('rotated').aggregate({
      ...round,
      clients: [swapped, round.start],
      weights: [0.5, 0.5],
    });
    adapter.forEach((value, i) => expect(value).toBeCloseTo(round.start[i], 4));
  });

  it('stacking begins every round anew', () => {
    expect(federatedRule('stacking').aggregate(round).adapter).toEqual(round.fresh());
  });
});

describe('traffic', () => {
  const layout = smallLayout({ layers: 1, rank: 1, projections: ['q'], head: { classes: 2, features: 5 } });
  const traffic = (id: (typeof FEDERATED_RULES)[number]['id'], clients: number) =>
    federatedRule(id).traffic(layout, clients);

  it('counts what is sent: 5 + 5 factors and a head of 12', () => {
    expect(traffic('fedit', 3)).toEqual({ down: 22, up: 22 });
    expect(traffic('ffa-lora', 3)).toEqual({ down: 17, up: 17 });
    expect(traffic('fedex-lora', 2)).toEqual({ down: 22 + 20, up: 22 });
    expect(traffic('fedex-lora', 9)).toEqual({ down: 22 + 25, up: 22 }); // a whole matrix is smaller than the stack
    expect(traffic('stacking', 2)).toEqual({ down: 12 + 20, up: 22 });
  });
});

describe('client drift', () => {
  it('allows the averages of A and B an error of half its square, and clients that go opposite ways make it', () => {
    const errorOf = (round: Round) => {
      const { missed } = aggregationError(round, federatedRule('fedit').aggregate(round));
      return missed / (clientDrift(round).movement ** 2 / 2);
    };
    fc.assert(
      fc.property(anyRound, ({ layout, clients, seed }) => {
        const { start, ...round } = roundOf(layout, clients, seed);
        // All move as far.
        const factors = layout.head!.weightOffset;
        const apart = (client: Float32Array) =>
          Math.hypot(...client.subarray(0, factors).map((value, i) => value - start[i]));
        const own = round.clients.map((client) => {
          const length = apart(client);
          return client.map((value, i) => start[i] + (value - start[i]) / length);
        });
        expect(errorOf({ ...round, start, clients: own })).toBeLessThanOrEqual(1 + 1e-4);
      }),
    );
    const layout = smallLayout({ layers: 1, rank: 1, projections: ['q'], towers: ['vision'] });
    const [{ aOffset, bOffset }] = layout.pairs;
    const start = randomAdapter(layout, 1);
    const clients = [1, -1].map((way) => {
      const client = start.slice();
      client[aOffset] += way;
      client[bOffset] += way;
      return client;
    });
    const round = { layout, start, clients, weights: [0.5, 0.5], fresh: () => start };
    expect(errorOf(round)).toBeCloseTo(1, 5);
  });

  it('is 0 where all clients moved alike', () => {
    const layout = smallLayout();
    const round = roundOf(layout, 1, 3);
    const { drift, movement } = clientDrift({
      ...round,
      clients: [round.clients[0], round.clients[0]],
      weights: [0.5, 0.5],
    });
    expect(drift).toBeLessThan(1e-6);
    expect(movement).toBeGreaterThan(1);
  });

  it('is half of their distance for two clients, without the head', () => {
    const layout = smallLayout({
      layers: 1,
      rank: 1,
      projections: ['q'],
      towers: ['vision'],
      head: { classes: 2, features: 5 },
    });
    const start = new Float32Array(layout.size);
    const [one, two] = [start.slice(), start.slice()];
    one[0] = 3;
    two[1] = 4;
    two[layout.size - 1] = 100;
    expect(clientDrift({ layout, start, clients: [one, two], weights: [0.5, 0.5] })).toEqual({
      drift: 2.5,
      movement: 3.5,
    });
  });
});
