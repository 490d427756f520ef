/** Reading of the time of a training step. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { valueSpread } from './geometry.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { intervalText } from './spectra.ts';
import { countedEach, sentence } from './words.ts';

export interface TimedArm {
  readonly name: string;
  /** Milliseconds of a step, one per seed. */
  readonly milliseconds: readonly number[];
  /** This arm − the first one, in milliseconds; null for the first, and where they share no seed. */
  readonly difference: ScopedInterval | null;
}

/** @param steps timed of every run @param device that computed them */
export function timingReading(arms: readonly TimedArm[], steps: number, device: string): string {
  const known = arms.filter(({ milliseconds }) => milliseconds.length > 0);
  if (known.length === 0) return READING_WORDS.nothingYet;
  const means = known.map(({ name, milliseconds }) => `${name} ${valueSpread(milliseconds, 1)}`);
  const apart = known.flatMap(({ name, difference }) =>
    difference && difference.scope !== null ? [`${name} − ${known[0].name} ${intervalText(difference, 1)}`] : [],
  );
  const seeds = countedEach(
    known.map(({ milliseconds }) => milliseconds.length),
    'seed',
  );
  return sentence([
    CAPTION_WORDS.timing.step(means.join(', ')),
    ...(apart.length > 0 ? [CAPTION_WORDS.timing.differences(apart.join(', '))] : []),
    CAPTION_WORDS.timing.over(steps, seeds, device),
  ]);
}
