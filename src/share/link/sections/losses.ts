/** Section 6: the loss curves of the runs, in the order of section 2. They are long and matter least, so they come last. */
import type { RunResult, StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import type { Section } from '../section.ts';
import { readCurves, readSteps, writeCurves, writeSteps } from '../curve-codec.ts';
import { MAX_POINTS, readTables, writeTables } from './context.ts';

function writeLosses(writer: CodedWriter, { runs }: StudyResult): void {
  writeTables(
    writer,
    runs.map(({ lossSteps }) => lossSteps),
    (steps) => writeSteps(writer, steps),
  );
  writeCurves(
    writer,
    runs.map(({ losses }) => losses),
    'curve',
  );
}

/** Adds the loss curves to the runs. @throws BinaryError when the bytes do not hold one for each. */
function attachLosses(reader: Reader, runs: readonly RunResult[]): RunResult[] {
  const steps = readTables(reader, runs.length, () => readSteps(reader, MAX_POINTS, 'the steps of a curve'));
  const losses = readCurves(
    reader,
    steps.map((list) => list.length),
    'the training losses',
  );
  return runs.map((run, i) => ({ ...run, lossSteps: steps[i], losses: losses[i] }));
}

export const LOSSES_SECTION: Section = {
  tag: 6,
  holds: ({ runs }) => runs.some(({ losses }) => losses.length > 0),
  from: ({ runs }) => runs,
  details: ['curve'],
  write: writeLosses,
  read: (reader, { runs }) => (runs.length > 0 ? { runs: attachLosses(reader, runs) } : {}),
};
