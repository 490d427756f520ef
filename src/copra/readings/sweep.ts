import type { Sample } from '../../core/clusters.ts';
import { listed } from '../../core/listed.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { hundredths } from '../../core/number-format.ts';
import { countedEach, percent, sampling, sentence } from './words.ts';
import { mean } from '../../core/statistics.ts';

interface SweptValue {
  /** Test accuracies with everything on, over seeds. */
  readonly accuracy: readonly number[];
  /** Of pairs of seeds merged 1:1, and of runs with every other layer off. */
  readonly merged: readonly number[];
  readonly everyOther: readonly number[];
}

interface SweptMethod {
  readonly name: string;
  /** In the order of the values; lists are empty if nothing was measured. */
  readonly values: readonly SweptValue[];
}

const MEASURES = ['accuracy', 'merged', 'everyOther'] as const;

/** "40.1 to 56.2 %": the lowest and the highest mean. */
function extent(means: readonly number[]): string {
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return READING_WORDS.range(hundredths(low), percent(high, 1));
}

/**
 * How far each measure moves over the whole sweep, and at how many values the mean of a method is above that of the first. Such a lead need not be clear. No value
 * is recommended, because it would be selected on the images that evaluate it.
 * @param setting its name and the texts of its values
 */
export function sweepReading(
  setting: { readonly name: string; readonly values: readonly string[] },
  methods: readonly SweptMethod[],
  images: Sample,
): string {
  const told = MEASURES.flatMap((key) => {
    const known = methods.flatMap(({ name, values }) => {
      const means = values.map((value) => (value[key].length > 0 ? mean(value[key]) : null));
      return means.every((value) => value === null) ? [] : [{ name, means }];
    });
    if (known.length === 0) return [];
    const range = known.map(({ name, means }) => `${name} ${extent(means.filter((value) => value !== null))}`);
    const [base, ...others] = known;
    const compared = others.map(({ name, means }) => {
      const both = means.flatMap((value, i) => {
        const other = base.means[i];
        return value === null || other === null ? [] : [value - other];
      });
      const higher = both.filter((difference) => difference > 0).length;
      return CAPTION_WORDS.sweep.higher(name, base.name, higher, both.length);
    });
    return [
      `${CAPTION_WORDS.sweep.measures[key]} ${listed(range)}${compared.length > 0 ? ` (${compared.join(', ')})` : ''}`,
    ];
  });
  if (told.length === 0) return READING_WORDS.nothingYet;
  const counts = methods.flatMap(({ values }) => values.flatMap(({ accuracy }) => accuracy.length || []));
  const accuracies = methods.flatMap(({ values }) => values.flatMap(({ accuracy }) => accuracy));
  const [first] = setting.values;
  const last = setting.values[setting.values.length - 1];
  return sentence([
    CAPTION_WORDS.sweep.start(
      setting.name,
      first,
      last,
      countedEach(counts.length > 0 ? counts : [0], 'seed'),
      told[0],
    ),
    ...told.slice(1),
    sampling(accuracies.length > 0 ? mean(accuracies) : 0.5, images),
  ]);
}
