/** Numbers of a measurement as text. */
import { amountOf, fastest, ratioOnUnit, timingOf, type Ratio } from '../../engine/measure/compare.ts';
import type { Unit } from '../../engine/backends.ts';
import { UNITS } from '../../engine/backends.ts';
import type { ContenderId, Stock } from '../../engine/measure/contenders.ts';
import type { Cell, Measurement, Timing } from '../../engine/measure/measurement.ts';
import { taskOf, type MeasuredTask, type TaskId } from '../../engine/measure/tasks.ts';
import { grouped } from '../../core/number-format.ts';
import { MEASURE } from './messages.ts';

const PREFIXES = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
const PARTS = [
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
] as const;

/** Three digits, with grouped thousands. */
export const digits = (value: number): string => grouped(Number(value.toPrecision(3)), 4);

/** The factor and prefix for the largest of some values. */
function scaleOf<U>(largest: number, units: readonly (readonly [number, U])[]): readonly [number, U] {
  return units.find(([factor]) => largest >= factor) ?? units[units.length - 1];
}

/** "37.4 GFLOP/s" */
export function rateText(perSecond: number, unit: string): string {
  const [factor, prefix] = scaleOf(perSecond, PREFIXES);
  return `${digits(perSecond / factor)} ${prefix}${unit}`;
}

export function secondsText(seconds: number): string {
  const [factor, unit] = scaleOf(seconds, PARTS);
  return `${digits(seconds / factor)} ${unit}`;
}

interface AmountText {
  readonly median: string;
  /** Quartiles in the unit of the median: "36.9 to 37.8". */
  readonly range: string;
}

function unitOf({ measure }: MeasuredTask, median: number): readonly [factor: number, unit: string] {
  switch (measure) {
    case 'flops':
    case 'bytes': {
      const [factor, prefix] = scaleOf(median, PREFIXES);
      return [factor, `${prefix}${measure === 'flops' ? 'FLOP' : 'B'}/s`];
    }
    case 'per-second':
      return [1, ''];
    case 'per-call':
    case 'seconds':
      return scaleOf(median, PARTS);
  }
}

export function amountText(id: TaskId, { median, low, high }: Timing): AmountText {
  const task = taskOf(id);
  const middle = amountOf(task, median);
  const [factor, unit] = unitOf(task, middle);
  const ends = [amountOf(task, low), amountOf(task, high)].sort((a, b) => a - b).map((end) => digits(end / factor));
  const text = digits(middle / factor);
  const shown = task.measure === 'per-second' ? MEASURE.perSecond(text) : `${text} ${unit}`;
  return { median: shown, range: MEASURE.range(ends[0], ends[1]) };
}

/** Fewer have no quartiles. */
const LEAST_REPETITIONS = 3;

/** "7.9 to 9.1", or that there were too few runs to say. */
export const ratioRange = ({ low, high, repetitions }: Ratio): string =>
  repetitions < LEAST_REPETITIONS ? MEASURE.fewRuns : MEASURE.range(digits(low), digits(high));

/** "8.4 (7.9 to 9.1)" */
export const ratioText = (ratio: Ratio): string => `${digits(ratio.value)} (${ratioRange(ratio)})`;

/** In the place of a number. */
export function missingText(cell: Exclude<Cell, { readonly state: 'measured' }> | null): string {
  if (!cell) return MEASURE.noTime;
  switch (cell.state) {
    case 'wrong':
      return MEASURE.wrong;
    case 'failed':
      return MEASURE.failed;
    case 'skipped':
      return cell.why === 'absent' ? MEASURE.absent : shortSkip(cell);
  }
}

function shortSkip({ why, needs, has }: Extract<Cell, { readonly state: 'skipped' }>): string {
  if (why === 'time' && has === 0) return MEASURE.noTime;
  if (why === 'memory') return MEASURE.needsMemory(`${digits(needs ?? 0)} GB`, `${digits(has ?? 0)} GB`);
  return needs === null ? MEASURE.noTime : MEASURE.needsTime(secondsText(needs));
}

/** The step of four runs, or where that is not told beside the plain model the single one. */
const HEADLINE_TASKS: readonly TaskId[] = ['step-4', 'step-1'];

/** Stock programs in the order in which a headline names them. */
const HEADLINE_STOCKS: readonly Stock[] = ['plain', 'passes'];

/** How ours compares with stock on a unit, in one sentence with so many ratios at most; null where nothing tells. */
function headlineOn(measurement: Measurement, unit: Unit, most: number): string | null {
  const isTold = (stock: Stock) => (task: TaskId) => ratioOnUnit(measurement, task, unit, stock) !== null;
  // One run of a program says how fast it was once: tasks of which every program has more come first.
  const isSure = (task: TaskId): boolean =>
    HEADLINE_STOCKS.every(
      (stock) => (ratioOnUnit(measurement, task, unit, stock)?.repetitions ?? Infinity) >= LEAST_REPETITIONS,
    );
  const tasks = [...HEADLINE_TASKS.filter(isSure), ...HEADLINE_TASKS];
  const task = tasks.find(isTold('plain')) ?? tasks.find(isTold('passes'));
  if (!task) return null;
  const ratios = HEADLINE_STOCKS.flatMap((stock) => {
    const ratio = ratioOnUnit(measurement, task, unit, stock);
    return ratio ? [MEASURE.timesStock(ratioText(ratio), stock)] : [];
  });
  return MEASURE.headline(MEASURE.units[unit], MEASURE.tasks[task].name, ratios.slice(0, most));
}

/** One sentence per unit. */
export const headlines = (measurement: Measurement): string[] =>
  UNITS.flatMap((unit) => headlineOn(measurement, unit, HEADLINE_STOCKS.length) ?? []);

/** Of the graphics card where there is one, with one ratio: for a picture, which has little room. */
export const shortHeadline = (measurement: Measurement): string =>
  headlineOn(measurement, 'card', 1) ?? headlineOn(measurement, 'processor', 1) ?? MEASURE.noRatio;

/** The seconds of the fastest right contender of a task, of those named. */
export function fastestTiming(measurement: Measurement, task: TaskId, among: readonly ContenderId[]): Timing | null {
  const best = fastest(measurement, task, among);
  return best && timingOf(measurement, task, best);
}
