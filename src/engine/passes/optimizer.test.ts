import { describe, expect, it } from 'vitest';
import { adamwCoefficients } from './optimizer.ts';
import { OPTIMIZER } from './test-models.ts';

describe('adamwCoefficients', () => {
  it('counts the steps of every tensor on its own', () => {
    const counts = [Int32Array.of(0, 4)];
    const [active0, rate0, first0, second0, active1] = adamwCoefficients(
      counts,
      [
        { unit: 0, factor: 'A', offset: 0, length: 1 },
        { unit: 1, factor: 'head', offset: 1, length: 1 },
      ],
      (_, unit) => unit === 0,
      () => 0.5,
      OPTIMIZER,
    );
    expect([active0, rate0, active1]).toEqual([1, 0.5, 0]);
    expect(first0).toBeCloseTo(10, 4);
    expect(second0).toBeCloseTo(1000, 1);
    expect([...counts[0]]).toEqual([1, 4]);
  });
});
