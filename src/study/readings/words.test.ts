import { describe, expect, it } from 'vitest';
import { always, difference } from './test-readings.ts';
import { valueSpread } from './numbers.ts';
import { differenceRemark, keptGain, statedDifference, verdicts } from './words.ts';

describe('the words of a difference', () => {
  const arms = [
    { id: 'lora', name: 'LoRA' },
    { id: 'copra', name: 'CopRA' },
  ];

  it('are of the seeds that both arms have, even where the means of all say the opposite', () => {
    expect(verdicts(arms, [0.5, 0.6], 'ahead', always(-0.02, 0.01))[0]).toMatch(
      /^CopRA is 2\.0 points behind LoRA, over/,
    );
    expect(statedDifference(difference(-0.02, 0.01), 0.1).difference).toBe(-0.02);
    expect(statedDifference(null, 0.1)).toEqual({ difference: 0.1, shared: '' });
  });

  it('say that it is not clear where the interval holds 0, unless nothing differs', () => {
    expect(differenceRemark(difference(-0.01, 0.02), -0.01)).toContain('the difference is not clear');
    expect(differenceRemark(difference(-0.02, 0.01), -0.02)).not.toContain('clear');
    expect(verdicts(arms, [0.5, 0.5], 'ahead', always(0, 0.03))[0]).not.toContain('clear');
  });
});

describe('a share of a gain that is kept', () => {
  it('is the mean of those that are known, and says of how many', () => {
    expect(keptGain([0.5, NaN, null, 0.7])).toEqual({ gain: expect.closeTo(0.6, 12) as number, counted: 2, of: 4 });
    expect(keptGain([null])).toEqual({ gain: null, counted: 0, of: 1 });
  });
});

it('a spread of values leaves out those that are undefined', () => {
  expect(valueSpread([0.5, NaN])).toBe('0.50');
  expect(valueSpread([])).toBe('–');
  expect(valueSpread([-0.5])).toBe('−0.50');
  expect(valueSpread([-0.001])).toBe('0.00');
});
