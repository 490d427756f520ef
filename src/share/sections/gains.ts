/** Retained gains follow from accuracies, so they are stored only where they do not, or where the accuracies were rounded. */
import type { ByteReader, ByteWriter } from '../binary.ts';
import { writeFloat } from '../curve-codec.ts';

type Gain = number | null;

const agree = (a: Gain, b: Gain): boolean => (a === null || b === null ? a === b : Math.abs(a - b) < 1e-6);

/** `expected`: what a reader will compute from the accuracies, or null when it sees rounded ones. */
export function writeGains(writer: ByteWriter, gains: readonly Gain[], expected: readonly Gain[] | null): void {
  const follow = expected !== null && gains.every((gain, i) => agree(gain, expected[i]));
  writer.u8(follow ? 1 : 0);
  if (follow) return;
  for (const gain of gains) {
    writer.u8(gain === null ? 0 : 1);
    if (gain !== null) writeFloat(writer, gain);
  }
}

export function readGains(reader: ByteReader, count: number, expected: () => Gain[]): Gain[] {
  if (reader.u8('the retained gains') === 1) return expected();
  return Array.from({ length: count }, () =>
    reader.u8('a retained gain') === 1 ? reader.f32('a retained gain') : null,
  );
}
