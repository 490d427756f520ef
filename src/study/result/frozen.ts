/**
 * The frozen backbone's accuracy on the test images, the base of every gain. CLIP classifies by its class prompts (zero-shot), a backbone without a text tower
 * by a classifier on its features (head only).
 */
import type { StudyResult } from './result.ts';

type FrozenScores = NonNullable<StudyResult['task']['zeroShot']>;

/** Scores with the images classified correctly, and the predictions behind them (predictions/answers.ts). */
export interface AnsweredFrozen {
  readonly scores: FrozenScores & { readonly correct: string };
  readonly answers: string;
}

export type FrozenName = 'zero-shot' | 'head only';

export interface Frozen extends FrozenScores {
  /** Display name. */
  readonly name: FrozenName;
}

type Task = Pick<StudyResult['task'], 'zeroShot' | 'headOnly'>;

/** The entry itself: the same object every time. Null until it is measured, and in results from before heads were trained alone. */
export const frozenScores = ({ zeroShot, headOnly }: Task): FrozenScores | null => zeroShot ?? headOnly ?? null;

/** The entry with its name. */
export function frozenOf(task: Task): Frozen | null {
  const scores = frozenScores(task);
  return scores && { ...scores, name: task.zeroShot ? 'zero-shot' : 'head only' };
}

/**
 * Without an adapter, losses on equal images agree up to rounding on every device, and differ by a thousandth of themselves where one of them is of a backbone in
 * half precision (docs/engine.md). Losses on other images differ by hundredths.
 */
const LOSS_TOLERANCE = 2e-3;

/** Whether both can be of the same images and backbone. */
export const isSameFrozen = (first: Frozen, second: Frozen): boolean =>
  Math.abs(first.loss - second.loss) <= LOSS_TOLERANCE * Math.max(1, first.loss);

/** Label for the start of a line; zero-shot until something is measured. */
export const frozenLabel = (task: Task): string => (frozenOf(task)?.name === 'head only' ? 'Head only' : 'Zero-shot');

/** Accuracy in percent, for axes and lines. */
export const frozenPercent = (task: Task): number | null => {
  const frozen = frozenOf(task);
  return frozen && 100 * frozen.accuracy;
};
