/** Aggregates over seeds: the numbers behind the tables and bands. Input is a StudyResult that may still be growing. */
import { midpointValue } from '../../copra/midpoint.ts';
import { EVERY_OTHER, keptBy } from '../../copra/pruning/kept.ts';
import { mean, standardDeviation } from '../../core/statistics.ts';
import type { LandscapeResult } from '../../study/analyses/landscape/result.ts';
import { landscapesOf, pruningsOf } from '../../study/result/of-arm.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { SUMMARY_MEASURES, type SummaryFigure } from './summary-differences.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over seeds (or seed pairs); null for a single value, which says nothing of it. */
  readonly sd: number | null;
  readonly n: number;
}

/** Null for an empty list: a missing number is shown as missing, never as 0. */
export function spread(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  return { mean: mean(values), sd: n > 1 ? standardDeviation(values) : null, n };
}

const defined = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((x): x is number => typeof x === 'number' && Number.isFinite(x));

/** Spread of every column of equally long rows; shorter rows count where they have values. */
export function columnSpreads(rows: readonly (readonly number[])[]): Spread[] {
  const length = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length }, (_, i) => spread(defined(rows.map((row) => row[i]))) ?? { mean: NaN, sd: null, n: 0 });
}

export interface ArmSummary {
  readonly arm: string;
  readonly testAccuracy: Spread | null;
  readonly midpointFactor: Spread | null;
  readonly midpointProduct: Spread | null;
  readonly barrierFactor: Spread | null;
  /** Accuracy with every other layer switched off. */
  readonly accuracyHalf: Spread | null;
  /** Number of pruned runs, some of which may have gained too little to compute a retained share. */
  readonly pruned: number;
  readonly retainedHalf: Spread | null;
  readonly retainedLow: Spread | null;
  readonly retainedMiddle: Spread | null;
  readonly retainedHigh: Spread | null;
  readonly topThirdShare: Spread | null;
  /** Accuracy on domains that the run was not trained on, with everything on. */
  readonly otherDomains: Spread | null;
  /** Mean accuracy over several tasks of the average of their adapters' updates. */
  readonly tasksMerged: Spread | null;
  /** Accuracy of averaged clients after the last round, and what averaging A and B gets wrong. */
  readonly clients: Spread | null;
  readonly averagingError: Spread | null;
}

export function summariseArm(result: StudyResult, arm: string): ArmSummary {
  const factor = landscapesOf(result, arm, 'factor');
  const product = landscapesOf(result, arm, 'product');
  const pruning = pruningsOf(result, arm);
  const kept = (labels: readonly string[], figure: 'accuracy' | 'retainedGain' = 'retainedGain') =>
    spread(defined(pruning.map(({ structured }) => keptBy(structured, labels, figure))));
  const measured = (figure: SummaryFigure) =>
    spread(SUMMARY_MEASURES[figure].values(result, arm).map(({ value }) => value));
  const midpoints = (paths: readonly LandscapeResult[]) =>
    spread(defined(paths.map(({ lambdas, accuracy }) => midpointValue(lambdas, accuracy))));
  return {
    arm,
    testAccuracy: spread(defined(result.runs.filter((run) => run.arm === arm).map((run) => run.test?.accuracy))),
    midpointFactor: midpoints(factor),
    midpointProduct: midpoints(product),
    barrierFactor: spread(defined(factor.map((entry) => entry.barrierAccuracy))),
    accuracyHalf: kept(EVERY_OTHER, 'accuracy'),
    pruned: pruning.filter(({ structured }) => structured.length > 0).length,
    retainedHalf: kept(EVERY_OTHER),
    retainedLow: kept(['low']),
    retainedMiddle: kept(['middle']),
    retainedHigh: kept(['high']),
    topThirdShare: spread(
      defined(result.shapley.filter((entry) => entry.arm === arm).map((entry) => entry.topThirdShare)),
    ),
    otherDomains: measured('otherDomains'),
    tasksMerged: measured('tasksMerged'),
    clients: measured('clients'),
    averagingError: measured('averagingError'),
  };
}
