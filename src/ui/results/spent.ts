/** What the arms of a study spend, and axes of it. */
import { useEffect, useMemo, useState } from 'react';
import { findBackbone } from '../../state/models/backbones.ts';
import type { ArmSpending, Budget, Described } from '../../state/summary/arm-spending.ts';
import { takenRuns } from '../../state/summary/taken-runs.ts';
import { timedRuns, type Timed } from '../../study/result/measures/timing.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useModelsFor } from '../context.ts';
import { budgetsOf, OVER_STEPS, type BudgetAxis } from './budgets.ts';
import { RESULT_WORDS } from './messages.ts';

/** Null where it cannot be known; undefined until it is, and while it is not wanted. */
export type Spendings = readonly ArmSpending[] | null | undefined;

type Study = Pick<StudyResult, 'config' | 'task' | 'runs'> & Timed;

/** What the study is counted in: what the reader chose, where the study can be counted in it and it is known what the arms spend. */
export function shownBudget(result: Timed & Pick<Study, 'config'>, wanted: Budget, spendings: Spendings): Budget {
  return spendings && budgetsOf(result).some(({ id }) => id === wanted) ? wanted : 'steps';
}

/** Over steps until it is known what the arms spend. */
export function spentAxis({ config }: Pick<Study, 'config'>, budget: Budget, spendings: Spendings): BudgetAxis {
  if (budget === 'steps' || !spendings) return OVER_STEPS;
  const titles = {
    ...RESULT_WORDS.budgetAxes,
    work: RESULT_WORDS.budgetAxes.work(config.arms[0].name),
  };
  const { steps } = config.training;
  const spent = spendings.map((own) => own.after(budget, steps));
  return {
    budget,
    title: titles[budget],
    // Times are in seconds; the others are in steps of the first arm with everything on.
    end: Math.max(...(budget === 'time' ? spent : [steps, ...spent])),
    placeOf(arm) {
      const own = spendings.find((entry) => entry.arm === arm);
      return own ? (step) => own.after(budget, step) : null;
    },
  };
}

/** What the arms of a study spend. The gates of every run are drawn again, by code that is loaded for it. */
export function useSpendings(result: Study, wanted: boolean): Spendings {
  const { config, task } = result;
  const models = useModelsFor(config.backbone);
  const backbone = useMemo(() => findBackbone(config.backbone, models), [config.backbone, models]);
  // The result of a running study is another with every loss, with other settings of the same values where it is narrowed to some arms.
  const described = wanted
    ? JSON.stringify({
        config,
        classes: task.classes.length,
        promptTokens: task.promptTokens,
        timed: timedRuns(result),
        taken: takenRuns(result),
      } satisfies Described)
    : '';
  const [known, setKnown] = useState<{ readonly of: string; readonly spendings: Spendings }>();
  useEffect(() => {
    if (!wanted || !backbone) return;
    let isCurrent = true;
    const find = async (): Promise<void> => {
      const { armSpendings } = await import('../../state/summary/arm-spending.ts');
      const spendings = await armSpendings(JSON.parse(described) as Described, backbone);
      if (isCurrent) setKnown({ of: described, spendings });
    };
    void find();
    return () => {
      isCurrent = false;
    };
  }, [wanted, backbone, described]);
  if (!wanted) return undefined;
  if (!backbone) return null;
  return known?.of === described ? known.spendings : undefined;
}
