/** The sentence under each chart: hands the parts of a result to the readings of copra/. Empty while there is nothing to read. */
import {
  landscapeReading,
  mergingReading,
  shapleyReading,
  structuredReading,
  unstructuredReading,
} from '../../copra/readings.ts';
import type { LandscapeResult, StudyResult } from '../../study/result.ts';
import { testImages } from './figure-meta.ts';
import { groupName } from './merging-plot.ts';
import { readArms } from './read-arms.ts';

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
