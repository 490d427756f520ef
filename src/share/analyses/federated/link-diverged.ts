/** Section 25: which courses of a federation diverged. Absent from links of results that do not say it, as those of earlier versions. */
import type { FederatedResult } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import type { Section } from '../../link/section.ts';
import { MAX_POINTS } from '../../link/sections/context.ts';

/** Per run of section 9: 0 where it is not said, 1 where it did not diverge, else the round + 1. */
function writeDiverged(writer: CodedWriter, { federated }: Pick<StudyResult, 'federated'>): void {
  for (const { diverged } of federated?.runs ?? []) writer.varint(diverged === undefined ? 0 : (diverged ?? 0) + 1);
}

/** @param federated the content of section 9 */
function readDiverged(reader: Reader, federated: FederatedResult): FederatedResult {
  const runs = federated.runs.map((run) => {
    const said = reader.count(MAX_POINTS + 1, 'a round');
    return said === 0 ? run : { ...run, diverged: said === 1 ? null : said - 1 };
  });
  return { ...federated, runs };
}

export const DIVERGED_COURSES_SECTION: Section = {
  tag: 25,
  holds: ({ federated }) => federated?.runs.some(({ diverged }) => diverged !== undefined) ?? false,
  from: ({ federated }) => federated,
  details: [],
  reductions: [],
  write: writeDiverged,
  // Without section 9 there is nothing that it could be of.
  read: (reader, { federated }) => (federated ? { federated: readDiverged(reader, federated) } : {}),
};
