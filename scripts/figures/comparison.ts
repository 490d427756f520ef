/** The first two arms of a study, or both methods of a sweep, measure by measure: means, paired differences and whether they are clear. */
import { mean, pairedDifference, pairsInterval, standardError, type Interval } from '../../src/core/statistics.ts';
import type { StudyResult } from '../../src/study/result.ts';
import { sweepOf } from '../../src/study/sweep.ts';
import { measuresOf, sweepMeasures, type Measure } from '../measures.ts';

const points = (value: number): string => (100 * value).toFixed(1);

export const signed = (value: number): string => `${value > 0 ? '+' : ''}${points(value)}`;

export interface Compared {
  readonly measure: Measure;
  /** Seeds, or pairs of seeds. */
  readonly n: number;
  readonly baseline: readonly number[];
  readonly other: readonly number[];
  /** other − baseline, paired. */
  readonly difference: Interval;
  /** Who is better, where the 95 % interval excludes 0. */
  readonly winner: 'baseline' | 'other' | null;
}

/** Pairs of seeds share runs and are not independent. */
function differenceOf(
  { unit }: Measure,
  keys: readonly string[],
  a: readonly number[],
  b: readonly number[],
): Interval {
  if (unit !== 'pair of seeds') return pairedDifference(b, a);
  return pairsInterval(
    keys.map((key, i) => {
      const [first, second] = key.split('–').map(Number);
      return { first, second, value: b[i] - a[i] };
    }),
  );
}

/** Null where the arms have no seed or pair in common. */
export function compare(measure: Measure, baselineArm: string, otherArm: string): Compared | null {
  const [a, b] = [measure.values(baselineArm), measure.values(otherArm)];
  const keys = [...a.keys()].filter((key) => b.has(key));
  if (keys.length === 0) return null;
  const [baseline, other] = [a, b].map((values) => keys.map((key) => values.get(key) ?? NaN));
  const difference = differenceOf(measure, keys, baseline, other);
  const clear = difference.low > 0 || difference.high < 0;
  const otherIsBetter = difference.mean > 0 !== measure.lowerIsBetter;
  return {
    measure,
    n: keys.length,
    baseline,
    other,
    difference,
    winner: clear ? (otherIsBetter ? 'other' : 'baseline') : null,
  };
}

/** Every measure that the study has values of for both arms; of a sweep, for both of its methods. */
export function comparisons(result: StudyResult): Compared[] {
  const sweep = sweepOf(result.config);
  const [baseline, other] = sweep ? sweep.methods.map(({ arms }) => arms[0]) : result.config.arms;
  const measures = sweep ? sweepMeasures(result) : measuresOf(result);
  return measures.flatMap((measure) => compare(measure, baseline.id, other.id) ?? []);
}

const withError = (values: readonly number[]): string =>
  `${points(mean(values))} ± ${values.length > 1 ? points(standardError(values)) : '–'}`;

/** "+1.2 (0.4 to 2.0)" in percentage points. */
export const differenceText = ({ mean: centre, low, high }: Interval): string =>
  `${signed(centre)}${Number.isFinite(low) ? ` (${points(low)} to ${points(high)})` : ''}`;

const UNITS: Record<Measure['unit'], readonly [one: string, many: string]> = {
  seed: ['seed', 'seeds'],
  'pair of seeds': ['pair', 'pairs'],
  value: ['value', 'values'],
};

export const countText = ({ measure, n }: Compared): string => `${n} ${UNITS[measure.unit][n === 1 ? 0 : 1]}`;

/** The arms' figures as two cells of a table. */
export const armCells = ({ baseline, other }: Compared): readonly [string, string] => [
  withError(baseline),
  withError(other),
];

/** A Markdown table of all measures. */
export function comparisonTable(result: StudyResult): string {
  const [baseline, other] = result.config.arms;
  const rows = comparisons(result).map((row) => {
    const text = differenceText(row.difference);
    const cells = [row.measure.name, countText(row), ...armCells(row), row.winner ? `**${text}**` : text];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `| measure | over | ${baseline.name} | ${other.name} | difference (95 % interval) |`,
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
