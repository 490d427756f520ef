/** Describes training failures and what to try. */
import type { Sample } from '../../core/clusters.ts';
import { mean, shareError } from '../../core/statistics.ts';
import { unbrokenPercent, points } from '../../study/readings/numbers.ts';
import type { ArmResults } from '../../study/readings/words.ts';
import { LIVE_WORDS } from './messages.ts';

export interface EndedRun {
  readonly seed: number;
  /** First step at which the loss was not finite. */
  readonly diverged?: number;
  readonly test: { readonly accuracy: number } | null;
}

/** Baselines for the runs: chance, and the frozen backbone, with its prompts or with a separately trained head if known. */
export interface TrainingFloor {
  readonly chance: number;
  readonly frozen: { readonly name: 'zero-shot' | 'head only'; readonly accuracy: number } | null;
}

/** "1 of 3 runs of LoRA diverged (seed 4 at step 20) and is left out of every mean and figure: lower its learning rate". */
export function divergedReadings(arms: readonly ArmResults<EndedRun>[]): string[] {
  return arms.flatMap(({ name, results }) => {
    const diverged = results.flatMap(({ seed, diverged: step }) => (step === undefined ? [] : [{ seed, step }]));
    if (diverged.length === 0) return [];
    const which = diverged.map(({ seed, step }) => LIVE_WORDS.curves.caption.divergedRun(seed, step)).join(', ');
    return [LIVE_WORDS.curves.caption.diverged(name, diverged.length, results.length, which)];
  });
}

/** Of a backbone whose answers to prompts are not clearly better than guesses: a reader's photographs may be nothing that it knows. Empty for others. */
export function guessReading({ chance, frozen }: TrainingFloor, images: Sample): string {
  const guesses =
    frozen?.name === 'zero-shot' && frozen.accuracy - chance <= 1.96 * shareError(chance, images.effective);
  return guesses ? LIVE_WORDS.curves.caption.guesses(unbrokenPercent(chance, 1)) : '';
}

/** Half-width of a 95 % interval for the difference of two accuracies; conservative, because both use the same images. */
const noise = (accuracy: number, images: Sample): number => 1.96 * Math.SQRT2 * shareError(accuracy, images.effective);

/** Arms that end below a baseline without an adapter by more than the sampling error. */
export function poorReadings(
  arms: readonly ArmResults<EndedRun>[],
  { chance, frozen }: TrainingFloor,
  images: Sample,
): string[] {
  const words = LIVE_WORDS.curves.caption;
  return arms.flatMap(({ name, results }) => {
    const accuracies = results.flatMap(({ test }) => (test ? [test.accuracy] : []));
    if (accuracies.length === 0) return [];
    const reached = mean(accuracies);
    if (chance - reached > 1.96 * shareError(chance, images.effective))
      return [words.belowChance(name, unbrokenPercent(chance, 1))];
    if (!frozen || frozen.accuracy - reached <= noise(frozen.accuracy, images)) return [];
    const below = frozen.name === 'zero-shot' ? words.belowZeroShot : words.belowHead;
    return [below(name, points(frozen.accuracy - reached))];
  });
}
