import { describe, expect, it } from 'vitest';
import { evidenceReading, roundMessage, roundReading, testMessage, testReading, type ReadTest } from './readings.ts';

const test: ReadTest = {
  kind: 'ahead',
  winner: 'ramp, late',
  below: [],
  above: [
    { reference: 'LoRA', measures: ['kept', 'midpoint'] },
    { reference: 'CopRA, fast', measures: ['accuracy'] },
  ],
  notAbove: ['CopRA'],
  budget: 1,
};

describe('what the test of a winner says', () => {
  it('tells a loss as plainly as a win, and what cannot be told', () => {
    expect(testReading(test)).toBe(
      '“ramp, late” has both: it is clearly below no reference in any of the three measures, and clearly above each in at least one. It is clearly above LoRA in gain kept and midpoint and “CopRA, fast” in accuracy.',
    );
    expect(
      testReading({ ...test, kind: 'behind', below: [{ reference: 'LoRA', measures: ['accuracy'] }], above: [] }),
    ).toBe(
      '“ramp, late” is clearly below LoRA in accuracy: this search found no schedule that has both. It is clearly above no reference.',
    );
    expect(testReading({ ...test, kind: 'unclear' })).toMatch(
      /not clearly above CopRA in any either: this test cannot tell whether it has both\. It is clearly above LoRA/,
    );
    expect(testReading({ ...test, kind: 'none' })).toBe('The winner is not tested yet.');
  });

  it('is no outcome where the trainings were shortened', () => {
    expect(testReading({ ...test, budget: 0.005 })).toContain(
      'All trainings were shortened to 0.5\u00a0% of their steps',
    );
    expect(testMessage({ ...test, budget: 0.5 })).toMatch(/^A shortened search/);
    const kinds = ['none', 'behind', 'unclear', 'ahead'] as const;
    expect(kinds.map((kind) => testMessage({ kind, budget: 1 })?.includes('fresh seeds'))).toEqual([
      undefined,
      true,
      true,
      true,
    ]);
  });

  it('is the evidence of a method', () => {
    expect(evidenceReading(test.above, 6, 796)).toBe(
      'Found by a search, then tested on 6 fresh seeds and 796 test images: clearly above LoRA in gain kept and midpoint and “CopRA, fast” in accuracy, clearly below none of them in accuracy, gain kept or midpoint.',
    );
  });
});

describe('what a round says', () => {
  const round = { unbeaten: 3, all: 9, seeds: 2, images: 400, isTest: false };

  it('says whether anything reaches all references, with the best and how far it is', () => {
    const candidates = [
      { name: 'x', margin: 0.004 },
      { name: 'y', margin: -0.1 },
    ];
    expect(roundMessage({ candidates })).toMatch(/^In this round some candidates/);
    expect(roundMessage({ candidates: candidates.slice(1) })).toMatch(/^In this round no candidate/);
    expect(roundReading({ ...round, candidates })).toBe(
      'The best is x: +0.4 points against the best reference in the measure in which it does worst; 3 of 9 have no other that beats them in all three; means over 2 seeds and the pairs of them, 400 validation images; the best of many is partly luck.',
    );
    expect(roundReading({ ...round, isTest: true, candidates })).toMatch(/400 test images\.$/);
  });

  it('says nothing it does not know', () => {
    expect(roundMessage({ candidates: [] })).toBe('Nothing is trained yet.');
    expect(roundReading({ ...round, candidates: [] })).toBe('');
    expect(roundReading({ ...round, candidates: [{ name: 'x', margin: -Infinity }] })).toMatch(/^3 of 9/);
  });
});
