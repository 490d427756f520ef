/** CopRA and another arm of a study, or both methods of a sweep, measure by measure: means, paired differences and whether they are clear. */
import { hundredths, pointsEnds, withError } from '../../src/core/number-format.ts';
import type { ScopedInterval, SeedValue } from '../../src/core/crossed-interval.ts';
import { mean, standardDeviation } from '../../src/core/statistics.ts';
import { READING_WORDS } from '../../src/study/readings/messages.ts';
import { clearSide } from '../../src/copra/seed-differences.ts';
import { bestOfSweep } from '../../src/study/result/best-of-sweep.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import { firmSidesAtBest } from '../../src/ui/results/sweep/sweep-caption.ts';
import { markdownTable } from '../markdown-table.ts';

export const signed = (value: number): string => `${value > 0 ? '+' : ''}${hundredths(value)}`;

/** What an arm reaches, in [0, 1]. */
interface Level {
  readonly mean: number;
  /** Standard deviation over the seeds or pairs, as in captions; NaN of one. */
  readonly sd: number;
}

function levelOf(entries: readonly SeedValue[]): Level {
  const values = entries.map(({ value }) => value);
  return { mean: mean(values), sd: standardDeviation(values) };
}

export interface Compared {
  readonly measure: Pick<Measure, 'name' | 'unit'>;
  /** Seeds, or pairs of seeds. */
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
  const [a, b] = [measure.values(result, baselineArm, otherArm), measure.values(result, otherArm, baselineArm)];
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

export const isSweep = ({ config }: StudyResult): boolean => sweepOf(config) !== null;

/** Both methods of a sweep half-way between two seeds, at every value that both have. */
function compareValues(result: StudyResult): Compared[] {
  const sweep = sweepOf(result.config);
  if (!sweep) return [];
  const measure = midpointMeasure('factor');
  const [baseline, other] = sweep.methods;
  return baseline.arms.flatMap(({ id, value }) => {
    const beside = other.arms.find((arm) => String(arm.value) === String(value));
    const name = `${measure.name}, ${sweep.setting.label.toLowerCase()} ${value}`;
    return (beside && compare(result, { ...measure, name }, id, beside.id)) ?? [];
  });
}

/** Both methods of a sweep, each at its own best value: clear where the figure of the sweep says so, which allows for the values that might have been chosen too. */
function compareBest(result: StudyResult): Compared[] {
  const sweep = sweepOf(result.config);
  const [baseline, other] = (sweep && bestOfSweep(result, sweep)) ?? [];
  if (!sweep || !other) return [];
  const where = `each at its own best ${sweep.setting.label.toLowerCase()}`;
  return [...firmSidesAtBest(result, sweep)].flatMap(([measure, side]) => {
    const row = compare(result, { ...measure, name: `${measure.name}, ${where}` }, baseline.arm, other.arm);
    return row ? { ...row, side } : [];
  });
}

/**
 * Every measure that the study has for both arms or, in a sweep, for both methods at every value and at their best ones.
 * @param against id of the arm that CopRA is held against; absent: the first one
 */
export function comparisons(result: StudyResult, against?: string): Compared[] {
  if (isSweep(result)) return [...compareValues(result), ...compareBest(result)];
  const { arms } = result.config;
  const copra = arms.find(({ method }) => method === 'copra');
  return copra ? MEASURES.flatMap((measure) => compare(result, measure, against ?? arms[0].id, copra.id) ?? []) : [];
}

const levelText = (level: Level): string => withError(100 * level.mean, 100 * level.sd);

/** The head of a column of them. */
export const levelHead = (name: string): string => `${name}, mean ± sd`;

/** Whether the figure rests on images, and its interval says nothing of other ones. */
export const isOfThese = ({ difference: { images, scope } }: Pick<Compared, 'difference'>): boolean =>
  images !== null && scope === 'seeds';

/** "+1.2 (0.4 to 2.0)" in percentage points; what the interval leaves out is said where the figure rests on images, and it is not over seeds and images. */
export function differenceText({ mean: centre, low, high, images, scope }: ScopedInterval): string {
  if (scope === null) return signed(centre);
  const narrower = images !== null && scope !== 'seeds and images' ? `, ${READING_WORDS.scopes[scope]}` : '';
  return `${signed(centre)} (${pointsEnds(low, high, 1).join(' to ')}${narrower})`;
}

/** A difference as a table cell, bold where its interval excludes 0; a dash where the arms share no seed or pair. */
export function differenceCell(row: Compared | null): string {
  const text = row ? differenceText(row.difference) : '–';
  return row?.side ? `**${text}**` : text;
}

const UNITS: Record<Measure['unit'], readonly [one: string, many: string]> = {
  seed: ['seed', 'seeds'],
  'pair of seeds': ['pair', 'pairs'],
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
  const rows = comparisons(result).map((row) => [
    row.measure.name,
    countText(row),
    ...armCells(row),
    differenceCell(row),
  ]);
  return markdownTable(
    ['measure', 'over', levelHead(baseline.name), levelHead(other.name), 'difference (95 % interval)'],
    rows,
  );
}
