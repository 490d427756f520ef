import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToMean, averagedSteps, candidateSteps, lossAround, stepOfLoss, stepOfUpdates } from './taking.ts';

const totals = fc.integer({ min: 1, max: 500 });

describe('the steps of an average', () => {
  it('are every step of a short tail, and twenty of a long one', () => {
    expect(averagedSteps(12, 0.25)).toEqual([10, 11, 12]);
    expect(averagedSteps(2000, 0.25).slice(0, 2)).toEqual([1525, 1550]);
    expect(averagedSteps(2000, 0.25)).toHaveLength(20);
    expect(averagedSteps(1, 0.01)).toEqual([1]);
  });

  it('rise, end with the last, and lie in the tail', () => {
    fc.assert(
      fc.property(totals, fc.double({ min: 0.01, max: 1, noNaN: true }), (total, share) => {
        const steps = averagedSteps(total, share);
        expect(steps.at(-1)).toBe(total);
        expect(steps.every((step, i) => i === 0 || step > steps[i - 1])).toBe(true);
        expect(steps[0]).toBeGreaterThan(total - Math.max(1, Math.round(share * total)));
        expect(steps.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('have the mean that adding them one by one gives', () => {
    const vectors = fc.array(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(vectors, (list) => {
        const average = new Float32Array(3);
        list.forEach((vector, i) => addToMean(average, i, Float32Array.from(vector)));
        for (let i = 0; i < 3; i++)
          expect(average[i]).toBeCloseTo(list.reduce((sum, vector) => sum + vector[i], 0) / list.length, 4);
      }),
    );
    expect(() => addToMean(new Float32Array(2), 1, new Float32Array(3))).toThrow(RangeError);
  });
});

describe('the step of equal updates', () => {
  it('is the first by which the sum is reached', () => {
    const updates = fc.array(fc.nat(9), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(updates, fc.nat(200), (each, wanted) => {
        const sums = each.map((_, step) => each.slice(0, step + 1).reduce((a, b) => a + b, 0));
        const reached = sums.findIndex((sum) => sum >= wanted);
        expect(stepOfUpdates((step) => each[step], wanted, each.length)).toBe(reached < 0 ? each.length : reached + 1);
      }),
    );
  });

  it('of plain LoRA and a ramp over three quarters of the steps is at 62.5 % of them', () => {
    const ramp = Array.from({ length: 2000 }, (_, t) => Math.min(1, t / 1500) * 48).reduce((a, b) => a + b);
    expect(stepOfUpdates(() => 48, ramp, 2000) / 2000).toBeCloseTo(0.625, 2);
  });
});

describe('the step of equal loss', () => {
  it('holds windows of a twentieth of the steps against the wanted loss', () => {
    const steps = Array.from({ length: 200 }, (_, i) => 10 * (i + 1));
    const curve = { steps, losses: steps.map((step) => 2000 / step) };
    // The windows that end at 910, 920 … 1,000.
    const own = curve.losses.slice(90, 100).reduce((a, b) => a + b) / 10;
    expect(lossAround(curve, 1000, 2000)).toBeCloseTo(own, 12);
    expect(lossAround(curve, 5, 2000)).toBeNaN();
    expect(lossAround({ steps: [40], losses: [3] }, 400, 1000)).toBe(3);
    const candidates = candidateSteps(2000);
    expect(candidates).toHaveLength(32);
    const lossAt = (step: number) => lossAround(curve, step, 2000);
    expect(stepOfLoss(candidates, lossAt, own)).toBe(candidates.find((step) => step >= 1000));
    expect(stepOfLoss(candidates, lossAt, 0.5)).toBeNull();
    expect(stepOfLoss(candidates, lossAt, NaN)).toBeNull();
  });

  it('lies at one of the candidates, which end with the last step', () => {
    fc.assert(
      fc.property(totals, fc.integer({ min: 1, max: 32 }), (total, count) => {
        const steps = candidateSteps(total, count);
        expect(steps).toHaveLength(Math.min(total, count));
        expect(steps.at(-1)).toBe(total);
        expect(new Set(steps).size).toBe(steps.length);
      }),
    );
  });
});
