/** What training is counted in: names, axes, and the spending of a study for them. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { findBackbone } from '../../state/models/backbones.ts';
import type { ArmSpending, Budget } from '../../state/summary/spending.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices } from '../context.ts';

export const BUDGETS = [
  { id: 'steps', name: 'Steps' },
  { id: 'updates', name: 'Updates' },
  { id: 'work', name: 'Compute' },
] as const satisfies readonly { readonly id: Budget; readonly name: string }[];

/** In sentences: "after equal compute". */
export const BUDGET_WORDS: Readonly<Record<Budget, string>> = {
  steps: 'steps',
  updates: 'adapter updates',
  work: 'compute',
};

/** Titles of an axis. @param first name of the first arm */
export const budgetTitle = (budget: Budget, first: string): string =>
  ({
    steps: 'training step',
    updates: 'adapter updates (all layers on: 1 a step)',
    work: `compute (a step of ${first} with all layers on: 1)`,
  })[budget];

export type Spendings = readonly ArmSpending[] | null;

/** An axis on which training is drawn. */
export interface BudgetAxis {
  readonly budget: Budget;
  /** Null until it is known what the arms spend. */
  readonly spendings: Spendings;
}

/** Where the steps of an arm lie on the axis; null if it is not known what they spend. */
export function placeOf({ budget, spendings }: BudgetAxis, arm: string): ((step: number) => number) | null {
  if (budget === 'steps') return (step) => step;
  const own = spendings?.find((entry) => entry.arm === arm);
  return own ? (step) => own.after(budget, step) : null;
}

/** What the arms of a study spend; null until it is known, while it is not wanted, and where it cannot be known. */
export function useSpendings({ config, task }: Pick<StudyResult, 'config' | 'task'>, wanted: boolean): Spendings {
  const models = useStore(useServices().models, (state) => state.models);
  const backbone = useMemo(() => findBackbone(config.backbone, models), [config.backbone, models]);
  const [known, setKnown] = useState<{ of: unknown; spendings: Spendings }>({ of: null, spendings: null });
  const { promptTokens } = task;
  const classes = task.classes.length;
  useEffect(() => {
    if (!wanted || !backbone) return;
    let isCurrent = true;
    void import('../../state/summary/spending.ts')
      .then(({ armSpendings }) => armSpendings({ config, classes, promptTokens }, backbone))
      .then((spendings) => isCurrent && setKnown({ of: config, spendings }));
    return () => {
      isCurrent = false;
    };
  }, [wanted, backbone, config, promptTokens, classes]);
  return wanted && known.of === config ? known.spendings : null;
}
