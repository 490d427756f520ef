import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landscapeReading } from '../../src/ui/analyses/landscape/landscape-caption.ts';
import { shapleyReading } from '../../src/ui/analyses/shapley/shapley-caption.ts';
import { structuredReading, unstructuredReading } from '../../src/ui/analyses/pruning/pruning-caption.ts';
import { trainingReading } from '../../src/ui/live/training-caption.ts';
import { unknown, run, path, credit, pruned } from '../../src/study/readings/test-readings.ts';
import { independentImages } from '../../src/core/clusters.ts';

describe('every reading', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const arm = <T>(result: fc.Arbitrary<T>) =>
    fc.record({
      id: fc.string(),
      name: fc.constantFrom('LoRA', 'CopRA', 'Layer drop'),
      results: fc.array(result, { maxLength: 4 }),
    });
  const option = fc.option(fc.double({ min: -2, max: 2, noNaN: true }));

  it('is one sentence without NaN, null or undefined, whatever is there so far', () => {
    fc.assert(
      fc.property(
        fc.array(arm(fc.tuple(share, option)), { maxLength: 4 }),
        fc.integer({ min: 1, max: 5000 }),
        (arms, images) => {
          const as = <T>(make: (value: number, gain: number | null) => T) =>
            arms.map((arm) => ({ ...arm, results: arm.results.map(([value, gain]) => make(value, gain)) }));
          const texts = [
            trainingReading(
              as((value, gain) => run(gain === null ? null : value)),
              { chance: 0, frozen: null },
              independentImages(images),
              unknown,
            ),
            landscapeReading(as(path), 'factor', independentImages(images), unknown),
            shapleyReading(
              as((value, gain) => credit(gain === null ? null : value)),
              unknown,
            ),
            structuredReading(
              as((_, gain) => pruned(gain, [0.1, 0.2, 0.3])),
              independentImages(images),
              unknown,
            ),
            unstructuredReading(
              as((value, gain) => pruned(gain, [value, value, value])),
              'factors',
              independentImages(images),
              unknown,
            ),
          ];
          for (const text of texts) expect(text).toMatch(/^(?!.*(NaN|null|undefined|;;|; ?\.)).+[^.]\.$/);
        },
      ),
    );
  });
});
