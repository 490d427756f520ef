/** The sentence under the figure of a sweep. */
import type { StudyResult } from '../../../study/result/result.ts';
import { measured, sweepTable } from '../../../study/result/sweep-table.ts';
import { sweepValueText, type Sweep } from '../../../study/config/sweep.ts';
import { listed } from '../../../core/listed.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { hundredths } from '../../../core/number-format.ts';
import { percent } from '../../../study/readings/numbers.ts';
import { countedEach, nothingYet, sampling, sentence, UNREAD, type Reading } from '../../../study/readings/words.ts';
import { mean } from '../../../core/statistics.ts';
import type { Sample } from '../../../core/clusters.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import { SWEEP_WORDS } from './messages.ts';

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
): Reading {
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
      return SWEEP_WORDS.caption.higher(name, base.name, higher, both.length);
    });
    return [
      `${SWEEP_WORDS.caption.measures[key]} ${listed(range)}${compared.length > 0 ? ` (${compared.join(', ')})` : ''}`,
    ];
  });
  if (told.length === 0) return nothingYet();
  const counts = methods.flatMap(({ values }) => values.flatMap(({ accuracy }) => accuracy.length || []));
  const accuracies = methods.flatMap(({ values }) => values.flatMap(({ accuracy }) => accuracy));
  const [first] = setting.values;
  const last = setting.values[setting.values.length - 1];
  const seeds = countedEach(counts.length > 0 ? counts : [0], 'seed');
  const start = SWEEP_WORDS.caption.start(setting.name, first, last, seeds, told[0]);
  const over = sampling(accuracies.length > 0 ? mean(accuracies) : 0.5, images);
  return { numbers: sentence([start, over]), reading: sentence([start, ...told.slice(1), over]) };
}

export function sweepCaption(result: StudyResult, sweep: Sweep): Reading {
  const rows = sweepTable(result, sweep);
  if (rows.length === 0) return UNREAD;
  const { setting, values, methods } = sweep;
  return sweepReading(
    { name: setting.label, values: values.map(sweepValueText) },
    methods.map(({ method, name, arms }) => ({
      name,
      values: values.map((value) => {
        const at = arms[0].value === null ? null : value;
        return {
          accuracy: measured(rows, method, at, 'accuracy'),
          merged: measured(rows, method, at, 'midpointFactor'),
          everyOther: measured(rows, method, at, 'everyOther'),
        };
      }),
    })),
    testSample(result),
  );
}
