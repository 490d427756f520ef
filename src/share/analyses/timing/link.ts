/** Section 24: times of training steps. Present only in links of studies with them. */
import type { TimingResult } from '../../../study/analyses/timing/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, readSteps, writeCurves, writeSteps } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readRunList, readTables, writeRunList, writeTables } from '../../link/sections/context.ts';

/** More than the settings allow; limits what a forged link can make us allocate. */
const MAX_STEPS = 256;

function writeTiming(writer: CodedWriter, result: StudyResult): void {
  const { timing = [] } = result;
  writeRunList(writer, result, timing);
  writeTables(
    writer,
    timing.map(({ steps }) => steps),
    (steps) => writeSteps(writer, steps),
  );
  writeCurves(
    writer,
    timing.map(({ seconds }) => seconds),
    'curve',
  );
}

function readTiming(reader: Reader, known: Pick<StudyResult, 'config'>): TimingResult[] {
  const runs = readRunList(reader, known, 'the number of timed runs');
  const steps = readTables(reader, runs.length, () => readSteps(reader, MAX_STEPS, 'the timed steps'));
  const seconds = readCurves(
    reader,
    steps.map(({ length }) => length),
    'the times of steps',
  );
  return runs.map((run, i) => ({ ...run, steps: steps[i], seconds: seconds[i] }));
}

export const TIMING_SECTION: Section = {
  tag: 24,
  supplement: true,
  holds: ({ timing }) => timing !== undefined,
  from: ({ timing }) => timing,
  details: ['curve'],
  reductions: [{ code: 74, worth: 500, figure: 'asked', apply: withoutPart('timing') }],
  write: writeTiming,
  read: (reader, known) => ({ timing: readTiming(reader, known) }),
};
