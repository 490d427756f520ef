import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../core/rng.ts';
import { mean } from '../../core/statistics.ts';
import { drawDirichlet } from './dirichlet.ts';
import {
  clientWeights,
  countsPerClient,
  dirichletPartition,
  groupPartition,
  MIN_CLIENT_IMAGES,
  participants,
  reserves,
} from './partition.ts';

const labelsOf = (count: number, classes: number, seed: number): Int32Array => {
  const rng = stream(seed, 'split');
  return Int32Array.from({ length: count }, () => rng.integer(classes));
};

/** Every image once, lists ascending. */
function expectCover(clients: readonly Int32Array[], images: number): void {
  for (const list of clients) expect([...list]).toEqual([...list].sort((a, b) => a - b));
  expect(clients.flatMap((list) => [...list]).sort((a, b) => a - b)).toEqual(
    Array.from({ length: images }, (_, i) => i),
  );
}

describe('a Dirichlet draw', () => {
  it('is a point of the simplex, also where Gamma draws underflow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        (a, n, s) => {
          const q = drawDirichlet(a, n, stream(s, 'partition'));
          expect(q.every((value) => value >= 0 && value <= 1)).toBe(true);
          expect(q.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it.each([0.1, 0.3, 1, 5])('has the moments of Dir(%d)', (alpha) => {
    const size = 4;
    const rng = stream(1, 'partition');
    const first = Array.from({ length: 20000 }, () => drawDirichlet(alpha, size, rng)[0]);
    const variance = ((1 / size) * (1 - 1 / size)) / (size * alpha + 1);
    expect(mean(first)).toBeCloseTo(1 / size, 1.7);
    expect(mean(first.map((q) => (q - 1 / size) ** 2)) / variance).toBeCloseTo(1, 1);
  });
});

describe('the Dirichlet partition', () => {
  it('gives every image to one client, equally for equal seeds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.nat(1000),
        (images, classes, clients, alpha, seed) => {
          const labels = labelsOf(images, classes, seed);
          const made = dirichletPartition(labels, classes, { clients, alpha, seed });
          expectCover(made.clients, images);
          expect(made.short).toBe(made.clients.some(({ length }) => length < MIN_CLIENT_IMAGES));
          if (made.short) expect(made.tries).toBe(10);
          expect(dirichletPartition(labels, classes, { clients, alpha, seed })).toEqual(made);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is drawn again until every client has enough, and says so when that never happens', () => {
    const labels = labelsOf(200, 3, 1);
    const redrawn = [...Array(30).keys()].map((seed) =>
      dirichletPartition(labels, 3, { clients: 4, alpha: 0.2, seed }),
    );
    expect(redrawn.some(({ tries, short }) => tries > 1 && !short)).toBe(true);
    expect(dirichletPartition(labels.subarray(0, 30), 3, { clients: 8, alpha: 0.3, seed: 1 }).short).toBe(true);
  });

  it('is the more uneven the smaller alpha is', () => {
    const labels = labelsOf(3000, 6, 1);
    /** Mean share of the largest class of a client. */
    const skew = (alpha: number) => {
      const made = dirichletPartition(labels, 6, { clients: 5, alpha, seed: 3 });
      return mean(
        countsPerClient(made, labels, 6).map((counts) => Math.max(...counts) / counts.reduce((a, b) => a + b)),
      );
    };
    expect(skew(0.1)).toBeGreaterThan(skew(1) + 0.1);
    expect(skew(100)).toBeLessThan(0.25);
  });
});

describe('the partition by groups', () => {
  const groups = labelsOf(300, 5, 2);

  it.each([
    [5, 1],
    [2, 3],
    [10, 1],
  ])('of five groups over %d clients leaves at most %d groups to a client', (clients, most) => {
    const made = groupPartition(groups, 5, { clients, seed: 1 });
    expectCover(made.clients, 300);
    const held = countsPerClient(made, groups, 5).map((counts) => counts.filter((count) => count > 0).length);
    expect(Math.max(...held)).toBe(most);
    expect(Math.min(...held)).toBeGreaterThan(0);
  });
});

describe('a round', () => {
  const partition = { clients: [3, 0, 5, 2].map((n) => new Int32Array(n)), tries: 1, short: true };

  it('asks clients without images never, and at least one', () => {
    expect(participants(partition, { participation: 1, seed: 1, round: 0 })).toEqual([0, 2, 3]);
    const rounds = [...Array(40).keys()].map((round) =>
      participants(partition, { participation: 0.3, seed: 1, round }),
    );
    expect(rounds.every((chosen) => chosen.length === 1)).toBe(true);
    expect(new Set(rounds.flat())).toEqual(new Set([0, 2, 3]));
  });

  it('has all others that hold images in reserve, in the order of the draw', () => {
    const draw = { participation: 0.3, seed: 1, round: 0 };
    const [first, ...others] = reserves(partition, draw);
    expect([...participants(partition, draw), first, ...others].sort()).toEqual([0, 2, 3]);
    expect(participants(partition, { ...draw, participation: 0.6 })).toContain(first);
    expect(reserves(partition, { ...draw, participation: 1 })).toEqual([]);
  });

  it('weighs clients by their images', () => {
    expect(clientWeights([0, 2].map((client) => partition.clients[client].length))).toEqual([3 / 8, 5 / 8]);
  });
});
