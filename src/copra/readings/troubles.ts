/** Describes training failures and what to try. */
import { counted } from '../../core/counted.ts';
import { binomialStandardError, mean } from '../../core/statistics.ts';
import { percent, points } from './words.ts';
import type { ArmResults } from './words.ts';

export interface EndedRun {
  readonly seed: number;
  /** First step at which the loss was not finite. */
  readonly diverged?: number | undefined;
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
    const diverged = results.filter((run) => run.diverged !== undefined);
    if (diverged.length === 0) return [];
    const which = diverged.map(({ seed, diverged: step }) => `seed ${seed} at step ${step}`).join(', ');
    const all = diverged.length === results.length;
    return [
      `${all && results.length > 1 ? 'all' : diverged.length} of ${counted(results.length, 'run')} of ${name} diverged (${which}) and ${diverged.length === 1 ? 'is' : 'are'} left out of every mean and figure: lower the learning rate of ${name}`,
    ];
  });
}

/** Half-width of a 95 % interval for the difference of two accuracies; conservative, because both use the same images. */
const noise = (accuracy: number, images: number): number => 1.96 * Math.SQRT2 * binomialStandardError(accuracy, images);

/** The baseline an arm ends below, and what to try. */
const BELOW = {
  'zero-shot':
    'the backbone without training, so it lost more than it learnt: try a lower learning rate, fewer steps or more training images',
  'head only':
    'a head trained alone on the frozen backbone, so its adapter does harm or was trained too little: try another learning rate, more steps or more training images',
};

/** Arms that end below a baseline without an adapter by more than the sampling error. @param images number of test images */
export function poorReadings(
  arms: readonly ArmResults<EndedRun>[],
  { chance, frozen }: TrainingFloor,
  images: number,
): string[] {
  return arms.flatMap(({ name, results }) => {
    const accuracies = results.flatMap(({ test }) => (test ? [test.accuracy] : []));
    if (accuracies.length === 0) return [];
    const reached = mean(accuracies);
    if (chance - reached > 1.96 * binomialStandardError(chance, images))
      return [
        `${name} ends below chance (${percent(chance, 1)}): try a tenth of its learning rate, and look whether the classes are what their names say`,
      ];
    if (!frozen || frozen.accuracy - reached <= noise(frozen.accuracy, images)) return [];
    return [`${name} ends ${points(frozen.accuracy - reached)} points below ${BELOW[frozen.name]}`];
  });
}
