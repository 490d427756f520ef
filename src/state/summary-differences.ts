/** How the second of two arms differs from the first in the figures of the summary, paired by seed. */
import { clearSide, seedDifference, type SeedValue } from '../copra/seed-differences.ts';
import type { StudyResult } from '../study/result.ts';
import { halfKept, landscapesOf, midpoint, pruningsOf } from './summary.ts';

export type SummaryFigure = 'testAccuracy' | 'midpointFactor' | 'barrierFactor' | 'retainedHalf' | 'topThirdShare';

export interface SummaryDifference {
  readonly mean: number;
  /** 95 % interval; null where the seeds are too few for one. */
  readonly interval: readonly [number, number] | null;
  /** Whether the interval leaves 0 out. */
  readonly clear: boolean;
  /** Seeds compared. */
  readonly n: number;
}

function valuesOf(result: StudyResult, arm: string, figure: SummaryFigure): SeedValue[] {
  const known = (seeds: readonly number[], value: number | null | undefined): SeedValue[] =>
    typeof value === 'number' && Number.isFinite(value) ? [{ seeds, value }] : [];
  switch (figure) {
    case 'testAccuracy':
      return result.runs.flatMap((run) => (run.arm === arm ? known([run.seed], run.test?.accuracy) : []));
    case 'midpointFactor':
      return landscapesOf(result, arm, 'factor').flatMap((entry) => known(entry.seeds, midpoint(entry)));
    case 'barrierFactor':
      return landscapesOf(result, arm, 'factor').flatMap((entry) => known(entry.seeds, entry.barrierAccuracy));
    case 'retainedHalf':
      return pruningsOf(result, arm).flatMap((entry) => known([entry.seed], halfKept(entry)));
    case 'topThirdShare':
      return result.shapley.flatMap((entry) => (entry.arm === arm ? known([entry.seed], entry.topThirdShare) : []));
  }
}

/** other − baseline; null where both have no seed in common. */
export function summaryDifference(
  result: StudyResult,
  baseline: string,
  other: string,
  figure: SummaryFigure,
): SummaryDifference | null {
  const difference = seedDifference(valuesOf(result, baseline, figure), valuesOf(result, other, figure));
  if (!difference) return null;
  const { mean, low, high, n } = difference;
  const side = clearSide(difference);
  return { mean, n, interval: side === null ? null : [low, high], clear: side === 1 || side === -1 };
}
