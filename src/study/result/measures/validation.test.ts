import { describe, expect, it } from 'vitest';
import { independentImages } from '../../../core/clusters.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import { validationAccuracies } from './validation.ts';

const fixture = studyResultFixture({ seeds: 2 });
const validation = [
  { step: 10, accuracy: 0.2, loss: 1 },
  { step: 20, accuracy: 0.4, loss: 1 },
];
const result = { runs: fixture.runs.map((run) => ({ ...run, validation })) };
const at = (step: number) => validationAccuracies(result, 'lora', step).map(({ value }) => value);

describe('validation accuracy', () => {
  it('lies on a straight line between two validations, seed by seed', () => {
    expect(at(10)).toEqual([0.2, 0.2]);
    expect(at(12.5)[1]).toBeCloseTo(0.25, 12);
    expect(at(20)).toEqual([0.4, 0.4]);
    expect(validationAccuracies(result, 'lora', 12).map(({ seeds }) => seeds)).toEqual([[0], [1]]);
  });

  it('differs by an interval that is never of no width, however alike the seeds are', () => {
    const other = { runs: result.runs.map((run) => ({ ...run, arm: 'other' })) };
    const better = other.runs.map((run) => ({
      ...run,
      validation: validation.map((point) => ({ ...point, accuracy: point.accuracy + 0.05 })),
    }));
    for (const step of [10, 15]) {
      const [a, b] = [
        validationAccuracies(result, 'lora', step),
        validationAccuracies({ runs: better }, 'other', step),
      ];
      const { mean, low, high, scope } = seedDifference(a, b.slice(0, 2), independentImages(20))!;
      expect([mean, scope]).toEqual([expect.closeTo(0.05, 12), 'seeds']);
      expect(high - low).toBeGreaterThan(0.05);
    }
  });

  it('is not known before the first validation and after the last', () => {
    expect(at(9)).toEqual([]);
    expect(at(21)).toEqual([]);
    expect(validationAccuracies(result, 'nobody', 10)).toEqual([]);
  });
});
