import { describe, expect, it } from 'vitest';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { independentImages } from '../../../core/clusters.ts';
import { sweepReading as read } from './sweep-caption.ts';

const sweepReading = (...given: Parameters<typeof read>): string => read(...given).reading;
const at = (accuracy: number[], merged: number[] = [], everyOther: number[] = []) => ({ accuracy, merged, everyOther });
const rates = { name: 'Learning rate', values: ['1e-3', '0.01', '0.1'] };

describe('the reading of a sweep', () => {
  it('tells the whole range of every measure and whose mean is higher where, and picks no value', () => {
    const text = sweepReading(
      rates,
      [
        { name: 'LoRA', values: [at([0.5, 0.52], [0.3]), at([0.6, 0.6], [0.4]), at([0.2, 0.2], [0.1])] },
        { name: 'CopRA', values: [at([0.4, 0.42], [0.4]), at([0.58, 0.6], [0.5]), at([0.5, 0.5], [0.4])] },
      ],
      independentImages(400),
    );
    expect(text).toBe(
      'Learning rate 1e-3 to 0.1, 2 seeds each: with every layer on LoRA 20.0 to 60.0\u00a0% and CopRA 41.0 to 59.0\u00a0% ' +
        '(CopRA has a higher mean than LoRA at 1 of 3 values); merged 1:1 LoRA 10.0 to 40.0\u00a0% and CopRA 40.0 to 50.0\u00a0% ' +
        '(CopRA has a higher mean than LoRA at 3 of 3 values); 400 test images, sampling error 2.5 points.',
    );
  });

  it('compares only where both have been measured', () => {
    const text = sweepReading(
      rates,
      [
        { name: 'A', values: [at([0.5]), at([]), at([])] },
        { name: 'B', values: [at([0.6]), at([0.7]), at([])] },
      ],
      independentImages(100),
    );
    expect(text).toContain('B has a higher mean than A at 1 of 1 value');
  });

  it('gives the fewest and the most seeds of a value', () => {
    const uneven = [{ name: 'A', values: [at([0.5, 0.6, 0.7]), at([0.6]), at([])] }];
    expect(sweepReading(rates, uneven, independentImages(100))).toContain('0.1, 1 to 3 seeds: ');
  });

  it('calls no mean higher that is equal', () => {
    const two = ['A', 'B'].map((name, i) => ({ name, values: [at([0.5]), at([0.6]), at([0.7 + 0.1 * i])] }));
    expect(sweepReading(rates, two, independentImages(100))).toContain('B has a higher mean than A at 1 of 3 values');
  });

  it('waits while there is nothing', () => {
    expect(sweepReading(rates, [{ name: 'A', values: [at([]), at([]), at([])] }], independentImages(100))).toBe(
      READING_WORDS.nothingYet,
    );
  });
});
