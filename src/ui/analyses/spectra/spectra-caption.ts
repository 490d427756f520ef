/** The sentence under the spectra of updates. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { valueSpread } from '../../../study/readings/numbers.ts';
import { spreadOver, sentence, differencesRemark } from '../../../study/readings/words.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { SPECTRA_WORDS } from './messages.ts';

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
    return `${name}: ${means.join(', ')}${differencesRemark(arms, values, differences)}`;
  });
  const spread = spreadOver(known[0].values.map((list) => list.length).filter((count) => count > 0));
  return sentence([...parts, SPECTRA_WORDS.caption.over(maps, spread)]);
}
