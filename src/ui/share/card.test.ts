import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrapped } from './card.ts';

const measure = (text: string): number => text.length;

it('a headline is broken between words, and ends with an ellipsis where it is too long', () => {
  expect(wrapped('CopRA keeps more of it', 12, 2, measure)).toEqual(['CopRA keeps', 'more of it']);
  expect(wrapped('CopRA keeps more of what it learned', 12, 2, measure)).toEqual(['CopRA keeps', 'more of what …']);
});

it('no word is lost or broken while there are lines for them', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, fc.integer({ min: 9, max: 40 }), (list, width) => {
      const lines = wrapped(list.join(' '), width, 99, measure);
      expect(lines.join(' ')).toBe(list.join(' '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
