/** The sentence under the merges of all seeds. Empty while there is nothing to read. */
import { listed } from '../../../core/listed.ts';
import { chosenAtAnEnd } from '../../../study/analyses/merging/chosen-scale.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { mergeName } from '../../results/names.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown } from '../../../study/readings/numbers.ts';
import { eachOf, sampling, sentence } from '../../../study/readings/words.ts';
import type { Sample } from '../../../core/clusters.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import { groupName } from './merging-plot.ts';
import { MERGING_WORDS } from './messages.ts';

interface MergedRuns {
  /** Name of the arm, or of the merged group. */
  readonly name: string;
  /** Test accuracies of the runs that were merged. */
  readonly runs: readonly number[];
  readonly ensemble: number | null;
  readonly merges: readonly { readonly method: string; readonly alignment: string; readonly accuracy: number }[];
}

/** Reading of merging: the plain averages, which involve no choice. The best method is not named, because it would be selected on the same test images. */
export function mergingReading(groups: readonly MergedRuns[], images: Sample): string {
  const measured = groups.filter(({ runs, merges }) => runs.length > 0 && merges.length > 0);
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const isUneven = measured.some(({ runs }) => runs.length !== measured[0].runs.length);
  const { kinds, ofRuns, uneven } = MERGING_WORDS.caption;
  const named = measured.map(({ name, runs }) => (isUneven ? ofRuns(name, runs.length) : name));
  const names = `${named.join(' / ')}: `;
  const accuracyOf = (method: string, alignment = 'none') =>
    measured.map(({ merges }) => {
      const found = merges.find((merge) => merge.method === method && merge.alignment === alignment);
      return found ? found.accuracy : null;
    });
  const said = (what: string, values: readonly (number | null)[]): string[] =>
    values.every((value) => value === null) ? [] : [`${what} ${eachOf(values)}`];
  const single = measured.map(({ runs }) => meanOfKnown(runs) ?? NaN);
  const figures = [
    ...said(kinds.single, single),
    ...said(kinds.factors, accuracyOf('factors')),
    ...said(kinds.rotated, accuracyOf('factors', 'orthogonal')),
    ...said(kinds.updates, accuracyOf('updates')),
    ...said(
      kinds.ensemble,
      measured.map(({ ensemble }) => ensemble),
    ),
  ];
  return sentence([`${names}${figures.join(', ')}`, sampling(single[0], images), isUneven ? uneven : '']);
}

/** Names the methods for which the values of λ that were tried do not reach far enough. */
function scalesEnd({ merging = [], config }: StudyResult): string {
  const tried = config.analyses.merging?.scales ?? [];
  const chosen = merging.filter(({ validation }) => validation > 0).flatMap(({ merges }) => merges);
  const names = [...new Set(chosenAtAnEnd(chosen, tried).map(mergeName))];
  return names.length > 0 ? sentence([MERGING_WORDS.caption.scalesEnd(listed(names))]) : '';
}

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
      testSample(result),
    ),
    scalesEnd(result),
    withoutDora(result, MERGING_WORDS.merging),
  );
}
