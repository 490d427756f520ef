/** Two arms read where both have spent the same: measures of each, and their difference. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import { equalBudget, type ArmSpending, type Budget, type EqualBudget } from '../../../state/summary/spending.ts';
import { timelineDifference, valuesBetween } from '../../../study/result/measures/timeline.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { TIMELINE_MEASURES, type TimelineMeasure } from './timeline-plot.ts';

export interface BudgetRow {
  readonly measure: TimelineMeasure;
  /** Means of the first arm and of the other; null where nothing was tested. */
  readonly values: readonly (number | null)[];
  readonly difference: ScopedInterval | null;
}

export interface BudgetComparison extends EqualBudget {
  readonly budget: Budget;
  /** Ids of both arms. */
  readonly arms: readonly [baseline: string, other: string];
  readonly rows: readonly BudgetRow[];
}

/** Every other arm against the first. */
export function budgetComparisons(
  result: StudyResult,
  spendings: readonly ArmSpending[],
  budget: Budget,
): BudgetComparison[] {
  const [baseline, ...others] = spendings;
  return others.map((other) => {
    const equal = equalBudget(baseline, other, budget);
    const arms = [baseline.arm, other.arm] as const;
    const rows = TIMELINE_MEASURES.toReversed().map((measure): BudgetRow => {
      const values = arms.map((arm, i) => {
        const known = valuesBetween(result, arm, measure.id, equal.steps[i]).map(({ value }) => value);
        return known.length > 0 ? mean(known) : null;
      });
      const [first, second] = arms.map((arm, i) => ({ arm, step: equal.steps[i] }));
      return { measure, values, difference: timelineDifference(result, measure.id, first, second) };
    });
    return { budget, arms, ...equal, rows };
  });
}
