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
import type { LandscapeResult, StudyResult } from '../../study/result.ts';
import { testImages } from './figure-meta.ts';
import { groupName } from './merging-plot.ts';

/** Results grouped by arm, in the order of the configuration. */
function byArm<T extends { readonly arm: string }>(result: StudyResult, results: readonly T[]): ArmResults<T>[] {
  return result.config.arms.map(({ id, name }) => ({ name, results: results.filter(({ arm }) => arm === id) }));
}

/** A sentence that names more arms is a list nobody reads. */
const MOST_NAMED = 4;

/** Reads all arms; of many the first and the first CopRA arm beside it, or else the second, and says so. */
function readArms<T extends { readonly arm: string }>(
  result: StudyResult,
  results: readonly T[],
  read: (arms: ArmResults<T>[]) => string,
): string {
  const arms = byArm(result, results);
  if (arms.length <= MOST_NAMED) return read(arms);
  const copra = result.config.arms.findIndex(({ method }, i) => i > 0 && method === 'copra');
  const sentence = read([arms[0], arms[Math.max(1, copra)]]);
  return `${sentence} Two of ${arms.length} arms are named here; the table of results has all.`;
}

export function landscapeCaption(result: StudyResult, alignment?: LandscapeResult['alignment']): string {
  const chosen = result.landscape.filter((entry) => entry.alignment === alignment);
  if (chosen.length === 0) return '';
  return readArms(result, chosen, (arms) => landscapeReading(arms, 'factor', testImages(result), alignment));
}

export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0 ? readArms(result, result.shapley, shapleyReading) : '';

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0
    ? readArms(result, result.pruning, (arms) => structuredReading(arms, testImages(result)))
    : '';

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? readArms(result, result.pruning, (arms) => unstructuredReading(arms, 'factors', testImages(result)))
    : '';

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null)) return '';
  const zeroShot = result.task.zeroShot?.accuracy ?? null;
  return readArms(result, result.runs, (arms) => trainingReading(arms, zeroShot, result.task.test));
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
