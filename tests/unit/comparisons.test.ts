import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScopedInterval } from '../../src/core/crossed-interval.ts';
import { comparisonMessage } from '../../src/study/readings/comparison.ts';
import type { ComparisonWords } from '../../src/study/readings/messages.ts';
import { FINDING_WORDS } from '../../src/state/summary/messages.ts';
import { PRUNING_WORDS } from '../../src/ui/analyses/pruning/messages.ts';
import { SHAPLEY_FIGURE_WORDS } from '../../src/ui/analyses/shapley/further/messages.ts';
import { SHAPLEY_WORDS } from '../../src/ui/analyses/shapley/messages.ts';
import { SHARPNESS_WORDS } from '../../src/ui/analyses/sharpness/messages.ts';
import { TIMELINE_WORDS } from '../../src/ui/analyses/timeline/messages.ts';
import { TIMING_WORDS } from '../../src/ui/analyses/timing/messages.ts';

const COMPARISONS: readonly ComparisonWords[] = [
  ...Object.values(FINDING_WORDS.comparisons),
  PRUNING_WORDS.weightsComparison,
  SHAPLEY_WORDS.comparison,
  ...Object.values(SHAPLEY_FIGURE_WORDS.interactions.comparisons),
  SHARPNESS_WORDS.comparison,
  TIMELINE_WORDS.comparison,
  TIMING_WORDS.comparison,
];
const [MORE, LESS] = [{ lowerIsBetter: false }, { lowerIsBetter: true }];

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
const equal: ScopedInterval = { ...interval(0, 0, null), isConstant: true };
const names = ['LoRA', 'CopRA'] as const;

describe('the message of a comparison', () => {
  it('names who does better, whichever that is, and says when it cannot be told', () => {
    const { 'half-off': layers, average: landscape } = FINDING_WORDS.comparisons;
    const said = (difference: ScopedInterval | null) => comparisonMessage(layers, names, difference, MORE);
    expect(said(above)).toBe('With half of its layers off, CopRA keeps more of what it learned than LoRA.');
    expect(said(below)).toBe('With half of its layers off, LoRA keeps more of what it learned than CopRA.');
    expect(said(around)).toBe('LoRA and CopRA do not clearly differ in the gain kept with half of the layers off.');
    const few = 'Too few seeds to tell LoRA and CopRA apart in the gain kept with half of the layers off.';
    for (const difference of [tooFew, interval(0.1, 0.2, 'images'), null]) expect(said(difference)).toBe(few);
    expect(comparisonMessage(landscape, names, below, LESS)).toBe(
      'On the way between two seeds, CopRA loses less accuracy than LoRA.',
    );
    expect(comparisonMessage(landscape, names, above, LESS)).toBe(
      'On the way between two seeds, LoRA loses less accuracy than CopRA.',
    );
  });

  it('is one sentence without numbers, in every wording', () => {
    const all = COMPARISONS.flatMap((words) =>
      [above, below, around, tooFew, equal, null].map((difference) =>
        comparisonMessage(words, names, difference, MORE),
      ),
    );
    for (const text of all) {
      expect(text).toMatch(/^[A-Z][^.\d]+\.$/);
      for (const name of names) expect(text).toContain(name);
      expect(text.length).toBeLessThan(140);
    }
  });

  it('follows the interval alone: never the size, and the other way round for swapped arms', () => {
    const end = fc.double({ min: -1, max: 1, noNaN: true });
    const words = fc.constantFrom(...COMPARISONS);
    fc.assert(
      fc.property(
        end,
        end,
        fc.constantFrom(...SCOPES, null),
        words,
        fc.constantFrom(MORE, LESS),
        (a, b, scope, chosen, better) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const text = comparisonMessage(chosen, names, interval(low, high, scope), better);
          const decides = scope !== null && scope !== 'images';
          expect(text.includes('Too few seeds')).toBe(!decides);
          if (decides) expect(text.includes('do not clearly differ')).toBe(low <= 0 && high >= 0);
          const swapped = comparisonMessage(chosen, ['CopRA', 'LoRA'], interval(-high, -low, scope), better);
          const winner = (said: string) => /, (LoRA|CopRA)\b/.exec(said)?.[1];
          expect(winner(swapped)).toBe(winner(text));
        },
      ),
    );
  });
});
