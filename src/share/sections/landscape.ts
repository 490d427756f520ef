/** Section 3: accuracy and loss along the paths between two adapters. */
import type { LandscapeResult, StudyResult } from '../../study/result.ts';
import { BinaryError, type ByteReader, type ByteWriter } from '../binary.ts';
import { readCurves, writeAccuracies, writeCurves, writeFloat } from '../curve-codec.ts';
import { readValue, writeValue } from '../value-codec.ts';
import {
  imageCounts,
  MAX_ENTRIES,
  MAX_POINTS,
  readArm,
  readName,
  readShare,
  readTables,
  writeArm,
  writeShare,
  writeTables,
} from './context.ts';
import { readGains, writeGains, type GainBasis } from './gains.ts';

const PATHS = ['factor', 'product'] as const;

const evenly = (first: number, last: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (count > 1 ? first + ((last - first) * i) / (count - 1) : first));

/** Length, then 1 with the first and last of equally spaced positions, or 0 with all of them. */
function writeLambdas(writer: ByteWriter, lambdas: readonly number[]): void {
  writer.varint(lambdas.length);
  if (lambdas.length === 0) return;
  const [first, last] = [lambdas[0], lambdas[lambdas.length - 1]];
  const even = evenly(first, last, lambdas.length).every((lambda, i) => Math.abs(lambda - lambdas[i]) < 1e-9);
  writer.u8(even ? 1 : 0);
  for (const lambda of even ? [first, last] : lambdas) writeValue(writer, lambda);
}

function readNumber(reader: ByteReader, what: string): number {
  const value = readValue(reader);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BinaryError(`${what} is not a number.`);
  return value;
}

function readLambdas(reader: ByteReader): number[] {
  const count = reader.count(MAX_POINTS, 'the number of points of a path');
  if (count === 0) return [];
  if (reader.u8() === 1) return evenly(readNumber(reader, 'A position'), readNumber(reader, 'A position'), count);
  return Array.from({ length: count }, () => readNumber(reader, 'A position'));
}

type Known = Pick<StudyResult, 'config' | 'task'>;

/** What the gain at the midpoint follows from; null where no point is the midpoint or there is no base. */
function gainBasis(path: Pick<LandscapeResult, 'lambdas' | 'accuracy'>, { task }: Known): GainBasis | null {
  const value = (lambda: number) => path.accuracy[path.lambdas.findIndex((at) => Math.abs(at - lambda) < 1e-9)];
  const [start, middle, end] = [value(0), value(0.5), value(1)];
  if (start === undefined || middle === undefined || end === undefined || !task.zeroShot) return null;
  return { value: middle, base: task.zeroShot.accuracy, full: (start + end) / 2, images: task.test };
}

export function writeLandscapes(writer: ByteWriter, result: StudyResult): void {
  const { landscape } = result;
  writer.varint(landscape.length);
  for (const path of landscape) {
    writeArm(writer, result, path.arm);
    writer.varint(path.seeds[0]);
    writer.varint(path.seeds[1]);
    writer.u8(PATHS.indexOf(path.path));
    writeShare(writer, path.barrierAccuracy);
    writeFloat(writer, path.barrierLoss);
  }
  writeTables(
    writer,
    landscape.map(({ lambdas }) => lambdas),
    (lambdas) => writeLambdas(writer, lambdas),
  );
  const exact = writeAccuracies(
    writer,
    landscape.map(({ accuracy }) => accuracy),
    imageCounts(result),
  );
  writeCurves(
    writer,
    landscape.map(({ loss }) => loss),
  );
  writeGains(
    writer,
    landscape.map(({ midpointRetainedGain }) => midpointRetainedGain),
    exact ? landscape.map((path) => gainBasis(path, result)) : null,
  );
}

export function readLandscapes(reader: ByteReader, known: Known): LandscapeResult[] {
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of paths') }, () => ({
    arm: readArm(reader, known),
    seeds: [reader.varint('a seed'), reader.varint('a seed')] as [number, number],
    path: readName(reader, PATHS, 'A path'),
    barrierAccuracy: readShare(reader, 'a barrier'),
    barrierLoss: reader.f32('a barrier'),
  }));
  const lambdas = readTables(reader, heads.length, () => readLambdas(reader));
  const lengths = lambdas.map((positions) => positions.length);
  const accuracy = readCurves(reader, lengths, 'the accuracies along the paths');
  const loss = readCurves(reader, lengths, 'the losses along the paths');
  const paths = heads.map((head, i) => ({ ...head, lambdas: lambdas[i], accuracy: accuracy[i], loss: loss[i] }));
  const gains = readGains(reader, heads.length, () => paths.map((path) => gainBasis(path, known)));
  return paths.map((path, i) => ({ ...path, midpointRetainedGain: gains[i] }));
}
