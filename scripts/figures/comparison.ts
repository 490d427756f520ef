/** The first two arms of a study, or both methods of a sweep, measure by measure: means, paired differences and whether they are clear. */
import { hundredths, intervalEnds, withError } from '../../src/core/number-format.ts';
import { seedVariance, type ScopedInterval, type SeedValue } from '../../src/core/crossed-interval.ts';
import { mean } from '../../src/core/statistics.ts';
import { SCOPE_WORDS } from '../../src/copra/messages.ts';
import { clearSide } from '../../src/copra/seed-differences.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import { sweepComparison } from '../sweep-comparison.ts';
import { markdownTable } from '../markdown-table.ts';

export const signed = (value: number): string => `${value > 0 ? '+' : ''}${hundredths(value)}`;

type Unit = Measure['unit'] | 'value';

/** What an arm reaches, in [0, 1]. */
interface Level {
  readonly mean: number;
  /** Standard error of the mean over other seeds or, in a sweep, other values; NaN where there are too few. Pairs of seeds share runs, so theirs is no sd/√n. */
  readonly error: number;
}

const levelOf = (values: readonly SeedValue[]): Level => ({
  mean: mean(values.map(({ value }) => value)),
  error: Math.sqrt(seedVariance(values)),
});

export interface Compared {
  readonly measure: { readonly name: string; readonly unit: Unit };
  /** Seeds, pairs of seeds, or values of a sweep. */
  readonly n: number;
  readonly baseline: Level;
  readonly other: Level;
  /** other − baseline, paired. */
  readonly difference: ScopedInterval;
  /** 1 or −1 where the interval excludes 0, by side; 0 where it includes 0; null where there are too few seeds. */
  readonly side: -1 | 0 | 1 | null;
}

/** Null if the arms share no seed or pair. */
export function compare(result: StudyResult, measure: Measure, baselineArm: string, otherArm: string): Compared | null {
  const difference = armDifference(result, measure, baselineArm, otherArm);
  if (!difference) return null;
  const [a, b] = [baselineArm, otherArm].map((arm) => measure.values(result, arm));
  const both = (own: typeof a, others: typeof a) =>
    own.filter(({ seeds }) => others.some((entry) => entry.seeds.join() === seeds.join()));
  const [baseline, other] = [both(a, b), both(b, a)];
  return {
    measure,
    n: baseline.length,
    baseline: levelOf(baseline),
    other: levelOf(other),
    difference,
    side: clearSide(difference),
  };
}

/** Compares both methods of a sweep value by value; the interval is over values and images. */
function compareValues(result: StudyResult): Compared | null {
  const compared = sweepComparison(result);
  if (!compared) return null;
  const { name, values, difference } = compared;
  const atValues = (of: (value: (typeof values)[number]) => number): Level =>
    levelOf(values.map((value, i) => ({ seeds: [i], value: of(value), sensitivity: 0 })));
  return {
    measure: { name, unit: 'value' },
    n: values.length,
    baseline: atValues(({ baseline }) => baseline),
    other: atValues(({ other }) => other),
    difference,
    side: clearSide(difference),
  };
}

/** Every measure that the study has for both arms or, in a sweep, for both methods. */
export function comparisons(result: StudyResult): Compared[] {
  if (sweepOf(result.config)) return [compareValues(result)].filter((row) => row !== null);
  const [baseline, other] = result.config.arms;
  return MEASURES.flatMap((measure) => compare(result, measure, baseline.id, other.id) ?? []);
}

const levelText = (level: Level): string => withError(100 * level.mean, 100 * level.error);

/** Whether the figure rests on images, and its interval says nothing of other ones. */
export const isOfThese = ({ difference: { images, scope } }: Pick<Compared, 'difference'>): boolean =>
  images !== null && scope === 'seeds';

/** "+1.2 (0.4 to 2.0)" in percentage points; what the interval leaves out is said where the figure rests on images, and it is not over seeds and images. */
export function differenceText({ mean: centre, low, high, images, scope }: ScopedInterval): string {
  if (scope === null) return signed(centre);
  const narrower = images !== null && scope !== 'seeds and images' ? `, ${SCOPE_WORDS[scope]}` : '';
  return `${signed(centre)} (${intervalEnds(100 * low, 100 * high, 1).join(' to ')}${narrower})`;
}

const UNITS: Record<Unit, readonly [one: string, many: string]> = {
  seed: ['seed', 'seeds'],
  'pair of seeds': ['pair', 'pairs'],
  value: ['value', 'values'],
};

export const countText = ({ measure, n }: Compared): string => `${n} ${UNITS[measure.unit][n === 1 ? 0 : 1]}`;

/** The arms' values as two table cells. */
export const armCells = ({ baseline, other }: Compared): readonly [string, string] => [
  levelText(baseline),
  levelText(other),
];

/** A Markdown table of all measures. */
export function comparisonTable(result: StudyResult): string {
  const [baseline, other] = result.config.arms;
  const rows = comparisons(result).map((row) => {
    const text = differenceText(row.difference);
    return [row.measure.name, countText(row), ...armCells(row), row.side ? `**${text}**` : text];
  });
  return markdownTable(['measure', 'over', baseline.name, other.name, 'difference (95 % interval)'], rows);
}
