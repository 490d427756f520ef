/** Reading of the time of a training step. */
import { counted } from '../../core/counted.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { valueSpread } from './geometry.ts';
import { intervalText } from './spectra.ts';
import { countedEach, NOTHING_YET, sentence } from './words.ts';

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
  if (known.length === 0) return NOTHING_YET;
  const means = known.map(({ name, milliseconds }) => `${name} ${valueSpread(milliseconds, 1)}`);
  const apart = known.flatMap(({ name, difference }) =>
    difference && difference.scope !== null ? [`${name} − ${known[0].name} ${intervalText(difference, 1)}`] : [],
  );
  const seeds = countedEach(
    known.map(({ milliseconds }) => milliseconds.length),
    'seed',
  );
  return sentence([
    `A step of a run on its own takes, in milliseconds: ${means.join(', ')}`,
    ...(apart.length > 0 ? [`95\u00a0% interval of the difference over seeds: ${apart.join(', ')}`] : []),
    `means over ${counted(steps, 'step')} from all of the training, ± standard deviation over ${seeds}, on ${device}`,
  ]);
}
