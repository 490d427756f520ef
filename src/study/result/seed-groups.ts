/** The runs of every arm, grouped for findings over several seeds. */
import type { NamedRun } from './run-names.ts';
import type { StudyResult } from './result.ts';

/** Whether a run diverged in training. It then has no adapter and is part of no finding. */
export const hasDiverged = ({ runs }: StudyResult, arm: string, seed: number): boolean =>
  runs.some((run) => run.arm === arm && run.seed === seed && run.diverged !== undefined);

/** [arms with at least two such runs][runs] */
export const seedGroups = (result: StudyResult): NamedRun[][] =>
  result.config.arms
    .map((arm) =>
      result.config.seeds.filter((seed) => !hasDiverged(result, arm.id, seed)).map((seed) => ({ arm, seed })),
    )
    .filter(({ length }) => length > 1);

/** The same without DoRA arms, whose updates are not of low rank. */
export const lowRankGroups = (result: StudyResult): NamedRun[][] =>
  seedGroups(result).filter(([{ arm }]) => arm.dora !== true);
