/** What training is counted in, and the axes on which it is drawn. */
import type { Budget } from '../../state/summary/spending.ts';

export const BUDGETS = [
  { id: 'steps', name: 'Steps' },
  { id: 'updates', name: 'Updates' },
  { id: 'work', name: 'Compute' },
] as const satisfies readonly { readonly id: Budget; readonly name: string }[];

export interface BudgetAxis {
  readonly budget: Budget;
  readonly title: string;
  /** Where the steps of an arm lie; null if it is not known what they spend. */
  readonly placeOf: (arm: string) => ((step: number) => number) | null;
}

export const OVER_STEPS: BudgetAxis = { budget: 'steps', title: 'training step', placeOf: () => (step) => step };
