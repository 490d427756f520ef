/** Section 12: one adapter per task, merged across tasks. Only links of studies with it have it. */
import { ALIGNMENTS, MERGE_METHODS } from '../../copra/merging/methods.ts';
import type { MultitaskResult, StudyResult } from '../../study/result.ts';
import { BinaryError, type ByteReader, type ByteWriter } from '../binary.ts';
import { readValue, writeValue } from '../value-codec.ts';
import { MAX_ENTRIES, readArm, readName, readShare, writeArm, writeShare } from './context.ts';

/** Positions are stored: new names come last, and none is ever removed. */
const METHODS = MERGE_METHODS.map(({ id }) => id);
const ALIGNED = ALIGNMENTS.map(({ id }) => id);
const MAX_TASKS = 64;
const MAX_NAME = 100;

type Accuracies = MultitaskResult['zeroShot'];
type Tasks = MultitaskResult['tasks'];

function writeAccuracies(writer: ByteWriter, { own, joint }: Accuracies): void {
  for (const accuracy of [...own, ...joint]) writeShare(writer, accuracy);
}

/** Shares of so many images are counts of them, which 65,535ths tell apart. */
function readAccuracies(reader: ByteReader, tasks: Tasks): Accuracies {
  const read = (): number[] =>
    tasks.map(({ test }) => {
      const share = readShare(reader, 'an accuracy');
      return test > 0 && test < 32768 ? Math.round(share * test) / test : share;
    });
  return { own: read(), joint: read() };
}

export function writeMultitask(writer: ByteWriter, result: StudyResult): void {
  const { multitask } = result;
  if (!multitask) return;
  const { tasks, zeroShot, runs } = multitask;
  writer.varint(tasks.length);
  for (const { name, classes, test, validation } of tasks) {
    writeValue(writer, name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MAX_NAME));
    for (const count of [classes, test, validation]) writer.varint(count);
  }
  writeAccuracies(writer, zeroShot);
  writer.varint(runs.length);
  for (const { arm, seed, single, ensemble, merges } of runs) {
    writeArm(writer, result, arm);
    writer.varint(seed);
    writeAccuracies(writer, single);
    writeAccuracies(writer, ensemble);
    writer.varint(merges.length);
    for (const merge of merges) {
      writer.u8(METHODS.indexOf(merge.method));
      writer.u8(ALIGNED.indexOf(merge.alignment));
      writeValue(writer, merge.scale);
      writer.varint(merge.rank);
      writeAccuracies(writer, merge);
    }
  }
}

function readScale(reader: ByteReader): number {
  const value = readValue(reader);
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new BinaryError('The factor of a merge is no number.');
  return value;
}

function readTask(reader: ByteReader): Tasks[number] {
  const name = readValue(reader);
  if (typeof name !== 'string') throw new BinaryError('The name of a task is no text.');
  return {
    name: name.slice(0, MAX_NAME),
    classes: reader.varint('a number of classes'),
    test: reader.varint('a number of images'),
    validation: reader.varint('a number of images'),
  };
}

export function readMultitask(reader: ByteReader, known: Pick<StudyResult, 'config'>): MultitaskResult {
  const tasks = Array.from({ length: reader.count(MAX_TASKS, 'the number of tasks') }, () => readTask(reader));
  const zeroShot = readAccuracies(reader, tasks);
  const runs = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merged runs') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    single: readAccuracies(reader, tasks),
    ensemble: readAccuracies(reader, tasks),
    merges: Array.from({ length: reader.count(MAX_ENTRIES, 'the number of merges') }, () => ({
      method: readName(reader, METHODS, 'A way of merging'),
      alignment: readName(reader, ALIGNED, 'An alignment'),
      scale: readScale(reader),
      rank: reader.varint('a rank'),
      ...readAccuracies(reader, tasks),
    })),
  }));
  return { tasks, zeroShot, runs };
}
