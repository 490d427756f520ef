/**
 * The message of a figure that compares two arms: one sentence in words, without numbers, which stand behind it. What is said of a difference is
 * decided by its interval, never by its size.
 */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { clearSide } from '../../copra/seed-differences.ts';
import type { ComparisonWords } from './messages.ts';

/**
 * "With half of its layers off, CopRA keeps more of what it learned than LoRA." Where the interval contains 0, that no difference is clear; with too few
 * seeds for an interval, that there are too few; where all of them have equal numbers, that they have.
 * @param names baseline first
 * @param difference second − first; null: they share no seed
 */
export function comparisonMessage(
  words: ComparisonWords,
  names: readonly [string, string],
  difference: ScopedInterval | null,
  { lowerIsBetter }: { readonly lowerIsBetter: boolean },
): string {
  const side = difference && clearSide(difference);
  if (side === null)
    return difference?.isConstant && difference.mean === 0 ? words.equal(...names) : words.tooFew(...names);
  if (side === 0) return words.unclear(...names);
  const [first, second] = names;
  return side > 0 === lowerIsBetter ? words.clear(first, second) : words.clear(second, first);
}
