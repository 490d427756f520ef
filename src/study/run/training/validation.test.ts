import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRESETS } from '../../presets/presets.ts';
import { VALIDATION_IMAGES, validationInterval, validationPasses } from './validation.ts';

test('runs are validated at least six times, and at every step where they have fewer', () => {
  const count = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(count, count, (steps, validateEvery) => {
      const interval = validationInterval({ steps, validateEvery });
      expect(Number.isInteger(interval)).toBe(true);
      expect(interval).toBeGreaterThanOrEqual(1);
      expect(interval).toBeLessThanOrEqual(validateEvery);
      expect(Math.floor(steps / interval)).toBeGreaterThanOrEqual(Math.min(6, steps));
      // Nothing is validated more often than was asked for without need.
      if (interval < validateEvery) expect(6 * (interval + 1)).toBeGreaterThan(steps);
    }),
  );
});

test('the default study keeps the interval that its settings say', () => {
  const { training } = PRESETS[1].config;
  expect(validationInterval(training)).toBe(training.validateEvery);
});

test('what validations take includes the one at the end, which the interval may not meet', () => {
  const config = { training: { ...PRESETS[1].config.training, steps: 25, validateEvery: 4 } };
  const passes = (steps: number, count = 10) => validationPasses(config, { validation: { count } }, 2, steps);
  expect([3, 4, 24, 25].map((steps) => passes(steps))).toEqual([0, 20, 120, 140]);
  expect(passes(25, 10_000)).toBe(2 * 7 * VALIDATION_IMAGES);
});
