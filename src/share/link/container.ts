/**
 * What carries the sections of a link, each with a checksum of its own, so that a link that was cut or altered still yields the sections that
 * arrived whole. Format 2:
 *
 *   number of sections varint; per section tag u8, length of its content varint, checksum of its content u24
 *   checksum of everything so far u24
 *   the contents, one behind the other
 *
 * Checksums are the low 24 bits of the CRC-32. container-1.ts reads what format 1 has instead.
 */
import { crc32 } from '../../core/crc32.ts';
import { BinaryError, ByteReader, ByteWriter } from './binary.ts';
import { LINK_CHECKS } from './words.ts';

/** A section as bytes; what writes and reads its content is a Section of section.ts. */
export interface StoredSection {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The start of a link, which describes the rest. */
export interface Outline {
  /** Length of the whole link in bytes. */
  readonly length: number;
  /** The sections by tag, or null if a checksum does not match. @throws BinaryError when they violate the format. */
  readonly sections: (bytes: Uint8Array) => ReadonlyMap<number, Uint8Array> | null;
  /**
   * The sections that are intact in at least one of several readings of a damaged link.
   * @param readings of the whole link, with missing parts filled in; the first starts like the link did
   * @param received bytes of the first reading that are not filled in
   */
  readonly salvage: (readings: readonly Uint8Array[], received: number) => Salvaged;
}

export interface Salvaged {
  readonly sections: ReadonlyMap<number, Uint8Array>;
  /** Tags of sections that did not arrive intact; null if there is no table to tell. */
  readonly lost: readonly number[] | null;
}

/** A section as a table lists it. */
export interface Entry {
  readonly tag: number;
  readonly length: number;
  readonly checksum: number;
}

const MAX_SECTIONS = 64;
const CHECKSUM_BYTES = 3;

/** The low 24 bits of the CRC-32. */
export const shortChecksum = (bytes: Uint8Array): number => crc32(bytes) & 0xffffff;

/** Bytes that a container has at least beside the contents of so many sections. */
export const leastTable = (sections: number): number => 1 + (2 + CHECKSUM_BYTES) * sections + CHECKSUM_BYTES;

/** Sections behind a table of their tags, lengths and checksums (docs/links.md). */
export function writeContainer(sections: readonly StoredSection[]): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(sections.length);
  for (const { tag, content } of sections) {
    writer.u8(tag);
    writer.varint(content.length);
    writer.u24(shortChecksum(content));
  }
  writer.u24(shortChecksum(writer.finish()));
  for (const { content } of sections) writer.bytes(content);
  return writer.finish();
}

/** Sections for which any reading holds the content that the table promises. @param starts where the contents begin */
export function salvageListed(
  entries: readonly Entry[],
  readings: readonly Uint8Array[],
  starts: readonly number[],
): Salvaged {
  const sections = new Map<number, Uint8Array>();
  const lost: number[] = [];
  entries.forEach(({ tag, length, checksum }, i) => {
    const whole = readings
      .map((bytes) => bytes.subarray(starts[i], starts[i] + length))
      .find((content) => content.length === length && shortChecksum(content) === checksum);
    if (whole) sections.set(tag, whole);
    else lost.push(tag);
  });
  return { sections, lost };
}

/**
 * Null if the start was altered.
 * @param bytes the link, or its beginning
 * @throws BinaryError when its beginning is incomplete
 */
export function readOutline(bytes: Uint8Array): Outline | null {
  const reader = new ByteReader(bytes);
  const count = reader.varint('the number of sections');
  if (count > MAX_SECTIONS) return null;
  const entries = Array.from({ length: count }, (): Entry => {
    return { tag: reader.u8('a section'), length: reader.varint('a section'), checksum: reader.u24('a section') };
  });
  const listed = bytes.subarray(0, bytes.length - reader.remaining);
  if (reader.u24('the table of sections') !== shortChecksum(listed)) return null;
  let at = listed.length + CHECKSUM_BYTES;
  const starts = entries.map(({ length }) => {
    at += length;
    return at - length;
  });
  if (new Set(entries.map(({ tag }) => tag)).size < count) throw new BinaryError(LINK_CHECKS.sectionTwice);
  const salvage: Outline['salvage'] = (readings) => salvageListed(entries, readings, starts);
  return {
    length: at,
    sections: (whole) => {
      const { sections, lost } = salvage([whole], whole.length);
      return lost?.length === 0 ? sections : null;
    },
    salvage,
  };
}
