import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
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

  it('is not known before the first validation and after the last', () => {
    expect(at(9)).toEqual([]);
    expect(at(21)).toEqual([]);
    expect(validationAccuracies(result, 'nobody', 10)).toEqual([]);
  });
});
