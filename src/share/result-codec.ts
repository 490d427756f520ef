/**
 * A StudyResult as a few hundred bytes.
 *
 *     0  format version            u8
 *     1  length of everything      u24
 *     4  check of the bytes 0–3    u8, low byte of their CRC-32
 *     5  CRC-32 of what follows    u32
 *     9  sections                  tag u8, length varint, content
 *
 * Readers skip sections whose tag they do not know. A section's content may grow at its end.
 */
import * as v from 'valibot';
import { StudyResultSchema, type StudyResult } from '../study/result.ts';
import { BinaryError, ByteReader, ByteWriter } from './binary.ts';
import { crc32 } from './checksum.ts';
import { describeIssues } from './describe-issues.ts';
import { readLandscapes, writeLandscapes } from './sections/landscape.ts';
import { readMeta, writeMeta } from './sections/meta.ts';
import { readPruning, writePruning } from './sections/pruning.ts';
import { readRuns, writeRuns } from './sections/runs.ts';
import { readShapley, writeShapley } from './sections/shapley.ts';

export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 9;

const META = 1;
const SECTIONS = [
  { tag: 2, write: writeRuns },
  { tag: 3, write: writeLandscapes },
  { tag: 4, write: writeShapley },
  { tag: 5, write: writePruning },
] as const;

/** @param leftOut codes of reductions.ts that were applied to the result before. */
export function encodeResult(result: StudyResult, leftOut: readonly number[]): Uint8Array {
  const body = new ByteWriter();
  const section = (tag: number, write: (writer: ByteWriter) => void) => {
    const content = new ByteWriter();
    write(content);
    body.u8(tag);
    body.varint(content.length);
    body.bytes(content.finish());
  };
  section(META, (writer) => writeMeta(writer, result, leftOut));
  for (const { tag, write } of SECTIONS) section(tag, (writer) => write(writer, result));
  return withHeader(body.finish());
}

/** Puts the header before the sections. @throws RangeError when they are too long to be described by it. */
export function withHeader(sections: Uint8Array): Uint8Array {
  const length = HEADER_BYTES + sections.length;
  if (length > 0xffffff) throw new RangeError(`A result of ${length} bytes is too long for this format.`);
  const start = new ByteWriter();
  start.u8(FORMAT_VERSION);
  start.u24(length);
  const whole = new ByteWriter();
  whole.bytes(start.finish());
  whole.u8(crc32(start.finish()) & 0xff);
  whole.u32(crc32(sections));
  whole.bytes(sections);
  return whole.finish();
}

export interface Header {
  readonly version: number;
  /** Of header and sections, in bytes. */
  readonly length: number;
  readonly checksum: number;
}

/** Null when the header itself was altered. @throws BinaryError when fewer than HEADER_BYTES are there. */
export function readHeader(bytes: Uint8Array): Header | null {
  const reader = new ByteReader(bytes);
  const version = reader.u8('the header');
  const length = reader.u24('the header');
  const check = reader.u8('the header');
  const checksum = reader.u32('the header');
  return check === (crc32(bytes.subarray(0, 4)) & 0xff) ? { version, length, checksum } : null;
}

export interface DecodedResult {
  readonly result: StudyResult;
  /** Codes of reductions.ts. */
  readonly leftOut: readonly number[];
  /** Sections of a later version that were skipped. */
  readonly skipped: number;
}

/**
 * Reads the sections behind the header, whose checksum the caller has compared.
 * @throws BinaryError when they are not what encodeResult writes or the result does not pass the schema.
 */
export function decodeSections(sections: Uint8Array): DecodedResult {
  const reader = new ByteReader(sections);
  const contents = new Map<number, ByteReader>();
  let skipped = 0;
  while (reader.remaining > 0) {
    const tag = reader.u8('a section');
    const content = reader.bytes(reader.count(reader.remaining, 'the length of a section'), 'a section');
    if (tag !== META && !SECTIONS.some((section) => section.tag === tag)) skipped++;
    else if (contents.has(tag)) throw new BinaryError('A section occurs twice.');
    else contents.set(tag, new ByteReader(content));
  }
  const metaReader = contents.get(META);
  if (!metaReader) throw new BinaryError('The description of the study is missing.');
  const { meta, leftOut } = readMeta(metaReader);
  const read = <T>(tag: number, from: (reader: ByteReader) => T[]): T[] => {
    const content = contents.get(tag);
    return content ? from(content) : [];
  };
  const parsed = v.safeParse(StudyResultSchema, {
    ...meta,
    runs: read(2, (content) => readRuns(content, meta)),
    landscape: read(3, (content) => readLandscapes(content, meta)),
    shapley: read(4, (content) => readShapley(content, meta)),
    pruning: read(5, (content) => readPruning(content, meta)),
  });
  if (!parsed.success) throw new BinaryError(`The result is not acceptable (${describeIssues(parsed.issues)}).`);
  return { result: parsed.output, leftOut, skipped };
}
