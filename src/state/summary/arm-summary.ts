/** An arm at the end of its training: the numbers behind the tables, over its seeds. Input is a StudyResult that may still be growing. */
import { midpointValue } from '../../copra/midpoint.ts';
import { EVERY_OTHER, keptBy } from '../../copra/pruning/kept.ts';
import { landscapesOf, pruningsOf } from '../../study/result/of-arm.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { SUMMARY_MEASURES, type SummaryFigure } from './summary-differences.ts';
import { defined, spread, type Spread } from './summary.ts';

export interface ArmSummary {
  readonly arm: string;
  readonly testAccuracy: Spread | null;
  readonly midpointFactor: Spread | null;
  readonly barrierFactor: Spread | null;
  /** Accuracy with every other layer switched off. */
  readonly accuracyHalf: Spread | null;
  /** Number of pruned runs, some of which may have gained too little to compute a retained share. */
  readonly pruned: number;
  readonly retainedHalf: Spread | null;
  readonly topThirdShare: Spread | null;
  /** Accuracy on domains that the run was not trained on, with everything on. */
  readonly otherDomains: Spread | null;
  /** The same at equal accuracy on the task: of every arm beside the baseline, and of the baseline beside the only other. */
  readonly equalTask: Spread | null;
  /** Mean accuracy over several tasks of the average of their adapters' updates. */
  readonly tasksMerged: Spread | null;
  /** Accuracy of averaged clients after the last round, and what averaging A and B gets wrong. */
  readonly clients: Spread | null;
  readonly averagingError: Spread | null;
}

/** @param baseline the arm that others are compared with; absent: the first one */
export function summariseArm(result: StudyResult, arm: string, baseline = result.config.arms[0].id): ArmSummary {
  const factor = landscapesOf(result, arm, 'factor');
  const pruning = pruningsOf(result, arm);
  const others = result.config.arms.filter(({ id }) => id !== baseline);
  const beside = arm !== baseline ? baseline : others.length === 1 ? others[0].id : undefined;
  const halfOf = (figure: 'accuracy' | 'retainedGain') =>
    spread(defined(pruning.map(({ structured }) => keptBy(structured, EVERY_OTHER, figure))));
  const measured = (figure: SummaryFigure) =>
    spread(SUMMARY_MEASURES[figure].values(result, arm, beside).map(({ value }) => value));
  return {
    arm,
    testAccuracy: spread(defined(result.runs.filter((run) => run.arm === arm).map((run) => run.test?.accuracy))),
    midpointFactor: spread(defined(factor.map(({ lambdas, accuracy }) => midpointValue(lambdas, accuracy)))),
    barrierFactor: spread(defined(factor.map((entry) => entry.barrierAccuracy))),
    accuracyHalf: halfOf('accuracy'),
    pruned: pruning.filter(({ structured }) => structured.length > 0).length,
    retainedHalf: halfOf('retainedGain'),
    topThirdShare: spread(
      defined(result.shapley.filter((entry) => entry.arm === arm).map((entry) => entry.topThirdShare)),
    ),
    otherDomains: measured('otherDomains'),
    equalTask: measured('equalTask'),
    tasksMerged: measured('tasksMerged'),
    clients: measured('clients'),
    averagingError: measured('averagingError'),
  };
}
