import { describe, expect, it } from 'vitest';
import { smallLayout } from './test-layouts.ts';
import { thirdSizes, thirdsOfPlayers } from './thirds.ts';

describe('thirds', () => {
  it('divides 12 as 4/4/4, 10 as 3/4/3, and always everything', () => {
    expect(thirdSizes(12)).toEqual({ low: 4, middle: 4, high: 4 });
    expect(thirdSizes(10)).toEqual({ low: 3, middle: 4, high: 3 });
    expect(thirdSizes(1)).toEqual({ low: 0, middle: 1, high: 0 });
    for (let count = 1; count < 40; count++) {
      const { low, middle, high } = thirdSizes(count);
      expect(low + middle + high).toBe(count);
      expect(middle).toBeGreaterThanOrEqual(0);
      expect(Math.abs(low - middle)).toBeLessThanOrEqual(1);
    }
  });

  it('divides every tower for itself', () => {
    const thirds = ['low', 'middle', 'high'];
    expect(thirdsOfPlayers(smallLayout({ layers: 3, towers: ['vision', 'text'] }))).toEqual([...thirds, ...thirds]);
  });
});
