/** The runs of every arm, grouped for findings over several seeds. */
import { pairsOf } from '../../core/pairs.ts';
import { runOf, type NamedRun } from './run-names.ts';
import type { StudyResult } from './result.ts';

/** Whether a run diverged in training. It then has no adapter and is part of no finding. */
export const hasDiverged = ({ runs }: StudyResult, arm: string, seed: number): boolean =>
  runOf(runs, arm, seed)?.diverged !== undefined;

/** [arms][runs that have an adapter] */
const runsByArm = (result: StudyResult): NamedRun[][] =>
  result.config.arms.map((arm) =>
    result.config.seeds.filter((seed) => !hasDiverged(result, arm.id, seed)).map((seed) => ({ arm, seed })),
  );

/** [arms with at least two such runs][runs] */
export const seedGroups = (result: StudyResult): NamedRun[][] => runsByArm(result).filter(({ length }) => length > 1);

/** Updates of DoRA arms are not of low rank. */
const isOfLowRank = ({ arm }: NamedRun): boolean => arm.dora !== true;

/** The same without DoRA arms. */
export const lowRankGroups = (result: StudyResult): NamedRun[][] =>
  seedGroups(result).filter(([run]) => isOfLowRank(run));

/** All runs that have an adapter, without those of DoRA arms. */
export const lowRankRuns = (result: StudyResult): NamedRun[] => runsByArm(result).flat().filter(isOfLowRank);

/** Pairs of runs of an arm between which there is one of these kinds of paths: none of updates between DoRA adapters. */
export const pairsWithPaths = (result: StudyResult, paths: readonly ('factor' | 'product')[]): [NamedRun, NamedRun][] =>
  seedGroups(result)
    .filter(([run]) => paths.some((path) => path === 'factor' || isOfLowRank(run)))
    .flatMap(pairsOf);
