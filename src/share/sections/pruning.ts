/** Section 5: pruned adapters. */
import type { PruningResult, StudyResult } from '../../study/result.ts';
import { BinaryError, type ByteReader, type ByteWriter } from '../binary.ts';
import { readCurves, writeAccuracies, writeCurves } from '../curve-codec.ts';
import { isArray, readValue, writeValue } from '../value-codec.ts';
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

/** By position in the link: only ever appended to. */
const SCOPES = ['factors', 'update', 'tensors'] as const;
const MAX_LABEL = 40;

type Parts = readonly { label: string; kept: number; of: number }[];
type Known = Pick<StudyResult, 'config' | 'task'>;

/** What the gains follow from: null entries where there is nothing to retain. */
function gainBases(structured: readonly { label: string; accuracy: number }[], { task }: Known): (GainBasis | null)[] {
  const { test: images, zeroShot } = task;
  const full = structured.find(({ label }) => label === 'all');
  return structured.map(({ accuracy }) =>
    full && zeroShot ? { value: accuracy, base: zeroShot.accuracy, full: full.accuracy, images } : null,
  );
}

function writeParts(writer: ByteWriter, parts: Parts): void {
  writer.varint(parts.length);
  for (const { label, kept, of } of parts) {
    writeValue(writer, label.slice(0, MAX_LABEL));
    writer.varint(kept);
    writer.varint(of);
  }
}

function readParts(reader: ByteReader): Parts {
  return Array.from({ length: reader.count(MAX_POINTS, 'the number of pruned adapters') }, () => {
    const label = readValue(reader);
    if (typeof label !== 'string' || label.length > MAX_LABEL)
      throw new BinaryError('A pruned adapter has no proper name.');
    return { label, kept: reader.varint('a number of parts'), of: reader.varint('a number of parts') };
  });
}

function readSparsities(reader: ByteReader): number[] {
  const values = readValue(reader);
  if (!isArray(values) || values.length > MAX_POINTS || !values.every((value) => typeof value === 'number')) {
    throw new BinaryError('The sparsities are not numbers.');
  }
  return [...values];
}

export function writePruning(writer: ByteWriter, result: StudyResult): void {
  const { pruning } = result;
  const sizes = imageCounts(result);
  const curves = pruning.flatMap(({ unstructured }) => unstructured);
  const parts = pruning.map(({ structured }) => structured);
  writer.varint(pruning.length);
  for (const entry of pruning) {
    writeArm(writer, result, entry.arm);
    writer.varint(entry.seed);
    writer.varint(entry.unstructured.length);
    for (const { scope, area } of entry.unstructured) {
      writer.u8(SCOPES.indexOf(scope));
      writeShare(writer, area);
    }
  }
  writeTables(
    writer,
    parts.map((entries) => entries.map(({ label, kept, of }) => ({ label, kept, of }))),
    (table) => writeParts(writer, table),
  );
  writeTables(
    writer,
    curves.map(({ sparsities }) => sparsities),
    (sparsities) => writeValue(writer, sparsities),
  );
  const exact = writeAccuracies(
    writer,
    parts.map((entries) => entries.map(({ accuracy }) => accuracy)),
    sizes,
    true,
  );
  writeCurves(
    writer,
    parts.map((entries) => entries.map(({ loss }) => loss)),
  );
  writeGains(
    writer,
    parts.flatMap((entries) => entries.map((entry) => entry.retainedGain)),
    exact ? parts.flatMap((entries) => gainBases(entries, result)) : null,
  );
  writeAccuracies(
    writer,
    curves.map(({ accuracy }) => accuracy),
    sizes,
  );
  writeCurves(
    writer,
    curves.map(({ loss }) => loss),
  );
}

export function readPruning(reader: ByteReader, known: Known): PruningResult[] {
  const heads = Array.from({ length: reader.count(MAX_ENTRIES, 'the number of pruned runs') }, () => ({
    arm: readArm(reader, known),
    seed: reader.varint('a seed'),
    curves: Array.from({ length: reader.count(MAX_ENTRIES, 'the number of pruning curves') }, () => ({
      scope: readName(reader, SCOPES, 'A scope'),
      area: readShare(reader, 'an area'),
    })),
  }));
  const parts = readTables(reader, heads.length, () => readParts(reader));
  const curveCount = heads.reduce((sum, { curves }) => sum + curves.length, 0);
  const sparsities = readTables(reader, curveCount, () => readSparsities(reader));
  const partLengths = parts.map((table) => table.length);
  const curveLengths = sparsities.map((list) => list.length);
  const partAccuracy = readCurves(reader, partLengths, 'the accuracies of pruned adapters');
  const partLoss = readCurves(reader, partLengths, 'the losses of pruned adapters');
  const entries = parts.map((table, i) =>
    table.map((part, j) => ({ ...part, accuracy: partAccuracy[i][j], loss: partLoss[i][j] })),
  );
  const gainCount = partLengths.reduce((sum, length) => sum + length, 0);
  const gains = readGains(reader, gainCount, () => entries.flatMap((list) => gainBases(list, known)));
  const accuracy = readCurves(reader, curveLengths, 'the accuracies of the pruning curves');
  const loss = readCurves(reader, curveLengths, 'the losses of the pruning curves');
  let nextGain = 0;
  let nextCurve = 0;
  return heads.map(({ arm, seed, curves }, i) => ({
    arm,
    seed,
    structured: entries[i].map((entry) => ({ ...entry, retainedGain: gains[nextGain++] })),
    unstructured: curves.map((curve) => {
      const at = nextCurve++;
      return { ...curve, sparsities: sparsities[at], accuracy: accuracy[at], loss: loss[at] };
    }),
  }));
}
