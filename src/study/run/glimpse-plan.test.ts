import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fewShots } from '../presets/few-shots.ts';
import { TRY_IT_STUDIES } from '../presets/try-it.ts';
import { STRIP_PICTURES } from '../result/glimpse.ts';
import { glimpseSize } from './glimpse-plan.ts';
import { validationCount } from './training/validation.ts';

const sizes = fc.record({
  passes: fc.integer({ min: 1, max: 5_000_000 }),
  validations: fc.integer({ min: 1, max: 60 }),
  variants: fc.integer({ min: 1, max: 90 }),
  prompts: fc.double({ min: 0, max: 200, noNaN: true }),
  testImages: fc.integer({ min: 1, max: 800 }),
});

it('costs less than three per cent of the image passes of a study, whatever its size', () => {
  fc.assert(
    fc.property(sizes, (all) => {
      const size = glimpseSize(all);
      if (!size) return;
      const looks = Math.floor(all.validations / size.every);
      expect(looks).toBeGreaterThan(0);
      expect(size.images).toBeLessThanOrEqual(all.testImages);
      expect(size.images).toBeGreaterThanOrEqual(Math.min(STRIP_PICTURES, all.testImages));
      expect(looks * all.variants * (size.images + all.prompts)).toBeLessThan(0.03 * all.passes);
    }),
  );
});

it('looks at every validation before it takes more images', () => {
  fc.assert(
    fc.property(sizes, (all) => {
      const size = glimpseSize(all);
      if (size && size.images > STRIP_PICTURES) expect(size.every).toBe(1);
    }),
  );
});

it('looks at nothing where one look would cost too much, or there is nothing to look at', () => {
  const tiny = { passes: 100, validations: 6, variants: 10, prompts: 0, testImages: 40 };
  expect(glimpseSize(tiny)).toBeNull();
  expect(glimpseSize({ ...tiny, passes: 1e6, testImages: 0 })).toBeNull();
});

it('has room at every validation of the studies a newcomer runs', () => {
  for (const { training, arms, seeds } of [fewShots.config, ...TRY_IT_STUDIES.slice(2)]) {
    const trained = 3 * arms.length * seeds.length * training.steps * training.batchSize;
    const size = glimpseSize({
      passes: trained,
      validations: validationCount(training),
      variants: 5 * arms.length,
      prompts: 1,
      testImages: 60,
    });
    expect(size, `${training.steps} steps`).not.toBeNull();
    expect(Math.floor(validationCount(training) / size!.every)).toBeGreaterThanOrEqual(4);
  }
});
