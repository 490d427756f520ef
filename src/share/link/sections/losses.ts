/** Section 6: the loss curves of the runs, in the order of section 2. They are long and matter least, so they come last. */
import type { RunResult, StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { mapRuns, type Reduction } from '../reduction.ts';
import type { Section } from '../section.ts';
import { readCurves, readSteps, writeCurves, writeSteps } from '../curve-codec.ts';
import { MAX_POINTS, readTables, writeTables } from './context.ts';
import { runOf } from '../../../study/result/run-names.ts';

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

/** Means over neighbouring windows, so that every value remains the mean loss of its steps. */
function poolLosses(run: RunResult, points: number): RunResult {
  const factor = Math.ceil(run.losses.length / points);
  if (factor <= 1) return run;
  const lossSteps: number[] = [];
  const losses: number[] = [];
  for (let from = 0; from < run.losses.length; from += factor) {
    const window = run.losses.slice(from, from + factor);
    losses.push(window.reduce((sum, loss) => sum + loss, 0) / window.length);
    lossSteps.push(run.lossSteps[from + window.length - 1]);
  }
  return { ...run, lossSteps, losses };
}

/** Pools the original curves: pooling twice would keep fewer points than possible. */
const pooled = (code: Reduction['code'], worth: number, points: number): Reduction => ({
  code,
  worth,
  kind: 'losses',
  apply: (result, original) =>
    mapRuns(result, (run) => {
      const whole = runOf(original.runs, run.arm, run.seed) ?? run;
      const { lossSteps, losses } = poolLosses(whole, points);
      return losses.length < run.losses.length ? { ...run, lossSteps, losses } : run;
    }),
});

export const LOSSES_SECTION: Section = {
  tag: 6,
  holds: ({ runs }) => runs.some(({ losses }) => losses.length > 0),
  from: ({ runs }) => runs.map(({ lossSteps, losses }) => [lossSteps, losses]),
  details: ['curve'],
  reductions: [pooled(4, 0, 64), pooled(5, 30, 32), pooled(6, 110, 24), pooled(7, 140, 16), pooled(14, 240, 8)],
  write: writeLosses,
  read: (reader, { runs }) => (runs.length > 0 ? { runs: attachLosses(reader, runs) } : {}),
};
