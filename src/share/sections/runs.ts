/**
 * Section 2: the runs, with their validation curves and test figures. The loss curves have a section of their own (losses.ts), so here
 * they are written as empty; links made before that section existed hold them here.
 */
import type { RunResult, StudyResult } from '../../study/result.ts';
import type { ByteReader, ByteWriter } from '../binary.ts';
import { readCurves, readSteps, writeAccuracies, writeCurves, writeFloat, writeSteps } from '../curve-codec.ts';
import { imageCounts, MAX_ENTRIES, MAX_POINTS, readArm, readTables, writeArm, writeTables } from './context.ts';

export function writeRuns(writer: ByteWriter, result: StudyResult): void {
  const { runs } = result;
  const sizes = imageCounts(result);
  const write = (steps: readonly number[]) => writeSteps(writer, steps);
  const validations = runs.map(({ validation }) => validation);
  const tested = runs.flatMap(({ test }) => test ?? []);
  writer.varint(runs.length);
  for (const run of runs) {
    writeArm(writer, result, run.arm);
    writer.varint(run.seed);
    // Twice the steps, plus one with a test.
    writer.varint(2 * run.steps + (run.test ? 1 : 0));
  }
  writeTables(
    writer,
    runs.map(() => []),
    write,
  );
  writeTables(
    writer,
    validations.map((points) => points.map(({ step }) => step)),
    write,
  );
  writeCurves(
    writer,
    runs.map(() => []),
  );
  writeAccuracies(
    writer,
    validations.map((points) => points.map(({ accuracy }) => accuracy)),
    sizes,
  );
  writeCurves(
    writer,
    validations.map((points) => points.map(({ loss }) => loss)),
  );
  writeAccuracies(
    writer,
    tested.map(({ accuracy }) => [accuracy]),
    sizes,
    true,
  );
  for (const { loss } of tested) writeFloat(writer, loss);
}

export function readRuns(reader: ByteReader, context: Pick<StudyResult, 'config'>): RunResult[] {
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of runs') }, () => ({
    arm: readArm(reader, context),
    seed: reader.varint('a seed'),
    stepsAndTest: reader.varint('a number of steps'),
  }));
  const read = () => readSteps(reader, MAX_POINTS, 'the steps of a curve');
  const lossSteps = readTables(reader, heads.length, read);
  const validationSteps = readTables(reader, heads.length, read);
  const lossLengths = lossSteps.map((steps) => steps.length);
  const validationLengths = validationSteps.map((steps) => steps.length);
  const losses = readCurves(reader, lossLengths, 'the training losses');
  const accuracies = readCurves(reader, validationLengths, 'the validation accuracies');
  const validationLosses = readCurves(reader, validationLengths, 'the validation losses');
  const testLengths = heads.map(({ stepsAndTest }) => stepsAndTest % 2);
  const testAccuracies = readCurves(reader, testLengths, 'the test accuracies');
  return heads.map(({ arm, seed, stepsAndTest }, i) => ({
    arm,
    seed,
    lossSteps: lossSteps[i],
    losses: losses[i],
    validation: validationSteps[i].map((step, j) => ({
      step,
      accuracy: accuracies[i][j],
      loss: validationLosses[i][j],
    })),
    gates: null,
    steps: Math.floor(stepsAndTest / 2),
    test: testLengths[i] === 1 ? { accuracy: testAccuracies[i][0], loss: reader.f32('a test loss') } : null,
  }));
}
