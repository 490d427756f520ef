import { describe, expect, it } from 'vitest';
import { estimatorReading } from './estimators.ts';

const estimator = (id: string, name: string, ...errors: number[]) => ({
  id,
  name,
  error: errors.map((mean) => ({ mean })),
});

describe('estimatorReading', () => {
  const orders = estimator('plain-permutation', 'Random orders', 0.5, 0.4);
  const odd = estimator('odd', 'Odd order 3', 0.6, 0.1);

  it('names the best estimator at the budget next to 256, against random orders', () => {
    expect(estimatorReading({ budgets: [64, 300], estimators: [orders, odd], seeds: 3 })).toBe(
      'With 300 coalitions Odd order 3 errs least on this adapter: its squared error is 4.0 times smaller than that of random orders (3 seeds).',
    );
  });

  it('says so where random orders err least', () => {
    expect(estimatorReading({ budgets: [255, 2048], estimators: [orders, odd], seeds: 1 })).toBe(
      'With 255 coalitions random orders err least on this adapter (1 seed).',
    );
  });
});
