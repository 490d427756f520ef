/**
 * Section 2: the runs, with their validation curves and test figures. The loss curves have their own section (losses.ts). Links of format 1 have room for them
 * here, and those made before that section existed hold them here.
 */
import type { RunResult, StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { mapRuns } from '../reduction.ts';
import type { Section } from '../section.ts';
import { readCurves, readSteps, writeSteps } from '../curve-codec.ts';
import {
  imageCounts,
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readRunList,
  readTables,
  writeRunList,
  writeTables,
} from './context.ts';
import { readScores, writeScores } from './scores.ts';

function writeRuns(writer: CodedWriter, result: StudyResult): void {
  const { runs } = result;
  const sizes = imageCounts(result);
  const write = (steps: readonly number[]) => writeSteps(writer, steps);
  const validations = runs.map(({ validation }) => validation);
  const tested = runs.flatMap(({ test }) => test ?? []);
  writeRunList(writer, result, runs);
  writeTables(
    writer,
    runs.map(({ steps, test }) => ({ steps, tested: test !== null })),
    ({ steps, tested }) => {
      writer.varint(steps);
      writer.u8(tested ? 1 : 0);
    },
  );
  writeTables(
    writer,
    validations.map((points) => points.map(({ step }) => step)),
    write,
  );
  writeScores(
    writer,
    {
      accuracy: validations.map((points) => points.map(({ accuracy }) => accuracy)),
      loss: validations.map((points) => points.map(({ loss }) => loss)),
    },
    { sizes, accuracy: 'curve', loss: 'table' },
  );
  writeScores(
    writer,
    { accuracy: tested.map(({ accuracy }) => [accuracy]), loss: tested.map(({ loss }) => [loss]) },
    { sizes, accuracy: 'figure', loss: 'figure' },
  );
}

interface Head {
  readonly arm: string;
  readonly seed: number;
  readonly steps: number;
  readonly tested: boolean;
}

function readHeads(reader: Reader, known: Known): Head[] {
  const runs = readRunList(reader, known, 'the number of runs');
  const tables = readTables(reader, runs.length, () => ({
    steps: reader.varint('a number of steps'),
    tested: reader.u8('a test') === 1,
  }));
  return runs.map((run, i) => ({ ...run, ...tables[i] }));
}

/** Format 1, where one number is twice the steps, plus one with a test. */
const readOldHeads = (reader: Reader, known: Known): Head[] =>
  Array.from({ length: reader.count(MAX_ENTRIES, 'the number of runs') }, () => {
    const [arm, seed] = [readArm(reader, known), reader.varint('a seed')];
    const stepsAndTest = reader.varint('a number of steps');
    return { arm, seed, steps: Math.floor(stepsAndTest / 2), tested: stepsAndTest % 2 === 1 };
  });

type Known = Pick<StudyResult, 'config'>;

function readRuns(reader: Reader, known: Known): RunResult[] {
  const heads = reader.format === 1 ? readOldHeads(reader, known) : readHeads(reader, known);
  const read = () => readSteps(reader, MAX_POINTS, 'the steps of a curve');
  const old = reader.format === 1;
  const lossSteps = old ? readTables(reader, heads.length, read) : heads.map(() => []);
  const validationSteps = readTables(reader, heads.length, read);
  const lossLengths = lossSteps.map((steps) => steps.length);
  const validationLengths = validationSteps.map((steps) => steps.length);
  const losses = old ? readCurves(reader, lossLengths, 'the training losses') : heads.map(() => []);
  const validations = readScores(reader, validationLengths, 'of validations');
  const testLengths = heads.map(({ tested }) => (tested ? 1 : 0));
  const tests = old ? readOldTests(reader, testLengths) : readScores(reader, testLengths, 'of tests');
  return heads.map(({ arm, seed, steps, tested }, i) => ({
    arm,
    seed,
    lossSteps: lossSteps[i],
    losses: losses[i],
    validation: validationSteps[i].map((step, j) => ({
      step,
      accuracy: validations.accuracy[i][j],
      loss: validations.loss[i][j],
    })),
    gates: null,
    steps,
    test: tested ? { accuracy: tests.accuracy[i][0], loss: tests.loss[i][0] } : null,
  }));
}

/** Format 1, with losses as float32. */
function readOldTests(reader: Reader, lengths: readonly number[]) {
  const accuracy = readCurves(reader, lengths, 'the accuracies of tests');
  return { accuracy, loss: lengths.map((length) => (length === 1 ? [reader.f32('a test loss')] : [])) };
}

/** Every n-th validation, always including the last. */
const fewerValidations =
  (points: number) =>
  (result: StudyResult): StudyResult =>
    mapRuns(result, (run) => {
      const stride = Math.ceil(run.validation.length / points);
      if (stride <= 1) return run;
      const last = run.validation.length - 1;
      return { ...run, validation: run.validation.filter((_, i) => (last - i) % stride === 0) };
    });

/** Without those of section 6 either: they are drawn in one figure. */
const withoutCurves = (result: StudyResult): StudyResult =>
  mapRuns(result, (run) =>
    run.losses.length + run.validation.length > 0 ? { ...run, losses: [], lossSteps: [], validation: [] } : run,
  );

export const RUNS_SECTION: Section = {
  tag: 2,
  holds: ({ runs }) => runs.length > 0,
  from: ({ runs }) => runs.map(({ arm, seed, steps, validation, test }) => [arm, seed, steps, validation, test]),
  details: ['figure', 'curve', 'table'],
  reductions: [
    { code: 13, worth: 230, apply: fewerValidations(6) },
    { code: 11, worth: 560, figure: 'asked', apply: withoutCurves },
  ],
  write: writeRuns,
  read: (reader, known) => ({ runs: readRuns(reader, known) }),
};
