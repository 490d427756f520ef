/** Section 18: scores of perturbed adapters. Present only in links of studies with them. */
import type { SharpnessResult } from '../../../study/analyses/sharpness/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Reader } from '../../link/binary.ts';
import type { CodedWriter } from '../../link/coded-io.ts';
import { readCurves, writeCurves } from '../../link/curve-codec.ts';
import { withoutPart } from '../../link/reduction.ts';
import type { Section } from '../../link/section.ts';
import { MAX_POINTS, readRunList, readTables, writeRunList, writeTables } from '../../link/sections/context.ts';
import { readValue, writeValue } from '../../link/value-codec.ts';
import { BinaryError } from '../../link/binary.ts';
import { LINK_CHECKS } from '../../link/words.ts';

function readRadius(reader: Reader): number {
  const value = readValue(reader);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new BinaryError(LINK_CHECKS.perturbation);
  return value;
}

function writeSharpness(writer: CodedWriter, result: StudyResult): void {
  const { sharpness = [] } = result;
  writeRunList(writer, result, sharpness);
  writeTables(
    writer,
    sharpness.map(({ radii }) => radii),
    (radii) => {
      writer.varint(radii.length);
      for (const radius of radii) writeValue(writer, radius);
    },
  );
  for (const { train } of sharpness) writer.varint(train?.images ?? 0);
  const all = sharpness.flatMap(({ test, train }) => (train ? [test, train] : [test]));
  writeCurves(
    writer,
    all.map(({ loss }) => loss),
    'curve',
  );
  writeCurves(
    writer,
    all.map(({ accuracy }) => accuracy),
    'curve',
  );
}

function readSharpness(reader: Reader, known: Pick<StudyResult, 'config'>): SharpnessResult[] {
  const runs = readRunList(reader, known, 'the number of perturbed adapters');
  const radii = readTables(reader, runs.length, () =>
    Array.from({ length: reader.count(MAX_POINTS, 'the sizes of perturbations') }, () => readRadius(reader)),
  );
  const images = runs.map(() => reader.varint('the number of training images'));
  const lengths = radii.flatMap(({ length }, i) => (images[i] > 0 ? [length, length] : [length]));
  const losses = readCurves(reader, lengths, 'the losses of perturbed adapters');
  const accuracies = readCurves(reader, lengths, 'the accuracies of perturbed adapters');
  let next = 0;
  const scores = () => ({ accuracy: accuracies[next], loss: losses[next++] });
  return runs.map((run, i) => ({
    ...run,
    radii: radii[i],
    test: scores(),
    ...(images[i] > 0 && { train: { images: images[i], ...scores() } }),
  }));
}

export const SHARPNESS_SECTION: Section = {
  tag: 18,
  holds: ({ sharpness }) => sharpness !== undefined,
  from: ({ sharpness }) => sharpness,
  details: ['curve'],
  reductions: [{ code: 67, worth: 530, figure: 'asked', apply: withoutPart('sharpness') }],
  write: writeSharpness,
  read: (reader, known) => ({ sharpness: readSharpness(reader, known) }),
};
