/** Section 19: what is known of the course of training: how long the prompts of an adapted text tower are, and measures along training. */
import type { TimelineResult } from '../../../study/analyses/timeline/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { BinaryError, type Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, readSteps, writeAccuracies, writeSteps } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { imageCounts, readRunList, readTables, writeRunList, writeTables } from '../../link/sections/context.ts';
import { readLambdas, readPathList, writeLambdas, writePathList } from '../landscape/link.ts';
import { LINK_CHECKS } from '../../link/words.ts';

/** More than the settings allow; limits what a forged link can make us allocate. */
const MAX_STEPS = 64;
/** By their bits in the link: append only. */
const HALVES = ['even', 'odd'] as const;
/** All paths are of this kind. */
const KINDS = ['factor'] as const;

const bitsOf = (halves: TimelineResult['runs'][number]['halves']): number =>
  HALVES.reduce((bits, label, i) => (halves.some((half) => half.label === label) ? bits | (1 << i) : bits), 0);

function writeTimeline(writer: CodedWriter, result: StudyResult): void {
  writer.varint(result.task.promptTokens ?? 0);
  writer.u8(result.timeline ? 1 : 0);
  if (!result.timeline) return;
  const { runs, pairs } = result.timeline;
  writeRunList(writer, result, runs);
  writeTables(
    writer,
    runs.map(({ steps, halves }) => ({ steps, bits: bitsOf(halves) })),
    ({ steps, bits }) => {
      writeSteps(writer, steps);
      writer.u8(bits);
    },
  );
  writePathList(
    writer,
    result,
    pairs.map(({ arm, seeds }) => ({ arm, seeds, path: 'factor' })),
    KINDS,
  );
  writeTables(
    writer,
    pairs.map(({ steps, lambdas }) => ({ steps, lambdas })),
    ({ steps, lambdas }) => {
      writeSteps(writer, steps);
      writeLambdas(writer, lambdas);
    },
  );
  const ofRuns = runs.flatMap(({ accuracy, halves }) => [
    accuracy,
    ...HALVES.flatMap((label) => halves.filter((half) => half.label === label).map((half) => half.accuracy)),
  ]);
  const sizes = imageCounts(result);
  writeAccuracies(writer, ofRuns, sizes, 'path');
  writeAccuracies(
    writer,
    pairs.map(({ accuracy }) => accuracy),
    sizes,
    'path',
  );
}

function readInnerLambdas(reader: Reader): number[] {
  const lambdas = readLambdas(reader);
  if (lambdas.length > MAX_STEPS) throw new BinaryError(LINK_CHECKS.longPath);
  return lambdas;
}

function readCourse(reader: Reader, known: Pick<StudyResult, 'config' | 'task'>): Partial<StudyResult> {
  const promptTokens = reader.varint('the length of the prompts');
  const holdsTimeline = reader.u8('the measures along training') === 1;
  return {
    ...(promptTokens > 0 && { task: { ...known.task, promptTokens } }),
    ...(holdsTimeline && { timeline: readTimeline(reader, known) }),
  };
}

function readTimeline(reader: Reader, known: Pick<StudyResult, 'config' | 'task'>): TimelineResult {
  const runs = readRunList(reader, known, 'the number of runs along training');
  const ofRuns = readTables(reader, runs.length, () => {
    const steps = readSteps(reader, MAX_STEPS, 'the steps along training');
    const bits = reader.u8('the halves of a run');
    return { steps, halves: HALVES.filter((_, i) => bits & (1 << i)) };
  });
  const pairs = readPathList(reader, known, KINDS);
  const ofPairs = readTables(reader, pairs.length, () => ({
    steps: readSteps(reader, MAX_STEPS, 'the steps of a path along training'),
    lambdas: readInnerLambdas(reader),
  }));
  const lengths = ofRuns.flatMap(({ steps, halves }) => [steps.length, ...halves.map(() => steps.length)]);
  const curves = readCurves(reader, lengths, 'the accuracies along training');
  const points = readCurves(
    reader,
    ofPairs.map(({ steps, lambdas }) => steps.length * lambdas.length),
    'the accuracies of paths along training',
  );
  let next = 0;
  return {
    runs: runs.map(({ arm, seed }, i) => ({
      arm,
      seed,
      steps: ofRuns[i].steps,
      accuracy: curves[next++],
      halves: ofRuns[i].halves.map((label) => ({ label, accuracy: curves[next++] })),
    })),
    pairs: pairs.map(({ arm, seeds }, i) => ({ arm, seeds, ...ofPairs[i], accuracy: points[i] })),
  };
}

export const TIMELINE_SECTION: Section = {
  tag: 19,
  holds: ({ timeline, task }) => timeline !== undefined || task.promptTokens !== undefined,
  from: ({ timeline, task }) => [timeline, task.promptTokens],
  details: ['path'],
  reductions: [{ code: 68, worth: 520, figure: 'asked', apply: withoutPart('timeline') }],
  write: writeTimeline,
  read: readCourse,
};
