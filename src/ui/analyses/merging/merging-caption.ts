/** The sentence under the merges of all seeds. Empty while there is nothing to read. */
import { mergingReading } from '../../../copra/readings/merging.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { groupName } from './merging-plot.ts';
import { MERGING_WORDS } from './messages.ts';

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
    withoutDora(result, MERGING_WORDS.merging),
  );
}
