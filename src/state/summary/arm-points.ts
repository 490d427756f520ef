/** Every arm as a point: its test accuracy, and what else it is worth, each beside those of one arm. */
import { frontier } from '../../copra/frontier.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { mean } from '../../core/statistics.ts';
import { armsInTable } from '../../share/csv/arms-in-table.ts';
import { csv } from '../../share/csv/csv.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { bestOfSweep } from '../../study/result/best-of-sweep.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { barrierMeasure, midpointMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** What accuracy is held against. The first of which a result has points is shown at first. */
const POINT_MEASURES = [
  { id: 'gain', column: 'every_other_gain_kept', measure: EVERY_OTHER_KEPT },
  { id: 'barrier', column: 'barrier', measure: barrierMeasure('factor') },
  { id: 'midpoint', column: 'midpoint', measure: midpointMeasure('factor') },
] as const satisfies readonly { readonly id: string; readonly column: string; readonly measure: Measure }[];
export type PointMeasure = (typeof POINT_MEASURES)[number];

/** A measure of an arm, as a share. */
export interface Coordinate {
  /** Mean over seeds or pairs of seeds. */
  readonly value: number;
  readonly n: number;
  /** Arm minus the arm that all are compared with, with its 95 % interval; null for that one, and where they share no seed. */
  readonly difference: ScopedInterval | null;
}

export interface ArmPoint {
  readonly arm: string;
  readonly name: string;
  /** Counted from 1, in the order of the arms. */
  readonly number: number;
  readonly accuracy: Coordinate;
  readonly other: Coordinate;
}

/** The arm that all others are compared with: the first, and of a sweep the first method at its own best value, as far as that is known. */
export function baselineArm(result: StudyResult): ArmConfig {
  const { arms } = result.config;
  const sweep = sweepOf({ arms });
  const best = sweep && bestOfSweep(result, sweep)?.find(({ method }) => method === sweep.methods[0].method);
  return arms.find(({ id }) => id === best?.arm) ?? arms[0];
}

/** Null where an arm has no value. */
function coordinate(result: StudyResult, measure: Measure, arm: string): Coordinate | null {
  const baseline = baselineArm(result);
  const values = measure.values(result, arm).map(({ value }) => value);
  if (values.length === 0) return null;
  const difference = arm === baseline.id ? null : armDifference(result, measure, baseline.id, arm);
  return { value: mean(values), n: values.length, difference };
}

/** The arms that have both measures. */
export const armPoints = (result: StudyResult, { measure }: PointMeasure): ArmPoint[] =>
  result.config.arms.flatMap(({ id, name }, i): ArmPoint[] => {
    const [accuracy, other] = [TEST_ACCURACY, measure].map((one) => coordinate(result, one, id));
    return accuracy && other ? [{ arm: id, name, number: i + 1, accuracy, other }] : [];
  });

/** The measures in which arms can be held against one another: those that two or more of them have. */
export const pointMeasures = (result: StudyResult): PointMeasure[] =>
  POINT_MEASURES.filter(
    ({ measure }) => result.config.arms.filter(({ id }) => measure.values(result, id).length > 0).length > 1,
  );

/** The points that no other beats in both measures, from the most accurate on. */
export function unbeaten(points: readonly ArmPoint[], { measure }: PointMeasure): ArmPoint[] {
  const sign = measure.lowerIsBetter ? -1 : 1;
  return frontier(points.map(({ accuracy, other }) => [accuracy.value, sign * other.value]))
    .map((place) => points[place])
    .toSorted((a, b) => b.accuracy.value - a.accuracy.value);
}

/** One row per arm, in shares, with every measure that the result has; intervals say what they are over. */
export function armPointsCsv(result: StudyResult): string {
  const cells = (own: Coordinate | null) => [
    own?.value ?? null,
    own?.n ?? 0,
    ...(own?.difference?.scope
      ? [own.difference.mean, own.difference.low, own.difference.high, own.difference.scope]
      : [null, null, null, '']),
  ];
  const measures = pointMeasures(result);
  const lines = measures.map((measure) => new Set(unbeaten(armPoints(result, measure), measure).map(({ arm }) => arm)));
  const nameOf = armsInTable(result);
  const reference = nameOf(baselineArm(result).id);
  const rows = result.config.arms.map(({ id }) => [
    nameOf(id),
    reference,
    ...cells(coordinate(result, TEST_ACCURACY, id)),
    ...measures.flatMap(({ measure }, i) => [
      ...cells(coordinate(result, measure, id)),
      lines[i].has(id) ? 'yes' : 'no',
    ]),
  ]);
  const heads = (name: string): string[] => [
    name,
    `${name}_n`,
    ...['', '_low', '_high', '_over'].map((end) => `${name}_minus_reference${end}`),
  ];
  return csv(
    [
      'arm',
      'reference',
      ...heads('accuracy'),
      ...measures.flatMap(({ column }) => [...heads(column), `not_beaten_in_accuracy_and_${column}`]),
    ],
    rows,
  );
}
