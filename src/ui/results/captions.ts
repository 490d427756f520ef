/** The sentence under each chart: hands the parts of a result to the readings of copra/. Empty while there is nothing to read. */
import {
  landscapeReading,
  leftOutReading,
  mergingReading,
  shapleyReading,
  structuredReading,
  unstructuredReading,
} from '../../copra/readings.ts';
import type { LandscapeResult } from '../../study/analyses/landscape/result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { TOP_THIRD_SHARE } from '../../study/result/measures/credit.ts';
import { differenceIn } from '../../study/result/measures/arm-difference.ts';
import { barrierMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../study/result/measures/pruning.ts';
import { readArms } from './read-arms.ts';
import { testedImages } from './figure-meta.ts';
import { groupName } from './merging/merging-plot.ts';

/** DoRA arms that a figure of updates lacks. */
export const withoutDora = ({ config }: Pick<StudyResult, 'config'>, what: string): string =>
  leftOutReading(
    config.arms.filter(({ dora }) => dora).map(({ name }) => name),
    what,
  );

/** What an empty figure of updates says: that something comes, unless there are DoRA arms only. */
export const comesUnlessDora = (result: Pick<StudyResult, 'config'>, what: string, comes: string): string =>
  result.config.arms.every(({ dora }) => dora) ? withoutDora(result, what) : comes;

const joined = (...sentences: readonly string[]): string => sentences.filter(Boolean).join(' ');

export function landscapeCaption(result: StudyResult, alignment?: LandscapeResult['alignment']): string {
  const chosen = result.landscape.filter((entry) => entry.alignment === alignment);
  if (chosen.length === 0) return '';
  return joined(
    readArms(result, chosen, (arms) =>
      landscapeReading(
        arms,
        'factor',
        testedImages(result),
        differenceIn(result, barrierMeasure('factor', alignment)),
        alignment,
      ),
    ),
    result.config.analyses.landscape.paths.includes('product') ? withoutDora(result, 'the product path') : '',
  );
}

export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0
    ? readArms(result, result.shapley, (arms) => shapleyReading(arms, differenceIn(result, TOP_THIRD_SHARE)))
    : '';

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0
    ? readArms(result, result.pruning, (arms) =>
        structuredReading(arms, testedImages(result), differenceIn(result, EVERY_OTHER_KEPT)),
      )
    : '';

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? joined(
        readArms(result, result.pruning, (arms) =>
          unstructuredReading(
            arms,
            'factors',
            testedImages(result),
            differenceIn(result, halfSparsityMeasure('factors')),
          ),
        ),
        result.config.analyses.pruning.scopes.includes('update')
          ? withoutDora(result, 'pruning the entries of ΔW')
          : '',
      )
    : '';

export function mergingCaption(result: StudyResult): string {
  const groups = result.merging ?? [];
  if (!groups.some(({ merges }) => merges.length > 0)) return '';
  return joined(
    mergingReading(
      groups.map((group) => ({
        name: groupName(result, group),
        runs: group.runs.map(({ accuracy }) => accuracy),
        ensemble: group.ensemble && group.ensemble.accuracy,
        merges: group.merges,
      })),
      testedImages(result),
    ),
    withoutDora(result, 'merging'),
  );
}
