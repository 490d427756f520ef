/** Measures such as barriers and gains follow from curves, so they are stored only if they differ from what follows. */
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { writeFloat } from '../curve-codec.ts';

type Measure = number | null;

const agree = (a: Measure, b: Measure, within: number): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= within;

/** @param expected the measures computed from the curves; @param within differences up to this do not count */
export function writeMeasures(
  writer: CodedWriter,
  measures: readonly Measure[],
  expected: readonly Measure[],
  within = 1e-6,
): void {
  const follow = measures.every((measure, i) => agree(measure, expected[i], within));
  writer.u8(follow ? 1 : 0);
  if (follow) return;
  for (const measure of measures) {
    writer.u8(measure === null ? 0 : 1);
    if (measure !== null) writeFloat(writer, measure);
  }
}

/** @param expected the measures computed from the curves that were read */
export function readMeasures(reader: Reader, count: number, expected: () => Measure[]): Measure[] {
  if (reader.u8('the measures of curves') === 1) return expected();
  return Array.from({ length: count }, () => (reader.u8('a measure') === 1 ? reader.f32('a measure') : null));
}

/** For measures that cannot be null. */
export const readNumbers = (reader: Reader, count: number, expected: () => number[]): number[] =>
  readMeasures(reader, count, expected).map((measure) => measure ?? 0);
