/**
 * The message of a figure: one sentence in words, without numbers, which stand behind it. What is said of a difference is decided by its interval,
 * never by its size.
 */
import { listed } from '../../core/listed.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { clearSide } from '../seed-differences.ts';

/** What a figure compares two arms in. */
interface ComparisonWords {
  /** Under which condition: "With half of its layers off". */
  readonly where: string;
  /** What the better arm does: "keeps more of what it learned". */
  readonly better: string;
  /** Absent: a larger value is better. */
  readonly lowerIsBetter?: true;
}

/** Of every figure that compares arms. */
export const COMPARISONS = {
  training: { where: 'With every layer on', better: 'is right more often' },
  landscape: { where: 'Half-way between two seeds', better: 'loses less accuracy', lowerIsBetter: true },
  layers: { where: 'With half of its layers off', better: 'keeps more of what it learned' },
  weights: { where: 'With half of its numbers set to zero', better: 'is right more often' },
  credit: { where: 'On the layers near the output', better: 'relies less', lowerIsBetter: true },
  interactions: {
    where: 'When a layer is switched off',
    better: 'has more layers that stand in for it',
    lowerIsBetter: true,
  },
  domains: { where: 'On domains that no run was trained on', better: 'is right more often' },
  timeline: { where: 'At the end of training, half-way between two seeds', better: 'is right more often' },
  timing: { where: 'Trained on its own', better: 'takes less time a step', lowerIsBetter: true },
  sharpness: { where: 'Pushed in random directions', better: 'gets worse by less', lowerIsBetter: true },
  tasks: { where: 'With the adapters of all tasks averaged', better: 'is right more often' },
  clients: { where: 'Trained by clients and averaged', better: 'is right more often' },
  averaging: { where: 'When clients’ A and B are averaged', better: 'has the smaller error', lowerIsBetter: true },
} as const satisfies Record<string, ComparisonWords>;
export type ComparisonId = keyof typeof COMPARISONS;

/**
 * "With half of its layers off, CopRA keeps more of what it learned." Where the interval contains 0, that no difference is clear; with too few
 * seeds for an interval, that there are too few.
 * @param names baseline first
 * @param difference second − first; null: they share no seed
 */
export function comparisonMessage(
  { where, better, lowerIsBetter }: ComparisonWords,
  names: readonly [string, string],
  difference: ScopedInterval | null,
): string {
  const side = difference && clearSide(difference);
  if (side === null) return `${where}, too few seeds to say whether ${names[0]} or ${names[1]} ${better}.`;
  if (side === 0) return `${where}, ${names[0]} and ${names[1]} do not clearly differ.`;
  return `${where}, ${names[side > 0 === (lowerIsBetter ?? false) ? 0 : 1]} ${better}.`;
}

/** A comparison with its words. */
interface Told {
  readonly words: ComparisonWords;
  readonly names: readonly [string, string];
  readonly difference: ScopedInterval;
}

/** The first clear finding of a study in one sentence, or what would make one clear; empty without findings. */
export function headline(findings: readonly Told[]): string {
  const clear = findings.find(({ difference }) => clearSide(difference));
  if (clear) return comparisonMessage(clear.words, clear.names, clear.difference);
  const [first] = findings;
  return first ? `This study cannot tell ${listed(first.names)} apart. More steps and more seeds can.` : '';
}

/**
 * What becomes of the backbone's accuracy on other domains, arm by arm: "On other domains, LoRA falls below the backbone; CopRA does not clearly
 * differ from it."
 * @param arms each with its difference to the backbone
 */
export function besideBackboneMessage(
  arms: readonly { readonly name: string; readonly difference: ScopedInterval }[],
): string {
  const ends = [
    [-1, 'below the backbone'],
    [1, 'above the backbone'],
    [0, 'not clearly apart from the backbone'],
  ] as const;
  const sides = arms.map(({ name, difference }) => ({ name, side: clearSide(difference) }));
  if (sides.every(({ side }) => side === null)) return 'On other domains, too few seeds to say what training changes.';
  const parts = ends.flatMap(([end, words]) => {
    const names = sides.filter(({ side }) => side === end).map(({ name }) => name);
    return names.length > 0 ? [`${listed(names)} ${names.length > 1 ? 'are' : 'is'} ${words}`] : [];
  });
  return `On other domains, ${listed(parts)}.`;
}

/** The class that is most often taken for another: "LoRA most often takes food for objects." Empty where nothing is confused. */
export const confusionMessage = (name: string, most: { readonly of: string; readonly as: string } | null): string =>
  most ? `${name} most often takes ${most.of} for ${most.as}.` : '';
