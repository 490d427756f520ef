/** Section 14: what the choice of test images adds to the variance of differences between arms, for the intervals that the page shows. */
import type { StudyResult } from '../../study/result.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { MAX_ENTRIES, readArm, readName, writeArm } from './context.ts';

/** By position in the link: only ever appended to. */
const MEASURES = [
  'test-accuracy',
  'midpoint factor',
  'barrier factor',
  'barrier factor orthogonal',
  'barrier factor invertible',
  'gain even odd',
  'half factors',
  'top third',
] as const;

type ImageVariance = NonNullable<StudyResult['imageVariances']>[number];

const shown = ({ imageVariances = [] }: StudyResult): ImageVariance[] =>
  imageVariances.filter(({ measure }) => (MEASURES as readonly string[]).includes(measure));

export const hasImageVariances = (result: StudyResult): boolean => shown(result).length > 0;

export function writeImageVariances(writer: CodedWriter, result: StudyResult): void {
  const kept = shown(result);
  writer.varint(kept.length);
  for (const { measure, baseline, other, variance } of kept) {
    writer.u8((MEASURES as readonly string[]).indexOf(measure));
    writeArm(writer, result, baseline);
    writeArm(writer, result, other);
    writer.u16(toLogarithm(variance));
  }
}

export function readImageVariances(reader: Reader, known: Pick<StudyResult, 'config'>): ImageVariance[] {
  return Array.from({ length: reader.count(MAX_ENTRIES, 'the number of variances') }, () => ({
    measure: readName(reader, MEASURES, 'A measure'),
    baseline: readArm(reader, known),
    other: readArm(reader, known),
    variance: fromLogarithm(reader.u16('a variance')),
  }));
}

/** 16 bits: 0 for none, else steps of 1/1024 of a factor of two from 2⁻⁴⁸ on, which leaves bounds of intervals exact to 1/3000. */
const STEPS = 1024;
const LOWEST = -48;

function toLogarithm(variance: number): number {
  if (!(variance > 0)) return 0;
  return Math.min(0xffff, Math.max(1, 1 + Math.round(STEPS * (Math.log2(variance) - LOWEST))));
}

const fromLogarithm = (code: number): number => (code === 0 ? 0 : 2 ** ((code - 1) / STEPS + LOWEST));
