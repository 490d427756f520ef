/** Aggregates over seeds: the numbers behind the tables and bands. Input is a StudyResult that may still be growing. */
import { mean, standardDeviation } from '../../core/statistics.ts';
import type { LandscapeResult } from '../../study/analyses/landscape/result.ts';
import type { PruningResult } from '../../study/analyses/pruning/result.ts';
import type { StudyResult } from '../../study/result/result.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over seeds (or seed pairs); 0 for a single value. */
  readonly sd: number;
  readonly n: number;
}

/** Null for an empty list: a missing number is shown as missing, never as 0. */
export function spread(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  return { mean: mean(values), sd: n > 1 ? standardDeviation(values) : 0, n };
}

const defined = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((x): x is number => typeof x === 'number' && Number.isFinite(x));

/** Spread of every column of equally long rows; shorter rows count where they have values. */
export function columnSpreads(rows: readonly (readonly number[])[]): Spread[] {
  const length = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length }, (_, i) => spread(defined(rows.map((row) => row[i]))) ?? { mean: NaN, sd: 0, n: 0 });
}

/** Paths of an arm; with the factors as they are unless said. */
export const landscapesOf = (
  result: Pick<StudyResult, 'landscape'>,
  arm: string,
  path: LandscapeResult['path'],
  alignment?: LandscapeResult['alignment'],
): LandscapeResult[] =>
  result.landscape.filter((entry) => entry.arm === arm && entry.path === path && entry.alignment === alignment);

export const pruningsOf = (result: Pick<StudyResult, 'pruning'>, arm: string): PruningResult[] =>
  result.pruning.filter((entry) => entry.arm === arm);

/** Value at the middle of a path (λ = ½). */
export const midpoint = (entry: LandscapeResult): number => entry.accuracy[(entry.accuracy.length - 1) >> 1];

/** Means over both halves of "every other layer", per seed. */
export function halfKept(entry: PruningResult): number | null {
  const gains = defined(
    entry.structured.filter((mask) => mask.label === 'even' || mask.label === 'odd').map((mask) => mask.retainedGain),
  );
  return spread(gains)?.mean ?? null;
}

/** The same for accuracies. */
function halfAccuracy({ structured }: PruningResult): number | null {
  const halves = structured.filter(({ label }) => label === 'even' || label === 'odd');
  return spread(halves.map(({ accuracy }) => accuracy))?.mean ?? null;
}

const thirdKept = (label: string) => (entry: PruningResult) =>
  entry.structured.find((mask) => mask.label === label)?.retainedGain ?? null;

export interface ArmSummary {
  readonly arm: string;
  readonly testAccuracy: Spread | null;
  readonly midpointFactor: Spread | null;
  readonly midpointProduct: Spread | null;
  readonly barrierFactor: Spread | null;
  /** Accuracy with every other layer switched off. */
  readonly accuracyHalf: Spread | null;
  /** Runs that were pruned, of which some may have gained too little to say what share is left. */
  readonly pruned: number;
  readonly retainedHalf: Spread | null;
  readonly retainedLow: Spread | null;
  readonly retainedMiddle: Spread | null;
  readonly retainedHigh: Spread | null;
  readonly topThirdShare: Spread | null;
}

export function summariseArm(result: StudyResult, arm: string): ArmSummary {
  const factor = landscapesOf(result, arm, 'factor');
  const product = landscapesOf(result, arm, 'product');
  const pruning = pruningsOf(result, arm);
  const retained = (pick: (entry: PruningResult) => number | null) => spread(defined(pruning.map(pick)));
  return {
    arm,
    testAccuracy: spread(defined(result.runs.filter((run) => run.arm === arm).map((run) => run.test?.accuracy))),
    midpointFactor: spread(defined(factor.map(midpoint))),
    midpointProduct: spread(defined(product.map(midpoint))),
    barrierFactor: spread(defined(factor.map((entry) => entry.barrierAccuracy))),
    accuracyHalf: retained(halfAccuracy),
    pruned: pruning.filter(({ structured }) => structured.length > 0).length,
    retainedHalf: retained(halfKept),
    retainedLow: retained(thirdKept('low')),
    retainedMiddle: retained(thirdKept('middle')),
    retainedHigh: retained(thirdKept('high')),
    topThirdShare: spread(
      defined(result.shapley.filter((entry) => entry.arm === arm).map((entry) => entry.topThirdShare)),
    ),
  };
}
