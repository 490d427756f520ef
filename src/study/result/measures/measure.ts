/** A figure by which arms are compared, and how single test images enter it. */
import { unpackBits } from '../../../platform/bits.ts';
import { byMotif, type Drawn } from '../../../core/clusters.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { remembered } from '../../../core/remembered.ts';
import { mean } from '../../../core/statistics.ts';
import { frozenScores } from '../frozen.ts';
import { listedMotifs, type Motifs } from '../motifs.ts';
import type { StudyResult } from '../result.ts';

export interface Measure {
  /** Of this measure alone: what is computed of a result is remembered by it. Stored in results: never change one. */
  readonly id: string;
  /** In the spoken language. */
  readonly name: string;
  readonly unit: 'seed' | 'pair of seeds';
  /** True if a smaller value is better. */
  readonly lowerIsBetter: boolean;
  /** Whether the values of an arm depend on the arm beside it: differences do not add up then. */
  readonly ofPair?: true;
  /** The test images the figure is based on; null if it is based on none. */
  readonly sample: (result: StudyResult) => Drawn | null;
  /**
   * In [0, 1]; unknown values of an arm are left out.
   * @param beside the arm that it is compared with; without it, a figure of a pair has no values
   */
  readonly values: (result: StudyResult, arm: string, beside?: string) => SeedValue[];
}

/** Answers to the test images under one adapter: the share that is correct and, if known, which ones (0 or 1 each). */
export interface Answers {
  readonly accuracy: number;
  readonly correct: Uint8Array | null;
  /** The motif of every image, where it is known. */
  readonly motifs?: readonly number[] | null;
}

/** What is tested on: so many images, of motifs that may be known. */
interface Tested {
  readonly test: number;
  readonly motifs?: Motifs | undefined;
}

/** A figure as a function of accuracies, to first order. */
export interface Part {
  readonly answers: Answers;
  /** Change of the figure per change of this accuracy. */
  readonly weight: number;
}

const once = remembered<Uint8Array | null>();

/** Unpacks a text once per entry. Null if it is damaged, which counts as absent: the interval then says that it allows for seeds alone. */
const unpackOnce = (entry: object, text: string, images: number): Uint8Array | null =>
  once(entry, text, () => {
    try {
      return unpackBits(text, images, 'A list of answers');
    } catch {
      return null;
    }
  });

/**
 * Which answers were right. Null if they were not stored or contradict the accuracy.
 * @param entry of a result, for which the unpacked answers are remembered
 */
export function answersOf(
  entry: object,
  accuracy: number,
  text: string | undefined,
  { test, motifs }: Tested,
): Answers {
  const correct = text === undefined ? null : unpackOnce(entry, text, test);
  const agrees = correct !== null && Math.abs(mean(correct) - accuracy) < 1e-6;
  return { accuracy, correct: agrees ? correct : null, motifs: listedMotifs(motifs) };
}

export function seedValue(seeds: readonly number[], value: number, parts: readonly Part[]): SeedValue {
  const sensitivity = parts.reduce((sum, { weight }) => sum + weight ** 2, 0) / 2;
  const images = parts[0].answers.correct?.length ?? 0;
  if (parts.some(({ answers }) => answers.correct?.length !== images || images === 0))
    return { seeds, value, sensitivity };
  const byImage = new Float64Array(images).fill(value);
  for (const { answers, weight } of parts) {
    const { accuracy, correct } = answers;
    if (correct) for (let i = 0; i < images; i++) byImage[i] += weight * (correct[i] - accuracy);
  }
  return { seeds, value, sensitivity, byMotif: byMotif(byImage, parts[0].answers.motifs ?? null) };
}

export const finite = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

export const oneAccuracy = (seeds: readonly number[], answers: Answers): SeedValue =>
  seedValue(seeds, answers.accuracy, [{ answers, weight: 1 }]);

/** The mean of several accuracies; none of none. */
export const meanAccuracy = (seeds: readonly number[], answers: readonly Answers[]): SeedValue[] =>
  answers.length === 0
    ? []
    : [
        seedValue(
          seeds,
          mean(answers.map(({ accuracy }) => accuracy)),
          answers.map((one) => ({ answers: one, weight: 1 / answers.length })),
        ),
      ];

/** Answers of the frozen backbone; null if it has no accuracy. */
export function frozenAnswers({ task }: Pick<StudyResult, 'task'>): Answers | null {
  const scores = frozenScores(task);
  return scores ? answersOf(scores, scores.accuracy, scores.correct, task) : null;
}

/** A retained gain (value − base) / (full − base), averaged over several values with one base and one full value. */
export function gainValue(
  seeds: readonly number[],
  gains: readonly (number | null | undefined)[],
  values: readonly Answers[],
  base: readonly Answers[],
  full: readonly Answers[],
): SeedValue[] {
  if (gains.length === 0 || !gains.every(finite) || base.length === 0 || full.length === 0) return [];
  const kept = mean(gains);
  const gain = mean(full.map(({ accuracy }) => accuracy)) - mean(base.map(({ accuracy }) => accuracy));
  const share = (answers: readonly Answers[], weight: number): Part[] =>
    answers.map((one) => ({ answers: one, weight: weight / answers.length / gain }));
  return [seedValue(seeds, kept, [...share(values, 1), ...share(full, -kept), ...share(base, kept - 1)])];
}
