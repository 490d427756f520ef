/** What training is counted in, and the axes on which it is drawn. */
import type { Budget } from '../../state/summary/arm-spending.ts';
import { isTimed, type Timed } from '../../study/result/measures/timing.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { RESULT_WORDS } from './messages.ts';

const BUDGETS = ['steps', 'updates', 'work', 'time'] as const satisfies readonly Budget[];

/** What this study's training can be counted in: time only where steps of every arm were timed. */
export const budgetsOf = (result: Timed & Pick<StudyResult, 'config'>) =>
  BUDGETS.filter((id) => id !== 'time' || isTimed(result)).map((id) => ({ id, name: RESULT_WORDS.budgets[id] }));

export interface BudgetAxis {
  readonly budget: Budget;
  readonly title: string;
  /** Where the axis ends, at least where the dearest arm does; null: after as many as there are steps. */
  readonly end: number | null;
  /** Where the steps of an arm lie; null if it is not known what they spend. */
  readonly placeOf: (arm: string) => ((step: number) => number) | null;
}

export const OVER_STEPS: BudgetAxis = {
  budget: 'steps',
  get title(): string {
    return RESULT_WORDS.budgetAxes.steps;
  },
  end: null,
  placeOf: () => (step) => step,
};
