import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRateAt } from './learning-rate.ts';

/** Learning rates of PyTorch's CosineAnnealingLR: 12 steps from 5e-3 towards 1e-6, as in the reference training run. */
const REFERENCE = [
  0.005, 0.004914831602809526, 0.004665130496759205, 0.004267913399575775, 0.00375025, 0.0031474182032337505, 0.0025005,
  0.0018535817967662495, 0.0012507500000000006, 0.0007330866004242246, 0.0003358695032407955, 8.616839719047403e-5,
];

describe('learningRateAt', () => {
  it('equals the reference run', () => {
    const settings = { peak: 5e-3, schedule: 'cosine', totalSteps: 12, warmupSteps: 0, floor: 1e-6 } as const;
    REFERENCE.forEach((expected, step) => expect(learningRateAt(step, settings)).toBeCloseTo(expected, 14));
  });

  it('rises during the warm-up, then never rises again, and stays between floor and peak', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('cosine' as const, 'constant' as const),
        fc.integer({ min: 1, max: 200 }),
        fc.nat(250),
        (schedule, totalSteps, warmupSteps) => {
          const at = (step: number) =>
            learningRateAt(step, { peak: 1, schedule, totalSteps, warmupSteps, floor: 0.01 });
          for (let step = 0; step < totalSteps; step++) {
            expect(at(step)).toBeGreaterThan(0);
            expect(at(step)).toBeLessThanOrEqual(1);
            if (step < warmupSteps) expect(at(step + 1)).toBeGreaterThan(at(step));
            else expect(at(step + 1)).toBeLessThanOrEqual(at(step));
          }
          if (warmupSteps < totalSteps) expect(at(warmupSteps)).toBe(1);
        },
      ),
    );
  });

  it('reaches the floor after the last step; 0 by default', () => {
    const settings = { peak: 0.1, schedule: 'cosine', totalSteps: 10, warmupSteps: 2 } as const;
    expect(learningRateAt(10, settings)).toBe(0);
    expect(learningRateAt(10, { ...settings, floor: 0.01 })).toBeCloseTo(0.01, 15);
  });
});
