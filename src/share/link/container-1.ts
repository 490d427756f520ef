/**
 * What carries the sections of links of format 1:
 *
 *     0  format version            u8
 *     1  length of everything      u24
 *     4  check of the bytes 0–3    u8, low byte of their CRC-32
 *     5  CRC-32 of what follows    u32
 *     9  sections                  tag u8, length varint, content
 *
 * Section 7, the first but in links of the first days, is a table of the sections behind it:
 *
 *   per section   tag u8, length of its content varint, checksum of its content u24
 *   at the end    checksum of the table itself u24
 */
import { crc32 } from '../../core/crc32.ts';
import { BinaryError, ByteReader } from './binary.ts';
import { salvageListed, shortChecksum, type Entry, type Outline, type Salvaged } from './container.ts';
import { LINK_CHECKS } from './words.ts';

const HEADER_BYTES = 9;
export const TABLE_TAG = 7;
const CHECKSUM_BYTES = 3;

/** Null if the header was altered. @throws BinaryError when it is incomplete. */
export function readOldOutline(bytes: Uint8Array): Outline | null {
  const reader = new ByteReader(bytes);
  const version = reader.u8('the header');
  const length = reader.u24('the header');
  const check = reader.u8('the header');
  const checksum = reader.u32('the header');
  if (version !== 1 || check !== (crc32(bytes.subarray(0, 4)) & 0xff)) return null;
  const behindHeader = (whole: Uint8Array): Uint8Array => whole.subarray(HEADER_BYTES, length);
  return {
    length,
    sections: (whole) => (crc32(behindHeader(whole)) === checksum ? readSections(behindHeader(whole)) : null),
    salvage: (readings, received) => salvage(readings.map(behindHeader), Math.max(0, received - HEADER_BYTES)),
  };
}

function readSections(bytes: Uint8Array): Map<number, Uint8Array> {
  const reader = new ByteReader(bytes);
  const sections = new Map<number, Uint8Array>();
  while (reader.remaining > 0) {
    const tag = reader.u8('a section');
    const content = reader.bytes(reader.count(reader.remaining, 'the length of a section'), 'a section');
    if (sections.has(tag)) throw new BinaryError(LINK_CHECKS.sectionTwice);
    sections.set(tag, content);
  }
  return sections;
}

/** Null if the table itself was altered. */
function readTable(content: Uint8Array): Entry[] | null {
  if (content.length < CHECKSUM_BYTES) return null;
  const listed = content.subarray(0, content.length - CHECKSUM_BYTES);
  if (new ByteReader(content.subarray(listed.length)).u24() !== shortChecksum(listed)) return null;
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

const NOTHING: Salvaged = { sections: new Map(), lost: null };

/** @param readings of the bytes after the header */
function salvage(readings: readonly Uint8Array[], received: number): Salvaged {
  try {
    const [first] = readings;
    const reader = new ByteReader(first.subarray(0, received));
    if (reader.u8() !== TABLE_TAG) {
      // Without a table, altered sections look like intact ones, so only sections before a cut are trusted.
      return received < first.length ? inOrder(first.subarray(0, received)) : NOTHING;
    }
    const entries = readTable(reader.bytes(reader.count(reader.remaining, 'a length')));
    return entries ? byTable(entries, readings, received - reader.remaining) : NOTHING;
  } catch (error) {
    if (error instanceof BinaryError) return NOTHING;
    throw error;
  }
}

function byTable(entries: readonly Entry[], readings: readonly Uint8Array[], start: number): Salvaged {
  let at = start;
  const starts = entries.map(({ length }) => {
    const from = at + framing(length);
    at = from + length;
    return from;
  });
  return salvageListed(entries, readings, starts);
}

/** For links without a table: the sections before the cut. Alterations cannot be detected. */
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
