import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { COMPARISONS, comparisonMessage, headline } from './message.ts';

const SCOPES = ['seeds and images', 'seeds', 'images'] as const;
const interval = (low: number, high: number, scope: ScopedInterval['scope'] = 'seeds and images'): ScopedInterval => ({
  mean: (low + high) / 2,
  low,
  high,
  seeds: 3,
  images: 100,
  scope,
});
const [above, below, around] = [interval(0.01, 0.2), interval(-0.2, -0.01), interval(-0.1, 0.3)];
const tooFew = interval(-2, 2, null);
const names = ['LoRA', 'CopRA'] as const;

describe('the message of a comparison', () => {
  it('names who does better, whichever that is, and says when it cannot be told', () => {
    const { layers, landscape } = COMPARISONS;
    const said = (difference: ScopedInterval | null) => comparisonMessage(layers, names, difference);
    expect(said(above)).toBe('With half of its layers off, CopRA keeps more of what it learned.');
    expect(said(below)).toBe('With half of its layers off, LoRA keeps more of what it learned.');
    expect(said(around)).toBe('With half of its layers off, LoRA and CopRA do not clearly differ.');
    const few =
      'With half of its layers off, too few seeds to say whether LoRA or CopRA keeps more of what it learned.';
    for (const difference of [tooFew, interval(0.1, 0.2, 'images'), null]) expect(said(difference)).toBe(few);
    expect(comparisonMessage(landscape, names, below)).toBe('On the way between two seeds, CopRA loses less accuracy.');
    expect(comparisonMessage(landscape, names, above)).toBe('On the way between two seeds, LoRA loses less accuracy.');
  });

  it('is one sentence without numbers, in every wording', () => {
    const all = Object.values(COMPARISONS).flatMap((words) =>
      [above, below, around, tooFew, null].map((difference) => comparisonMessage(words, names, difference)),
    );
    for (const text of all) {
      expect(text).toMatch(/^[A-Z][^.\d]+\.$/);
      expect(text.length).toBeLessThan(140);
    }
  });

  it('follows the interval alone: never the size, and the other way round for swapped arms', () => {
    const end = fc.double({ min: -1, max: 1, noNaN: true });
    const words = fc.constantFrom(...Object.values(COMPARISONS));
    fc.assert(
      fc.property(end, end, fc.constantFrom(...SCOPES, null), words, (a, b, scope, chosen) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const text = comparisonMessage(chosen, names, interval(low, high, scope));
        const decides = scope !== null && scope !== 'images';
        expect(text.includes('too few seeds')).toBe(!decides);
        if (decides) expect(text.includes('do not clearly differ')).toBe(low <= 0 && high >= 0);
        const swapped = comparisonMessage(chosen, ['CopRA', 'LoRA'], interval(-high, -low, scope));
        const winner = (said: string) => /, (LoRA|CopRA) (?!and )/.exec(said)?.[1];
        expect(winner(swapped)).toBe(winner(text));
      }),
    );
  });
});

describe('the headline of a study', () => {
  const of = (difference: ScopedInterval) => ({ words: COMPARISONS.layers, names, difference });
  it('is its first clear finding', () => {
    expect(headline([of(around), { ...of(above), words: COMPARISONS.training }, of(above)])).toBe(
      'With every layer on, CopRA is right more often.',
    );
  });

  it('says what would tell more where nothing is clear, and nothing of nothing', () => {
    expect(headline([of(around), of(tooFew)])).toBe(
      'This study cannot tell LoRA and CopRA apart. More steps and more seeds may.',
    );
    expect(headline([])).toBe('');
  });
});
