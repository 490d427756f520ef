/** Two arms read where both have spent the same: measures of each, and their difference. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { budgetReading } from '../../../copra/readings/timeline.ts';
import { mean } from '../../../core/statistics.ts';
import { equalBudget, type ArmSpending, type Budget, type EqualBudget } from '../../../state/summary/spending.ts';
import { timelineDifference, valuesBetween } from '../../../study/result/measures/timeline.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BUDGET_WORDS } from '../../results/spent.ts';
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
  /** Of what the first spends, what the other spends in all. */
  readonly share: number;
  readonly rows: readonly BudgetRow[];
}

/** What both have spent, where they are read, and how accurate they are there. */
export const equalCaption = (
  { budget, arms, share, steps, rows }: BudgetComparison,
  nameOf: (arm: string) => string,
): string =>
  budgetReading({
    budget: BUDGET_WORDS[budget],
    baseline: nameOf(arms[0]),
    other: nameOf(arms[1]),
    share,
    steps,
    accuracy: rows.find(({ measure }) => measure.id === 'accuracy')?.difference ?? null,
  });

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
    const last = result.config.training.steps;
    const share = other.after(budget, last) / baseline.after(budget, last);
    return { budget, arms, share, ...equal, rows };
  });
}
