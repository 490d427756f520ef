/** Section 20: the steps after which runs had the adapter that was tested, where that is not the last. */
import type { RunResult, StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Section } from '../section.ts';

function writeTaken(writer: CodedWriter, { runs }: StudyResult): void {
  for (const { takenAt } of runs) writer.varint(takenAt === undefined ? 0 : takenAt + 1);
}

/** @throws BinaryError when there is not a number for every run */
const attachTaken = (reader: Reader, runs: readonly RunResult[]): RunResult[] =>
  runs.map((run) => {
    const number = reader.varint('the step of a taken adapter');
    return number === 0 ? run : { ...run, takenAt: number - 1 };
  });

export const TAKEN_SECTION: Section = {
  tag: 20,
  holds: ({ runs }) => runs.some(({ takenAt }) => takenAt !== undefined),
  from: ({ runs }) => runs.map(({ takenAt }) => takenAt),
  details: [],
  reductions: [],
  write: writeTaken,
  read: (reader, { runs }) => ({ runs: attachTaken(reader, runs) }),
};
