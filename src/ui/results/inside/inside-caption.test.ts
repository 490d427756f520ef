import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NBSP } from '../../../study/readings/numbers.ts';
import { insideReading, lookReading, movedShare, patchName } from './inside-caption.ts';

const shares = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 })
  .map((values) => values.map((value) => value / values.reduce((sum, one) => sum + one, 0)));

describe('what is said of a look inside', () => {
  it('names the patch with most and what a quarter of the patches holds', () => {
    const look = { name: 'LoRA', shares: [0.4, 0.2, 0.2, 0.2].concat(new Array<number>(12).fill(0)) };
    expect(lookReading(look, 4).replaceAll(NBSP, ' ')).toBe(
      'LoRA: 100 % on 4 of 16 patches, most on row 1, column 1 (6.4 times an even share)',
    );
    expect(patchName(7, 4)).toBe('row 2, column 4');
  });

  it('says how much of the attention lies elsewhere, of one picture and one run', () => {
    const even = [0.25, 0.25, 0.25, 0.25];
    const told = insideReading(
      [
        { name: 'Backbone', shares: even },
        { name: 'CopRA', shares: [0.5, 0.25, 0.25, 0] },
      ],
      2,
    );
    const text = told.replaceAll(NBSP, ' ');
    expect(text).toContain('share of the attention on other patches than that of Backbone: CopRA 25.0 %');
    expect(text).toContain('one picture, one run of each arm');
  });

  it('moved shares are a distance between 0 and 1', () => {
    fc.assert(
      fc.property(shares, shares, shares, (a, b, c) => {
        expect(movedShare(a, a)).toBe(0);
        expect(movedShare(a, b)).toBeCloseTo(movedShare(b, a), 12);
        expect(movedShare(a, b)).toBeLessThanOrEqual(1);
        expect(movedShare(a, c)).toBeLessThanOrEqual(movedShare(a, b) + movedShare(b, c) + 1e-12);
      }),
    );
  });
});
