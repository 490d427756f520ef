/** Two arms read where both have spent the same: measures of each, and their difference. */
import { independentImages } from '../../../core/clusters.ts';
import type { ScopedInterval, SeedValue } from '../../../core/crossed-interval.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import { mean } from '../../../core/statistics.ts';
import { equalBudget, type ArmSpending, type Budget, type EqualBudget } from '../../../state/summary/arm-spending.ts';
import { timelineDifference, valuesBetween } from '../../../study/result/measures/timeline.ts';
import { validationAccuracies } from '../../../study/result/measures/validation.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { RESULT_WORDS } from '../../results/messages.ts';
import { integer } from '../../../core/number-format.ts';
import { isShownAsZero, unbrokenPercent, points } from '../../../study/readings/numbers.ts';
import { sentence, sizeRemark } from '../../../study/readings/words.ts';
import { TIMELINE_WORDS } from './messages.ts';
import { pathPoints, TIMELINE_MEASURES, type TimelineMeasure } from './timeline-plot.ts';

/** What is compared at an equal budget. */
export interface BudgetReading {
  /** "adapter updates" */
  readonly budget: string;
  readonly baseline: string;
  readonly other: string;
  /** Of the baseline's spending, what the other spends in all. */
  readonly share: number;
  /** After how many steps each is read; not always whole. */
  readonly steps: readonly [baseline: number, other: number];
  /** Other − baseline; null: nothing was measured there. */
  readonly accuracy: ScopedInterval | null;
  /** Which accuracy that is. */
  readonly measured: keyof typeof TIMELINE_WORDS.budget.measured;
}

/** "CopRA spends 63 % of the adapter updates of LoRA; where both have spent the same, LoRA at step 1,256 and CopRA at step 2,000, …" */
export function budgetReading({ budget, baseline, other, share, steps, accuracy, measured }: BudgetReading): string {
  const words = TIMELINE_WORDS.budget;
  const spends = words.spends(other, baseline, unbrokenPercent(share), budget);
  const where = words.where(baseline, integer(steps[0]), other, integer(steps[1]));
  if (!accuracy) return sentence([spends, `${where}, ${words.nothingTested}`]);
  const { mean } = accuracy;
  const difference = isShownAsZero(mean)
    ? words.same(words.measured[measured])
    : words.apart(other, points(mean), mean > 0, words.measured[measured]);
  return sentence([spends, `${where}, ${difference}${sizeRemark(accuracy, mean)}`]);
}

export interface BudgetRow {
  /** "validation": accuracy on validation images, known of every study with curves. */
  readonly id: TimelineMeasure['id'] | 'validation';
  /** "Barrier, points" */
  readonly name: string;
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

/** Test accuracy where it is known on the way, validation accuracy elsewhere. */
function accuracyOf(rows: readonly BudgetRow[]): Pick<BudgetReading, 'accuracy' | 'measured'> {
  const of = (wanted: BudgetRow['id']) => rows.find(({ id }) => id === wanted)?.difference ?? null;
  const tested = of('accuracy');
  return tested
    ? { accuracy: tested, measured: 'accuracy with everything on' }
    : { accuracy: of('validation'), measured: 'validation accuracy' };
}

/** What both have spent, where they are read, and how accurate they are there. */
export const equalCaption = (
  { budget, arms, share, steps, rows }: BudgetComparison,
  nameOf: (arm: string) => string,
): string =>
  budgetReading({
    budget: RESULT_WORDS.equal[budget],
    baseline: nameOf(arms[0]),
    other: nameOf(arms[1]),
    share,
    steps,
    ...accuracyOf(rows),
  });

const meanOf = (values: readonly SeedValue[]): number | null =>
  values.length > 0 ? mean(values.map(({ value }) => value)) : null;

type At = readonly { readonly arm: string; readonly step: number }[];

/** What was tested of the adapters kept on the way. */
const testedRows = (result: StudyResult, [first, second]: At): BudgetRow[] =>
  TIMELINE_MEASURES.toReversed().map(({ id }) => ({
    id,
    name: id === 'barrier' ? TIMELINE_WORDS.barrier.label(pathPoints(result)) : TIMELINE_WORDS.rows[id],
    values: [first, second].map(({ arm, step }) => meanOf(valuesBetween(result, arm, id, step))),
    difference: timelineDifference(result, id, first, second),
  }));

function validationRow(result: StudyResult, places: At): BudgetRow {
  const [first, second] = places.map(({ arm, step }) => validationAccuracies(result, arm, step));
  return {
    id: 'validation',
    name: TIMELINE_WORDS.rows.validation,
    values: [meanOf(first), meanOf(second)],
    difference: seedDifference(first, second, independentImages(result.task.validation)),
  };
}

/** Every other arm against the first, in all that is known of the way. */
export function budgetComparisons(
  result: StudyResult,
  spendings: readonly ArmSpending[],
  budget: Budget,
): BudgetComparison[] {
  const [baseline, ...others] = spendings;
  return others.flatMap((other) => {
    const equal = equalBudget(baseline, other, budget);
    if (!equal) return [];
    const arms = [baseline.arm, other.arm] as const;
    const places = arms.map((arm, i) => ({ arm, step: equal.steps[i] }));
    const rows = [...testedRows(result, places), validationRow(result, places)].filter(({ values }) =>
      values.some((value) => value !== null),
    );
    const last = result.config.training.steps;
    const share = other.after(budget, last) / baseline.after(budget, last);
    return [{ budget, arms, share, ...equal, rows }];
  });
}
