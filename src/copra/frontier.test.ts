import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontier } from './frontier.ts';

const level = fc.integer({ min: 0, max: 4 });
const entries = fc.array(fc.tuple(level, level, level), { minLength: 1, maxLength: 12 });

describe('the frontier', () => {
  it('of a staircase are its corners, and equals are both on it', () => {
    expect(
      frontier([
        [1, 3],
        [2, 2],
        [1, 2],
        [3, 1],
        [2, 2],
        [NaN, 9],
      ]),
    ).toEqual([0, 1, 3, 4]);
    expect(frontier([])).toEqual([]);
  });

  it('is beaten by nobody, and beats or equals everybody else', () => {
    fc.assert(
      fc.property(entries, (values) => {
        const on = frontier(values);
        expect(on.length).toBeGreaterThan(0);
        values.forEach((entry, place) => {
          const better = values.filter(
            (other) => other.every((value, i) => value >= entry[i]) && other.join() !== entry.join(),
          );
          expect(on.includes(place)).toBe(better.length === 0);
          // Whoever is beaten is beaten by somebody on the frontier.
          if (better.length > 0) expect(better.some((other) => on.includes(values.indexOf(other)))).toBe(true);
        });
      }),
    );
  });
});
