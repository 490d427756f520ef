import { describe, expect, it } from 'vitest';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { independentImages } from '../../../core/clusters.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { bestMessage, bestReading, sweepReading as read, type BestCompared } from './sweep-caption.ts';

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

const interval = (low: number, high: number, scope: ScopedInterval['scope'] = 'seeds and images'): ScopedInterval => ({
  mean: (low + high) / 2,
  low,
  high,
  scope,
  seeds: 6,
  images: 400,
});
const method = (name: string, value: number | null) => ({
  name,
  value,
  rivals: [],
  isOutermost: false,
  diverged: [],
  unvalidated: [],
});
const compared = (accuracy: ScopedInterval, merged: ScopedInterval, everyOther: ScopedInterval): BestCompared => ({
  setting: 'learning rate',
  first: method('LoRA', 0.001),
  other: method('CopRA', 0.01),
  differences: [
    { key: 'accuracy', difference: accuracy, range: null },
    { key: 'merged', difference: merged, range: null },
    { key: 'everyOther', difference: everyOther, range: null },
  ],
  validation: 256,
});
const [above, below, even] = [interval(0.01, 0.03), interval(-0.03, -0.01), interval(-0.01, 0.02)];

describe('methods at their own best values', () => {
  it('are ahead, behind or not to be told apart, as intervals decide', () => {
    const said = (...given: Parameters<typeof compared>) => bestMessage(compared(...given));
    expect(said(even, above, above)).toBe(
      'Each at its own best learning rate: CopRA is ahead of LoRA merged 1:1 and with every other layer off; no difference is clear with every layer on.',
    );
    expect(said(below, above, even)).toBe(
      'Each at its own best learning rate: CopRA is ahead of LoRA merged 1:1; CopRA is behind LoRA with every layer on; no difference is clear with every other layer off.',
    );
    const few = interval(0.01, 0.03, 'images');
    expect(said(few, few, few)).toBe('Each at its own best learning rate: too few seeds to tell the methods apart.');
    // Where one of them can be told, the others are left out.
    expect(said(above, few, few)).toBe(
      'Each at its own best learning rate: CopRA is ahead of LoRA with every layer on.',
    );
  });

  it('have their numbers with what the intervals are over, once where that is the same for all', () => {
    expect(bestReading(compared(even, above, below)).numbers).toBe(
      'LoRA at 1e-3 and CopRA at 0.01, best on 256 validation images; CopRA − LoRA in points: with every layer on +0.5 (−1.0 to 2.0), ' +
        'merged 1:1 +2.0 (1.0 to 3.0), with every other layer off −2.0 (−3.0 to −1.0) (95\u00a0% intervals over 6 seeds and 400 test images).',
    );
    expect(bestReading(compared(even, interval(0.01, 0.03, 'seeds'), below)).numbers).toContain(
      'merged 1:1 +2.0 (1.0 to 3.0 over 6 seeds, on these 400 test images alone), with',
    );
    expect(
      bestReading(
        compared(...([0, 1, 2].map(() => interval(0, 0, null)) as [ScopedInterval, ScopedInterval, ScopedInterval])),
      ).numbers,
    ).toMatch(
      /merged 1:1 0\.0, with every other layer off 0\.0 \(6 seeds, 400 test images: too few for an interval\)\.$/,
    );
  });

  it('are one, where the other does not have the setting', () => {
    const both = { ...compared(even, above, above), setting: 'initial p₀' };
    const [lora, copra] = [method('LoRA', null), method('CopRA', 0)];
    expect(bestMessage({ ...both, first: lora, other: copra })).toBe(
      'CopRA at its own best initial p₀: CopRA is ahead of LoRA merged 1:1 and with every other layer off; no difference is clear with every layer on.',
    );
    expect(bestReading({ ...both, first: lora, other: copra }).numbers).toMatch(
      /^CopRA at 0, best on 256 validation images, beside LoRA, which has no initial p₀; CopRA − LoRA in points: with/,
    );
    expect(
      bestReading({ ...both, first: method('Layer drop', 0.5), other: { ...copra, value: null } }).numbers,
    ).toMatch(
      /^Layer drop at 0.5, best on 256 validation images, beside CopRA, which has no initial p₀; CopRA − Layer drop in/,
    );
  });

  it('are ahead only where no other value that may have been chosen turns it round', () => {
    const [accuracy, merged, everyOther] = compared(above, above, below).differences;
    const found = {
      ...compared(above, above, below),
      differences: [
        { ...accuracy, range: [-0.001, 0.03] as const },
        { ...merged, range: [0.004, 0.02] as const },
        { ...everyOther, range: [-0.02, -0.01] as const },
      ],
    };
    expect(bestMessage(found)).toBe(
      'Each at its own best learning rate: CopRA is ahead of LoRA merged 1:1; CopRA is behind LoRA with every other layer off; no difference is clear with every layer on.',
    );
    expect(bestReading(found).reading).toContain(
      'whichever of these values are taken, the differences are with every layer on −0.1 to +3.0, merged 1:1 +0.4 to +2.0, with every other layer off −2.0 to −1.0,',
    );
  });

  it('say how firmly they were chosen', () => {
    const doubtful = compared(even, even, even);
    const text = bestReading({
      ...doubtful,
      first: { ...doubtful.first, rivals: [0.003, 0.01] },
      other: { ...doubtful.other, isOutermost: true, diverged: [0.1, 1], unvalidated: [0.03] },
    }).reading;
    expect(text).toContain(
      'CopRA at 0.1 and 1 was no candidate, because a run diverged there; CopRA at 0.03 was no candidate, because the adapters that are tested were not validated',
    );
    expect(text).toContain('on validation images LoRA is not clearly worse at 3e-3 or 0.01; ');
    expect(text).toContain('; CopRA is best at an end of the range, so better may lie beyond.');
  });
});
