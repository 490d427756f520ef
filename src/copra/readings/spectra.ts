/** Reading of the spectra of updates. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { intervalEnds } from '../../core/number-format.ts';
import { valueSpread } from './geometry.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { countedEach, scopeText, sentence } from './words.ts';

export interface SpectraMeans {
  /** As at the start of a line: "Effective rank". */
  readonly name: string;
  /** One list per arm: a value per run, already in the unit shown. */
  readonly values: readonly (readonly number[])[];
  /** " %", or nothing. */
  readonly unit: string;
  /** Difference of every arm but the first from the first; null where there is none. */
  readonly differences: readonly (ScopedInterval | null)[];
}

/** "−0.4 to 0.1", or an empty text where there is no interval. */
export const intervalText = ({ low, high, scope }: ScopedInterval, digits = 2): string =>
  scope === null ? '' : READING_WORDS.range(...intervalEnds(low, high, digits));

/** " (95 % interval of the difference over seeds: CopRA − LoRA 0.1 to 0.3)": those of every arm but the first against it; empty if none has one. */
export function differencesRemark(
  arms: readonly string[],
  differences: readonly (ScopedInterval | null)[],
  digits = 2,
): string {
  const known = differences.flatMap((difference, i) =>
    difference && difference.scope !== null ? [{ difference, name: arms[i + 1] }] : [],
  );
  if (known.length === 0) return '';
  const apart = known.map(({ difference, name }) => `${name} − ${arms[0]} ${intervalText(difference, digits)}`);
  return CAPTION_WORDS.differences(apart.join(', '), scopeText(known[0].difference));
}

/**
 * The means of the measures, and where an arm differs from the first.
 * @param arms their names
 * @param maps number of adapted projections of every arm that has spectra
 */
export function spectraReading(
  arms: readonly string[],
  measures: readonly SpectraMeans[],
  maps: readonly number[],
): string {
  const known = measures.filter(({ values }) => values.some((list) => list.length > 0));
  if (known.length === 0) return READING_WORDS.nothingYet;
  const parts = known.map(({ name, values, unit, differences }) => {
    const means = arms.flatMap((arm, i) => (values[i].length > 0 ? [`${arm} ${valueSpread(values[i])}${unit}`] : []));
    return `${name}: ${means.join(', ')}${differencesRemark(arms, differences)}`;
  });
  const seeds = countedEach(
    known[0].values.map((list) => list.length).filter((count) => count > 0),
    'seed',
  );
  return sentence([...parts, CAPTION_WORDS.spectra.over(maps, seeds)]);
}
