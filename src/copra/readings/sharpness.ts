/** Reading of the loss under perturbations of the adapter. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { compact } from '../../core/number-format.ts';
import { valueSpread } from './geometry.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { differencesRemark } from './spectra.ts';
import { countedEach, sentence } from './words.ts';

export interface LossIncrease {
  /** "test images" */
  readonly images: string;
  /** Per arm: the increase of every run, in nats. */
  readonly values: readonly (readonly number[])[];
  /** Every arm but the first against the first. */
  readonly differences: readonly (ScopedInterval | null)[];
}

/** @param radius the largest perturbation @param directions how many were tried */
export function sharpnessReading(
  arms: readonly string[],
  increases: readonly LossIncrease[],
  radius: number,
  directions: number,
): string {
  const known = increases.filter(({ values }) => values.some((list) => list.length > 0));
  if (known.length === 0) return READING_WORDS.nothingYet;
  const parts = known.map(({ images, values, differences }) => {
    const means = arms.flatMap((arm, i) => (values[i].length > 0 ? [`${arm} ${valueSpread(values[i], 3)}`] : []));
    return `${CAPTION_WORDS.sharpness.on(images, means.join(', '))}${differencesRemark(arms, differences, 3)}`;
  });
  const seeds = countedEach(
    known[0].values.map((list) => list.length).filter((count) => count > 0),
    'seed',
  );
  return sentence([
    CAPTION_WORDS.sharpness.rises(compact(radius), parts.join('; ')),
    CAPTION_WORDS.sharpness.over(directions, seeds),
  ]);
}
