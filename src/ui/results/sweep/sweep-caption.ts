/** What is said of a sweep: the methods each at its own best value, and over the whole range. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { bestOfSweep, type BestOfMethod } from '../../../study/result/best-of-sweep.ts';
import { TEST_ACCURACY } from '../../../study/result/measures/accuracy.ts';
import { armDifference } from '../../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../../study/result/measures/measure.ts';
import { midpointMeasure } from '../../../study/result/measures/paths.ts';
import { EVERY_OTHER_ACCURACY } from '../../../study/result/measures/pruning.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { inSentence } from '../../../study/config/settings/rows.ts';
import { measured, sweepTable, type SweepRow } from '../../../study/result/sweep-table.ts';
import { sweepValueText, type Sweep, type SweepValue } from '../../../study/config/sweep.ts';
import { either, listed } from '../../../core/listed.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { hundredths, pointsEnds, signedPoints } from '../../../core/number-format.ts';
import { overText, unbrokenPercent, quoted } from '../../../study/readings/numbers.ts';
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
  return READING_WORDS.range(hundredths(low), unbrokenPercent(high, 1));
}

/**
 * How far each measure moves over the whole sweep, and at how many values the mean of a method is above that of the first. Such a lead need not be clear. No value
 * is picked from these means, because it would be selected on the images that evaluate it.
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

/** A method of two, at its own best value; its value is null where the setting has no effect in it. */
type Tuned = Pick<BestOfMethod, 'name' | 'value' | 'rivals' | 'isOutermost' | 'diverged' | 'unvalidated'>;

interface DifferenceAtBest {
  readonly key: (typeof MEASURES)[number];
  readonly difference: ScopedInterval;
  /** The smallest and the largest mean with the values that validation does not tell from the chosen ones, these included; null where it tells all. */
  readonly range: readonly [least: number, most: number] | null;
}

/** Which of the two is clearly better, whichever value validation might have chosen; 0: none is, null: too few seeds. */
function firmSide({ difference, range }: DifferenceAtBest): -1 | 0 | 1 | null {
  const side = clearSide(difference);
  return side && range && Math.min(side * range[0], side * range[1]) <= 0 ? 0 : side;
}

/** Two methods, each at its own best value, of which one may not have the setting. */
export interface BestCompared {
  /** The setting's name within a sentence. */
  readonly setting: string;
  readonly first: Tuned;
  readonly other: Tuned;
  /** other − first on test images, for measures that both have. */
  readonly differences: readonly DifferenceAtBest[];
  /** Images by which the values were chosen. */
  readonly validation: number;
}

