/** The sentence under each chart: hands the parts of a result to the readings of copra/. Empty while there is nothing to read. */
import {
  landscapeReading,
  mergingReading,
  shapleyReading,
  structuredReading,
  trainingReading,
  unstructuredReading,
  type ArmResults,
} from '../../copra/readings.ts';
import type { StudyResult } from '../../study/result.ts';
import { testImages } from './figure-meta.ts';
import { groupName } from './merging-plot.ts';

/** Results grouped by arm, in the order of the configuration. */
function byArm<T extends { readonly arm: string }>(result: StudyResult, results: readonly T[]): ArmResults<T>[] {
  return result.config.arms.map(({ id, name }) => ({ name, results: results.filter(({ arm }) => arm === id) }));
}

export function landscapeCaption(result: StudyResult): string {
  if (result.landscape.length === 0) return '';
  return landscapeReading(byArm(result, result.landscape), 'factor', testImages(result));
}

export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0 ? shapleyReading(byArm(result, result.shapley)) : '';

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0 ? structuredReading(byArm(result, result.pruning), testImages(result)) : '';

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0 ? unstructuredReading(byArm(result, result.pruning), 'factors', testImages(result)) : '';

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null)) return '';
  return trainingReading(byArm(result, result.runs), result.task.zeroShot?.accuracy ?? null, result.task.test);
}

export function mergingCaption(result: StudyResult): string {
  const groups = result.merging ?? [];
  if (!groups.some(({ merges }) => merges.length > 0)) return '';
  return mergingReading(
    groups.map((group) => ({
      name: groupName(result, group),
      runs: group.runs.map(({ accuracy }) => accuracy),
      ensemble: group.ensemble && group.ensemble.accuracy,
      merges: group.merges,
    })),
    testImages(result),
  );
}
