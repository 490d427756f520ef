/** The table of results read where arms have spent the same: every further arm against the first. */
import { useMemo } from 'react';
import type { Budget } from '../../../state/summary/arm-spending.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BudgetTable } from '../../analyses/timeline/BudgetTable.tsx';
import { budgetComparisons, equalCaption } from '../../analyses/timeline/equal-budgets.ts';
import { RESULT_WORDS } from '../messages.ts';
import { useSpendings } from '../spent.ts';
import { unbroken } from '../../unbroken.ts';
import css from '../results.module.css';

export function EqualBudgets({ result, budget }: { result: StudyResult; budget: Budget }) {
  const spendings = useSpendings(result, true);
  const comparisons = useMemo(
    () => (spendings ? budgetComparisons(result, spendings, budget) : []),
    [result, spendings, budget],
  );
  const nameOf = (arm: string): string => result.config.arms.find(({ id }) => id === arm)?.name ?? arm;
  if (comparisons.length === 0) {
    const { awaited, unknown } = RESULT_WORDS.spending;
    return <p className={css.comparisonReading}>{spendings === undefined ? awaited : unknown}</p>;
  }
  return comparisons.map((comparison) => (
    <div key={comparison.arms[1]}>
      <p className={css.comparisonReading}>{unbroken(equalCaption(comparison, nameOf))}</p>
      <BudgetTable comparison={comparison} nameOf={nameOf} />
    </div>
  ));
}
