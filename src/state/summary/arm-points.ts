/** Every arm as a point: its test accuracy, and its barrier between two seeds, each beside those of the first arm. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { mean } from '../../core/statistics.ts';
import { csv } from '../../share/csv/csv.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { barrierMeasure } from '../../study/result/measures/paths.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** A measure of an arm, as a share. */
export interface Coordinate {
  /** Mean over seeds or pairs of seeds. */
  readonly value: number;
  readonly n: number;
  /** Arm minus first arm, with its 95 % interval; null for the first arm, and where they share no seed. */
  readonly difference: ScopedInterval | null;
}

export interface ArmPoint {
  readonly arm: string;
  readonly name: string;
  /** Counted from 1, in the order of the arms. */
  readonly number: number;
  readonly accuracy: Coordinate;
  readonly barrier: Coordinate;
}

const BARRIER = barrierMeasure('factor');

/** The arms that have both measures. */
export function armPoints(result: StudyResult): ArmPoint[] {
  const [baseline] = result.config.arms;
  const coordinate = (measure: Measure, arm: string): Coordinate | null => {
    const values = measure.values(result, arm).map(({ value }) => value);
    if (values.length === 0) return null;
    const difference = arm === baseline.id ? null : armDifference(result, measure, baseline.id, arm);
    return { value: mean(values), n: values.length, difference };
  };
  return result.config.arms.flatMap(({ id, name }, i): ArmPoint[] => {
    const [accuracy, barrier] = [coordinate(TEST_ACCURACY, id), coordinate(BARRIER, id)];
    return accuracy && barrier ? [{ arm: id, name, number: i + 1, accuracy, barrier }] : [];
  });
}

/** The sign of a difference whose 95 % interval leaves out 0, whatever it is over; 0 otherwise. */
export const excludesZero = (difference: ScopedInterval | null): -1 | 0 | 1 => {
  if (!difference || difference.scope === null) return 0;
  return difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0;
};

/** One row per arm, in shares; intervals say what they are over. */
export function armPointsCsv(result: StudyResult): string {
  const cells = ({ value, n, difference }: Coordinate) => [
    value,
    n,
    ...(difference?.scope
      ? [difference.mean, difference.low, difference.high, difference.scope]
      : [null, null, null, '']),
  ];
  const rows = armPoints(result).map(({ arm, name, accuracy, barrier }) => [
    arm,
    name,
    ...cells(accuracy),
    ...cells(barrier),
  ]);
  const heads = ['accuracy', 'barrier'].flatMap((name) => [
    name,
    `${name}_n`,
    ...['', '_low', '_high', '_over'].map((end) => `${name}_minus_first${end}`),
  ]);
  return csv(['arm', 'name', ...heads], rows);
}
