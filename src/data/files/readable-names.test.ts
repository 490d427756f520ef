import { describe, expect, it } from 'vitest';
import { likeness, readableName, readableNames } from './readable-names.ts';

describe('readable names', () => {
  it('take the joints between words for spaces', () => {
    expect(['tabby_cat', 'T-shirt', 'ice__cream_(old)', 'a-1'].map(readableName)).toEqual([
      ...['tabby cat', 'T shirt', 'ice cream (old)', 'a 1'],
    ]);
  });

  it('leave signs alone', () => {
    for (const sign of ['-1', '-', '_', '--', '_x', 'x_', 'a - b', '10^-3', '(-1)'])
      expect(readableName(sign)).toBe(sign);
  });

  it('keep the found names where two would read alike', () => {
    expect(readableNames(['a-b', 'a_b', 'c_d', 'e_f', 'e f'])).toEqual(['a-b', 'a_b', 'c d', 'e_f', 'e f']);
  });

  it('are alike where case or spacing differs', () => {
    expect(likeness('Sea_Green')).toBe(likeness('sea  green'));
    expect(likeness('-1')).not.toBe(likeness('1'));
  });
});
