/**
 * Section 7, the first of a link: a table of the sections behind it with a checksum of each, so that a link that was cut or altered still
 * yields the sections that arrived whole.
 *
 *   per section   tag u8, length of its content varint, checksum of its content u24
 *   at the end    checksum of the table itself u24
 *
 * The checksums are the low 24 bits of the CRC-32.
 */
import { BinaryError, ByteReader, ByteWriter } from './binary.ts';
import { crc32 } from '../core/crc32.ts';

export const TABLE_TAG = 7;
const CHECKSUM_BYTES = 3;

export interface Section {
  readonly tag: number;
  readonly content: Uint8Array;
}

interface Entry {
  readonly tag: number;
  readonly length: number;
  readonly checksum: number;
}

const checksum = (bytes: Uint8Array): number => crc32(bytes) & 0xffffff;

/** The content of section 7 for the sections that follow it, in their order. */
export function tableOf(sections: readonly Section[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { tag, content } of sections) {
    writer.u8(tag);
    writer.varint(content.length);
    writer.u24(checksum(content));
  }
  writer.u24(checksum(writer.finish()));
  return writer.finish();
}

/** Null when the table itself was altered. */
function readTable(content: Uint8Array): Entry[] | null {
  if (content.length < CHECKSUM_BYTES) return null;
  const listed = content.subarray(0, content.length - CHECKSUM_BYTES);
  if (new ByteReader(content.subarray(listed.length)).u24() !== checksum(listed)) return null;
  const reader = new ByteReader(listed);
  const entries: Entry[] = [];
  while (reader.remaining > 0) entries.push({ tag: reader.u8(), length: reader.varint(), checksum: reader.u24() });
  return entries;
}

const varintBytes = (value: number): number => {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
};

/** Tag and length in front of a section's content. */
const framing = (length: number): number => 1 + varintBytes(length);

export interface Salvaged {
  readonly sections: ReadonlyMap<number, Uint8Array>;
  /** Tags of sections that the table lists and that did not arrive whole; null when there is no table to tell. */
  readonly lost: readonly number[] | null;
}

const NOTHING: Salvaged = { sections: new Map(), lost: null };

/**
 * The sections that are whole in at least one of several readings of a damaged link.
 * @param readings the bytes behind the header, placed where they would lie in an undamaged link; the first starts like the link did
 * @param received bytes of the first reading that are not filled in
 */
export function salvageSections(readings: readonly Uint8Array[], received: number): Salvaged {
  try {
    const [first] = readings;
    const reader = new ByteReader(first.subarray(0, received));
    if (reader.u8() !== TABLE_TAG) return inOrder(first.subarray(0, received));
    const entries = readTable(reader.bytes(reader.count(reader.remaining, 'a length')));
    return entries ? byTable(entries, readings, received - reader.remaining) : NOTHING;
  } catch (error) {
    if (error instanceof BinaryError) return NOTHING;
    throw error;
  }
}

function byTable(entries: readonly Entry[], readings: readonly Uint8Array[], start: number): Salvaged {
  const sections = new Map<number, Uint8Array>();
  const lost: number[] = [];
  let at = start;
  for (const { tag, length, checksum: expected } of entries) {
    const from = at + framing(length);
    at = from + length;
    const whole = readings
      .map((bytes) => bytes.subarray(from, at))
      .find((content) => content.length === length && checksum(content) === expected);
    if (whole) sections.set(tag, whole);
    else lost.push(tag);
  }
  return { sections, lost };
}

/** Links without a table: the sections before the cut. Whether they were altered cannot be told. */
function inOrder(bytes: Uint8Array): Salvaged {
  const sections = new Map<number, Uint8Array>();
  const reader = new ByteReader(bytes);
  while (reader.remaining > 0) {
    const tag = reader.u8();
    if (reader.remaining === 0) break;
    try {
      sections.set(tag, reader.bytes(reader.varint()));
    } catch (error) {
      if (error instanceof BinaryError) break;
      throw error;
    }
  }
  return { sections, lost: null };
}
