import { mergingReading } from '../../../copra/readings.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testImages } from '../figure-meta.ts';
import { joined, withoutDora } from '../left-out.ts';
import { groupName } from './merging-plot.ts';

/** The sentence under the merges; empty while there is nothing to read. */
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
      testImages(result),
    ),
    withoutDora(result, 'merging'),
  );
}
