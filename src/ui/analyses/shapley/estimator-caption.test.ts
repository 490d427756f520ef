import { describe, expect, it } from 'vitest';
import { estimatorReading } from './estimator-caption.ts';

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

  it('calls what errs by rounding exact, and gives no ratio of it', () => {
    const sure = estimator('odd', 'Odd order 3', 1e-31, 2e-30);
    expect(estimatorReading({ budgets: [64, 256], estimators: [orders, sure], seeds: 3 })).toBe(
      'With 256 coalitions Odd order 3 is exact on this adapter, but for rounding (3 seeds).',
    );
    const all = [{ ...orders, error: [{ mean: 1e-30 }, { mean: 0 }] }, sure];
    expect(estimatorReading({ budgets: [64, 256], estimators: all, seeds: 3 })).toContain(
      'Random orders and Odd order 3 are exact',
    );
  });

  it('says so where random orders err least', () => {
    expect(estimatorReading({ budgets: [255, 2048], estimators: [orders, odd], seeds: 1 })).toBe(
      'With 255 coalitions random orders err least on this adapter (1 seed).',
    );
  });
});
