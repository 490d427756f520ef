/**
 * The message of a figure: one sentence in words, without numbers, which stand behind it. What is said of a difference is decided by its interval,
 * never by its size.
 */
import { listed } from '../../core/listed.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { clearSide } from '../seed-differences.ts';
import { READING_WORDS } from './messages.ts';

/** What a figure compares two arms in. */
interface Comparison {
  /** Of its words. */
  readonly id: ComparisonId;
  /** Absent: a larger value is better. */
  readonly lowerIsBetter?: true;
}

export type ComparisonId = keyof typeof READING_WORDS.comparisons;

/** Of every figure that compares arms. */
export const COMPARISONS: Readonly<Record<ComparisonId, Comparison>> = {
  training: { id: 'training' },
  landscape: { id: 'landscape', lowerIsBetter: true },
  layers: { id: 'layers' },
  weights: { id: 'weights' },
  credit: { id: 'credit', lowerIsBetter: true },
  interactions: { id: 'interactions', lowerIsBetter: true },
  domains: { id: 'domains' },
  timeline: { id: 'timeline' },
  timing: { id: 'timing', lowerIsBetter: true },
  sharpness: { id: 'sharpness', lowerIsBetter: true },
  tasks: { id: 'tasks' },
  clients: { id: 'clients' },
  averaging: { id: 'averaging', lowerIsBetter: true },
};

/**
 * "With half of its layers off, CopRA keeps more of what it learned." Where the interval contains 0, that no difference is clear; with too few
 * seeds for an interval, that there are too few.
 * @param names baseline first
 * @param difference second − first; null: they share no seed
 */
export function comparisonMessage(
  { id, lowerIsBetter }: Comparison,
  names: readonly [string, string],
  difference: ScopedInterval | null,
): string {
  const side = difference && clearSide(difference);
  const words = READING_WORDS.comparisons[id];
  if (side === null) return words.tooFew(...names);
  if (side === 0) return words.unclear(...names);
  return words.clear(names[side > 0 === (lowerIsBetter ?? false) ? 0 : 1]);
}

/** A comparison with what was found. */
interface Told {
  readonly words: Comparison;
  readonly names: readonly [string, string];
  readonly difference: ScopedInterval;
}

/** The first clear finding of a study in one sentence, or what would make one clear; empty without findings. */
export function headline(findings: readonly Told[]): string {
  const clear = findings.find(({ difference }) => clearSide(difference));
  if (clear) return comparisonMessage(clear.words, clear.names, clear.difference);
  const [first] = findings;
  return first ? READING_WORDS.cannotTell(listed(first.names)) : '';
}