/** "CopRA is ahead of LoRA merged 1:1; no difference is clear with every layer on"; empty where no measure can tell the methods apart. */
function bestFinding({ first, other, differences }: BestCompared): string {
  const { measures, best } = SWEEP_WORDS.caption;
  const where = (side: -1 | 0 | 1): string =>
    listed(differences.flatMap((found) => (firmSide(found) === side ? measures[found.key] : [])));
  const [ahead, behind, unclear] = ([1, -1, 0] as const).map(where);
  return [
    ahead && best.ahead(quoted(other.name), quoted(first.name), ahead),
    behind && best.behind(quoted(other.name), quoted(first.name), behind),
    unclear && best.unclear(unclear),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** Those that were tuned, and the one that has nothing to tune, if there is one. */
function tunedAndConstant({ first, other }: BestCompared) {
  const isConstant = ({ value }: Tuned): boolean => value === null;
  const both = [first, other];
  return { tuned: both.filter((one) => !isConstant(one)), constant: both.find(isConstant) ?? null };
}

export function bestMessage(compared: BestCompared): string {
  const { best } = SWEEP_WORDS.caption;
  const { tuned, constant } = tunedAndConstant(compared);
  const { setting } = compared;
  const where = constant === null ? best.each(setting) : best.one(quoted(tuned[0].name), setting);
  return best.said(where, bestFinding(compared) || best.tooFew);
}

/** "LoRA at 1e-3 and CopRA at 0.01, …: with every layer on +0.4 (−1.9 to 2.6), …" */
function bestNumbers(compared: BestCompared): string {
  const { first, other, differences, validation, setting } = compared;
  const { measures, best } = SWEEP_WORDS.caption;
  const { tuned, constant } = tunedAndConstant(compared);
  const chosen = tuned.flatMap(({ name, value }) =>
    value === null ? [] : [best.at(quoted(name), sweepValueText(value))],
  );
  const overs = differences.map(({ difference }) => overText(difference));
  const isShared = overs.every((over) => over === overs[0]);
  const told = differences.map(({ key, difference }, i) => {
    const { mean: centre, low, high, scope } = difference;
    const interval = scope === null ? '' : READING_WORDS.range(...pointsEnds(low, high, 1));
    return best.difference(measures[key], signedPoints(centre), [interval, isShared ? '' : overs[i]]);
  });
  const hasIntervals = differences.every(({ difference: { scope } }) => scope !== null);
  return best.numbers({
    chosen: listed(chosen),
    validation,
    beside: constant === null ? '' : best.beside(quoted(constant.name), setting),
    apart: `${quoted(other.name)} − ${quoted(first.name)}`,
    differences: told,
    over: isShared ? overs[0] : '',
    hasIntervals,
  });
}

/** The differences there, and how firmly the values were chosen. */
export function bestReading(compared: BestCompared): Reading {
  const { best } = SWEEP_WORDS.caption;
  const numbers = bestNumbers(compared);
  const valuesOf = (values: readonly SweepValue[]): string => listed(values.map(sweepValueText));
  const doubts = [compared.first, compared.other].flatMap(({ name, rivals, isOutermost, diverged, unvalidated }) => [
    ...(diverged.length > 0 ? [best.diverged(quoted(name), valuesOf(diverged))] : []),
    ...(unvalidated.length > 0 ? [best.unvalidated(quoted(name), valuesOf(unvalidated))] : []),
    ...(rivals.length > 0 ? [best.rivals(quoted(name), either(rivals.map(sweepValueText)))] : []),
    ...(isOutermost ? [best.outermost(quoted(name))] : []),
  ]);
  const ranges = compared.differences.flatMap(({ key, range }) =>
    range ? [best.range(SWEEP_WORDS.caption.measures[key], signedPoints(range[0]), signedPoints(range[1]))] : [],
  );
  if (ranges.length > 0) doubts.push(best.withRivals(ranges.join(', ')));
  return { numbers: sentence([numbers]), reading: sentence([numbers, ...doubts]) };
}

/** In which the methods are compared at their best values. */
const MEASURED_AT_BEST = {
  accuracy: TEST_ACCURACY,
  merged: midpointMeasure('factor'),
  everyOther: EVERY_OTHER_ACCURACY,
} satisfies Record<(typeof MEASURES)[number], Measure>;

/**
 * The first method and CopRA, or whatever is second; of a first one that has nothing to tune, one that has. Null before every method has a best value.
 */
function bestCompared(result: StudyResult, sweep: Sweep): BestCompared | null {
  const [first, ...rest] = bestOfSweep(result, sweep) ?? [];
  const others = rest.filter(({ value }) => first.value !== null || value !== null);
  const other = others.find(({ method }) => method === 'copra') ?? others.at(0);
  if (!other) return null;
  /** The arms of a method that validation may have chosen. */
  const possible = ({ method, arm, rivals }: BestOfMethod): string[] => [
    arm,
    ...(sweep.methods.find((one) => one.method === method)?.arms ?? []).flatMap(({ id, value }) =>
      value !== null && rivals.includes(value) ? id : [],
    ),
  ];
  const differences = MEASURES.flatMap((key) => {
    const between = (one: string, beside: string): ScopedInterval | null =>
      armDifference(result, MEASURED_AT_BEST[key], one, beside);
    const difference = between(first.arm, other.arm);
    if (!difference) return [];
    const means = possible(first).flatMap((one) =>
      possible(other).flatMap((beside) => between(one, beside)?.mean ?? []),
    );
    return [{ key, difference, range: means.length > 1 ? ([Math.min(...means), Math.max(...means)] as const) : null }];
  });
  const setting = inSentence(sweep.setting.label);
  return differences.length > 0 ? { setting, first, other, differences, validation: result.task.validation } : null;
}

/** In which measures a method is ahead of the other, each at its own best value, as the words say it: `firmSide` of each. Empty where nothing can be said. */
export const firmSidesAtBest = (result: StudyResult, sweep: Sweep): ReadonlyMap<Measure, -1 | 0 | 1 | null> =>
  new Map(
    bestCompared(result, sweep)?.differences.map((found) => [MEASURED_AT_BEST[found.key], firmSide(found)] as const),
  );

/** How the methods compare at their own best values, within a sentence; empty where nothing can be said. */
export function findingAtBest(result: StudyResult, sweep: Sweep): string {
  const best = bestCompared(result, sweep);
  return best ? bestFinding(best) : '';
}

export interface SweepCaption extends Reading {
  readonly message: string;
}

export function sweepCaption(result: StudyResult, sweep: Sweep): SweepCaption {
  const rows = sweepTable(result, sweep);
  if (rows.length === 0) return { ...UNREAD, message: '' };
  const best = bestCompared(result, sweep);
  const range = rangeReading(result, sweep, rows);
  if (!best) return { ...range, message: SWEEP_WORDS.message };
  const { numbers, reading } = bestReading(best);
  return {
    message: bestMessage(best),
    numbers,
    reading: `${reading} ${range.reading}`,
  };
}

function rangeReading(result: StudyResult, { setting, values, methods }: Sweep, rows: readonly SweepRow[]): Reading {
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
