/**
 * A StudyResult as a few hundred bytes.
 *
 *     0  format version            u8
 *     1  length of everything      u24
 *     4  check of the bytes 0–3    u8, low byte of their CRC-32
 *     5  CRC-32 of what follows    u32
 *     9  sections                  tag u8, length varint, content
 *
 * Readers skip sections whose tag they do not know. A section's content may grow at its end. docs/links.md specifies every byte.
 */
import * as v from 'valibot';
import { ForeignResultSchema } from '../study/check-result.ts';
import type { StudyResult } from '../study/result.ts';
import { BinaryError, ByteReader, ByteWriter } from './binary.ts';
import { crc32 } from '../core/crc32.ts';
import { describeIssues } from './describe-issues.ts';
import { TABLE_TAG, tableOf, type Section } from './section-table.ts';
import { readFederated, writeFederated } from './sections/federated.ts';
import { readGeometry, writeGeometry } from './sections/geometry.ts';
import { hasImageVariances, readImageVariances, writeImageVariances } from './sections/image-variances.ts';
import { readLandscapes } from './sections/landscape.ts';
import {
  hasMoreLandscapes,
  readMoreLandscapes,
  writeMoreLandscapes,
  writePlainLandscapes,
} from './sections/landscape-more.ts';
import { attachLosses, writeLosses } from './sections/losses.ts';
import { readMerging, writeMerging } from './sections/merging.ts';
import { readMeta, writeMeta } from './sections/meta.ts';
import { readMultitask, writeMultitask } from './sections/multitask.ts';
import { readPlanes, writePlanes } from './sections/planes.ts';
import { readPruning, writePruning } from './sections/pruning.ts';
import { readRuns, writeRuns } from './sections/runs.ts';
import { readShapley, writeShapley } from './sections/shapley.ts';

export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 9;

const META = 1;
const RUNS = 2;
const LOSSES = 6;
const MERGING = 8;
const FEDERATED = 9;
const MULTITASK = 12;
const LANDSCAPE = 3;
const MORE_LANDSCAPES = 10;
const PLANES = 11;
const GEOMETRY = 13;
const IMAGE_VARIANCES = 14;

/** Behind table and description, what matters most first: a link that is cut off loses the last ones. */
const SECTIONS = [
  { tag: LANDSCAPE, name: 'the landscape', write: writePlainLandscapes },
  { tag: 4, name: 'the Shapley values', write: writeShapley },
  { tag: RUNS, name: 'the test and validation figures', write: writeRuns },
  { tag: 5, name: 'the pruning curves', write: writePruning },
  { tag: IMAGE_VARIANCES, name: 'the intervals over images', write: writeImageVariances },
  { tag: MERGING, name: 'the merges', write: writeMerging },
  { tag: FEDERATED, name: 'the federated training', write: writeFederated },
  { tag: MULTITASK, name: 'the merges across tasks', write: writeMultitask },
  { tag: MORE_LANDSCAPES, name: 'aligned paths and training images', write: writeMoreLandscapes },
  { tag: PLANES, name: 'the planes', write: writePlanes },
  { tag: GEOMETRY, name: 'the distances between adapters', write: writeGeometry },
  { tag: LOSSES, name: 'the loss curves', write: writeLosses },
] as const;

/** Sections that a result may do without. */
const holds = (result: StudyResult, tag: number): boolean => {
  switch (tag) {
    case MERGING:
      return result.merging !== undefined;
    case FEDERATED:
      return result.federated !== undefined;
    case MULTITASK:
      return result.multitask !== undefined;
    case MORE_LANDSCAPES:
      return hasMoreLandscapes(result);
    case PLANES:
      return result.planes !== undefined;
    case GEOMETRY:
      return result.geometry !== undefined;
    case IMAGE_VARIANCES:
      return hasImageVariances(result);
    default:
      return true;
  }
};

const KNOWN = new Set<number>([META, TABLE_TAG, ...SECTIONS.map(({ tag }) => tag)]);

/** What a section holds, for people. */
export const sectionName = (tag: number): string =>
  tag === META
    ? 'the settings'
    : (SECTIONS.find((section) => section.tag === tag)?.name ?? 'a part of a later version');

