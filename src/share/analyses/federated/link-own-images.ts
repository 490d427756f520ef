/** Section 26: which devices of a class trained on images of their own, and how many they said they have. Present only in links of studies with such devices. */
import { roundsOf } from '../../../study/analyses/federated/attendance.ts';
import type { FederatedResult } from '../../../study/analyses/federated/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import type { Section } from '../../link/section.ts';

/** Per answer of section 22: 0 where it comes from a part of the study's images, else the number of the device's own + 1. */
function writeOwn(writer: CodedWriter, { federated }: Pick<StudyResult, 'federated'>): void {
  for (const { took, own } of federated ? roundsOf(federated) : [])
    took.forEach((_, i) => {
      const said = own?.[i] ?? null;
      writer.varint(said === null ? 0 : said + 1);
    });
}

/** @param federated the content of sections 9 and 22 */
function readOwn(reader: Reader, federated: FederatedResult): FederatedResult {
  const runs = federated.runs.map((run) => {
    if (!run.attendance) return run;
    const rounds = run.attendance.rounds.map((round) => {
      const own = round.took.map(() => {
        const said = reader.varint('a number of images');
        return said === 0 ? null : said - 1;
      });
      return own.some((images) => images !== null) ? { ...round, own } : round;
    });
    return { ...run, attendance: { ...run.attendance, rounds } };
  });
  return { ...federated, runs };
}

export const OWN_IMAGES_SECTION: Section = {
  tag: 26,
  holds: ({ federated }) => federated !== undefined && roundsOf(federated).some(({ own }) => own),
  from: ({ federated }) => federated,
  details: [],
  reductions: [],
  write: writeOwn,
  // Without section 9 there is nothing that it could be of.
  read: (reader, { federated }) => (federated ? { federated: readOwn(reader, federated) } : {}),
};
