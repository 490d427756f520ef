/** Section 12: one adapter per task, merged across tasks. Present only in links of studies with it. */
import type { MultitaskResult } from '../../../study/analyses/multitask/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { readCurves, writeAccuracies } from '../../link/curve-codec.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { MAX_ENTRIES, MAX_NAME, nameInLink, readArm, readShare, writeArm } from '../../link/sections/context.ts';
import { readMerge, writeMerge } from '../../link/sections/merges.ts';
import { LINK_CHECKS } from '../../link/words.ts';

const MAX_TASKS = 64;

type Accuracies = MultitaskResult['zeroShot'];
type Tasks = MultitaskResult['tasks'];

/** Format 1. Shares of this many images are counts of them, which 65,535ths tell apart. */
function readOldAccuracies(reader: Reader, tasks: Tasks): Accuracies {
  const read = (): number[] =>
    tasks.map(({ test }) => {
      const share = readShare(reader, 'an accuracy');
      return test > 0 && test < 32768 ? Math.round(share * test) / test : share;
    });
  return { own: read(), joint: read() };
}

/** Scores without adapter, then of every run: alone, the ensemble, the merges. */
const measured = ({ zeroShot, runs }: Pick<MultitaskResult, 'zeroShot' | 'runs'>): Accuracies[][] => [
  [zeroShot],
  ...runs.map(({ single, ensemble, merges }) => [single, ensemble, ...merges]),
];

const CANDIDATES = ['own', 'joint'] as const;

/** Task by task, because every task counts its own images: with its own classes, then with the classes of all tasks, which follow them. */
function writeMeasured(writer: CodedWriter, result: MultitaskResult): void {
  const all = measured(result);
  result.tasks.forEach(({ test }, task) => {
    let related = {};
    for (const candidates of CANDIDATES) {
      const curves = all.map((list) => list.map((accuracies) => accuracies[candidates][task] ?? 0));
      related = { side: writeAccuracies(writer, curves, [test], 'merge', related) };
    }
  });
}

/** @param lengths of the measured lists */
function readMeasured(reader: Reader, tasks: Tasks, lengths: readonly number[]): Accuracies[][] {
  const read = tasks.map(() => {
    const own = readCurves(reader, lengths, 'the accuracies');
    return { own, joint: readCurves(reader, lengths, 'the accuracies', { side: own }) };
  });
  return lengths.map((length, list) =>
    Array.from({ length }, (_, i) => ({
      own: read.map(({ own }) => own[list][i]),
      joint: read.map(({ joint }) => joint[list][i]),
    })),
  );
}

function writeMultitask(writer: CodedWriter, result: StudyResult): void {
  const { multitask } = result;
  if (!multitask) return;
  const { tasks, runs } = multitask;
  writer.varint(tasks.length);
  for (const { name, classes, test, validation } of tasks) {
    writeValue(writer, nameInLink(name));
    for (const count of [classes, test, validation]) writer.varint(count);
  }
  writer.varint(runs.length);
  for (const { arm, seed, merges } of runs) {
    writeArm(writer, result, arm);
    writer.varint(seed);
    writer.varint(merges.length);
    for (const merge of merges) writeMerge(writer, merge);
  }
  writeMeasured(writer, multitask);
}

function readTask(reader: Reader): Tasks[number] {
  const name = readValue(reader);
  if (typeof name !== 'string') throw new BinaryError(LINK_CHECKS.taskName);
  return {
    name: name.slice(0, MAX_NAME),
    classes: reader.varint('a number of classes'),
    test: reader.varint('a number of images'),
    validation: reader.varint('a number of images'),
  };
}

const NOTHING: Accuracies = { own: [], joint: [] };

function readMultitask(reader: Reader, known: Pick<StudyResult, 'config'>): MultitaskResult {
  const tasks = Array.from({ length: reader.count(MAX_TASKS, 'the number of tasks') }, () => readTask(reader));
  // In format 2 it follows everything else.
  const accuracies = (): Accuracies => (reader.format === 1 ? readOldAccuracies(reader, tasks) : NOTHING);
  const zeroShot = accuracies();
  const runs = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merged runs') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    single: accuracies(),
    ensemble: accuracies(),
    merges: Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merges') }, () => ({
      ...readMerge(reader),
      ...accuracies(),
    })),
  }));
  const read = { tasks, zeroShot, runs };
  return reader.format === 1 ? read : withAccuracies(reader, read);
}

function withAccuracies(reader: Reader, { tasks, zeroShot, runs }: MultitaskResult): MultitaskResult {
  const lengths = measured({ zeroShot, runs }).map((list) => list.length);
  const [[without], ...ofRuns] = readMeasured(reader, tasks, lengths);
  return {
    tasks,
    zeroShot: without,
    runs: runs.map((run, i) => {
      const [single, ensemble, ...merges] = ofRuns[i];
      return { ...run, single, ensemble, merges: run.merges.map((merge, j) => ({ ...merge, ...merges[j] })) };
    }),
  };
}

export const MULTITASK_SECTION: Section = {
  tag: 12,
  holds: ({ multitask }) => multitask !== undefined,
  from: ({ multitask }) => multitask,
  details: ['merge'],
  reductions: [{ code: 24, worth: 590, figure: 'asked', apply: withoutPart('multitask') }],
  write: writeMultitask,
  read: (reader, known) => ({ multitask: readMultitask(reader, known) }),
};