/** @param leftOut codes of reductions.ts that were applied to the result before. */
export function encodeResult(result: StudyResult, leftOut: readonly number[]): Uint8Array {
  const section = (tag: number, write: (writer: ByteWriter) => void): Section => {
    const content = new ByteWriter();
    write(content);
    return { tag, content: content.finish() };
  };
  const sections = [
    section(META, (writer) => writeMeta(writer, result, leftOut)),
    ...SECTIONS.filter(({ tag }) => holds(result, tag)).map(({ tag, write }) =>
      section(tag, (writer) => write(writer, result)),
    ),
  ];
  const body = new ByteWriter();
  for (const { tag, content } of [{ tag: TABLE_TAG, content: tableOf(sections) }, ...sections]) {
    body.u8(tag);
    body.varint(content.length);
    body.bytes(content);
  }
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
export function decodeSections(bytes: Uint8Array): DecodedResult {
  const reader = new ByteReader(bytes);
  const sections = new Map<number, Uint8Array>();
  while (reader.remaining > 0) {
    const tag = reader.u8('a section');
    const content = reader.bytes(reader.count(reader.remaining, 'the length of a section'), 'a section');
    if (sections.has(tag)) throw new BinaryError('A section occurs twice.');
    sections.set(tag, content);
  }
  return assemble(sections);
}

const multitaskFrom = (content: Uint8Array | undefined, known: Pick<StudyResult, 'config'>) =>
  content ? { multitask: readMultitask(new ByteReader(content), known) } : {};

/**
 * A result from the sections that are there; lists whose section is missing are empty.
 * @throws BinaryError when the description of the study is missing or a section is not what encodeResult writes.
 */
export function assemble(sections: ReadonlyMap<number, Uint8Array>): DecodedResult {
  const description = sections.get(META);
  if (!description) throw new BinaryError('The description of the study is missing.');
  const { meta, leftOut, diverged } = readMeta(new ByteReader(description));
  const read = <T>(tag: number, from: (reader: ByteReader) => T[]): T[] => {
    const content = sections.get(tag);
    return content ? from(new ByteReader(content)) : [];
  };
  const runs = read(RUNS, (content) => readRuns(content, meta)).map((run) => {
    const end = diverged.find(({ arm, seed }) => arm === run.arm && seed === run.seed);
    return end ? { ...run, diverged: end.step } : run;
  });
  const losses = sections.get(LOSSES);
  const federated = sections.get(FEDERATED);
  const landscape = read(LANDSCAPE, (content) => readLandscapes(content, meta));
  const [more, geometry] = [sections.get(MORE_LANDSCAPES), sections.get(GEOMETRY)];
  const imageVariances = read(IMAGE_VARIANCES, (content) => readImageVariances(content, meta));
  const parsed = v.safeParse(ForeignResultSchema, {
    ...meta,
    runs: losses && runs.length > 0 ? attachLosses(new ByteReader(losses), runs) : runs,
    landscape: more ? readMoreLandscapes(new ByteReader(more), { ...meta, landscape }) : landscape,
    shapley: read(4, (content) => readShapley(content, meta)),
    pruning: read(5, (content) => readPruning(content, meta)),
    ...multitaskFrom(sections.get(MULTITASK), meta),
    ...(sections.has(MERGING) ? { merging: read(MERGING, (content) => readMerging(content, meta)) } : {}),
    ...(federated ? { federated: readFederated(new ByteReader(federated), meta) } : {}),
    ...(sections.has(PLANES) ? { planes: read(PLANES, (content) => readPlanes(content, meta)) } : {}),
    ...(geometry ? { geometry: readGeometry(new ByteReader(geometry), meta) } : {}),
    ...(imageVariances.length > 0 ? { imageVariances } : {}),
  });
  if (!parsed.success) throw new BinaryError(`The result is not acceptable (${describeIssues(parsed.issues)}).`);
  const skipped = [...sections.keys()].filter((tag) => !KNOWN.has(tag)).length;
  return { result: parsed.output, leftOut, skipped };
}
