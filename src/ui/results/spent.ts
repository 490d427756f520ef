/** What the arms of a study spend, and axes of it. Loaded when it is asked for: the gates of every run are drawn again. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { findBackbone, type BackboneCard } from '../../state/models/backbones.ts';
import { armSpendings, takenRuns, type ArmSpending, type Budget, type TakenRun } from '../../state/summary/spending.ts';
import { timedRuns, type Timed } from '../../study/result/measures/timing.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { useServices } from '../context.ts';
import { OVER_STEPS, type BudgetAxis } from './budgets.ts';
import { RESULT_WORDS } from './messages.ts';

export type Spendings = readonly ArmSpending[] | null;

type Study = Pick<StudyResult, 'config' | 'task' | 'runs'> & Timed;

/** Over steps until it is known what the arms spend. */
export function spentAxis({ config }: Pick<Study, 'config'>, budget: Budget, spendings: Spendings): BudgetAxis {
  if (budget === 'steps' || !spendings) return OVER_STEPS;
  const titles = {
    ...RESULT_WORDS.budgetAxes,
    work: RESULT_WORDS.budgetAxes.work(config.arms[0].name),
  };
  const { steps } = config.training;
  return {
    budget,
    title: titles[budget],
    end: budget === 'time' ? Math.max(...spendings.map((own) => own.after(budget, steps))) : null,
    placeOf(arm) {
      const own = spendings.find((entry) => entry.arm === arm);
      return own ? (step) => own.after(budget, step) : null;
    },
  };
}

/** @param backbone null if its sizes are not known here */
export async function axisOf(result: Study, budget: Budget, backbone: BackboneCard | null): Promise<BudgetAxis> {
  const { config, task } = result;
  const { promptTokens } = task;
  const described = {
    config,
    classes: task.classes.length,
    promptTokens,
    timed: timedRuns(result),
    taken: takenRuns(result),
  };
  return spentAxis({ config }, budget, backbone && (await armSpendings(described, backbone)));
}

/** What the arms of a study spend; null until it is known, while it is not wanted, and where it cannot be known. */
export function useSpendings(result: Study, wanted: boolean): Spendings {
  const { config, task } = result;
  const timed = timedRuns(result);
  // Runs change with every loss, and which of them are taken earlier only at the end.
  const takenText = JSON.stringify(takenRuns(result));
  const taken = useMemo(() => JSON.parse(takenText) as TakenRun[], [takenText]);
  const models = useStore(useServices().models, (state) => state.models);
  const backbone = useMemo(() => findBackbone(config.backbone, models), [config.backbone, models]);
  const [known, setKnown] = useState<{ of: unknown; spendings: Spendings }>({ of: null, spendings: null });
  const { promptTokens } = task;
  const classes = task.classes.length;
  useEffect(() => {
    if (!wanted || !backbone) return;
    let isCurrent = true;
    void armSpendings({ config, classes, promptTokens, timed, taken }, backbone).then(
      (spendings) => isCurrent && setKnown({ of: config, spendings }),
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted, backbone, config, promptTokens, classes, timed, taken]);
  return wanted && known.of === config ? known.spendings : null;
}
