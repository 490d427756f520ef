/** IDX, the format of MNIST and its kin: magic 0 0 type rank, big-endian u32 dimensions, values row by row; often gzipped. */
import { errorText } from '../../core/error-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import { firstBytes, readWhole, type ByteFile } from '../files/byte-file.ts';
import { gunzipped, isGzip } from '../files/gunzip.ts';
import { isIdx } from '../files/endings.ts';
import { MAX_RECORDS } from '../files/limits.ts';
import { segmentsOf, sideIn, sideNamed, withoutSide } from '../files/paths.ts';
import { error, leftOutOne, someOf, warning, type Problem } from '../files/problem.ts';
import { pixelNotes, tellPixels, toPixels } from './array-images.ts';
import {
  ColumnTally,
  readBlocks,
  unreadColumn,
  type ImageBlock,
  type ImageRecord,
  type NotedBlock,
  type OpenOptions,
  type Records,
} from './records.ts';
import { sampledImages } from './sampled-images.ts';
import { FORMAT_WORDS } from './words.ts';

export interface IdxHeader {
  /** 8 u8, 9 i8, 11 i16, 12 i32, 13 f32, 14 f64. */
  readonly type: number;
  readonly dims: readonly number[];
  /** Where the values begin. */
  readonly offset: number;
}

const MAX_RANK = 4;
const HEADER_BYTES = 4 + 4 * MAX_RANK;
const WIDTHS: Readonly<Record<number, number>> = { 8: 1, 9: 1, 11: 2, 12: 4 };
/** Larger pictures are not decoded. */
const MAX_SIDE = 4096;

/** @param bytes the first 20 of the file, or all. @returns null when they are no IDX header */
export function idxHeader(bytes: Uint8Array): IdxHeader | null {
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0) return null;
  const [type, rank] = [bytes[2], bytes[3]];
  const known = type in WIDTHS || type === 13 || type === 14;
  const offset = 4 + 4 * rank;
  if (!known || rank < 1 || rank > MAX_RANK || bytes.length < offset) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { type, dims: Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i)), offset };
}

interface Part {
  readonly path: string;
  readonly file: ByteFile;
  readonly header: IdxHeader;
}

/** @returns null when no file is named like IDX */
export async function openIdx(tree: FileTree, { labelColumn, signal }: OpenOptions = {}): Promise<Records | null> {
  const named = [...tree.files.keys()].filter((at) => isIdx(tree.files[at].path));
  if (named.length === 0) return null;
  const problems: Problem[] = [];
  const parts: Part[] = [];
  for (const at of named) {
    const { path } = tree.files[at];
    try {
      parts.push(await partOf(path, tree.file(at), signal));
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(leftOutOne(path, errorText(cause)));
    }
  }
  const images = parts.filter(({ header }) => header.dims.length >= 3);
  const labels = parts.filter(({ header }) => header.dims.length === 1);
  const blocks: ImageBlock[] = [];
  const records: ImageRecord[] = [];
  const pairs = images.map((part) => ({
    part,
    partner:
      labels.find(({ path }) => fits(path, part.path)) ??
      labels.find(({ header }) => header.dims[0] === part.header.dims[0]),
  }));
  const families = [...new Set(pairs.flatMap(({ part, partner }) => (partner ? [familyOf(part.path)] : [])))];
  const family = families.find((name) => name === labelColumn) ?? families.at(0);
  const others = families.filter((name) => name !== family);
  if (family !== undefined && others.length > 0)
    problems.push(warning(null, FORMAT_WORDS.idx.families(family, someOf(others)), others.length));
  const tally = new ColumnTally(family ?? '');
  for (const { part, partner } of pairs) {
    if (partner && familyOf(part.path) !== family) continue;
    try {
      const { block, notes } = await blockOf(part, MAX_RECORDS - records.length, signal);
      const classes = partner ? await labelsOf(partner, signal) : null;
      if (!classes) {
        problems.push(leftOutOne(part.path, FORMAT_WORDS.idx.noLabels));
        continue;
      }
      problems.push(...notes);
      if (classes.length < block.count)
        problems.push(
          warning(
            partner?.path ?? null,
            FORMAT_WORDS.idx.fewerLabels(part.path, block.count, classes.length),
            block.count - classes.length,
          ),
        );
      const count = Math.min(block.count, classes.length);
      if (count === 0) continue;
      blocks.push({ ...block, count });
      const side = sideIn(part.path);
      for (let i = 0; i < count; i++) {
        tally.add(String(classes[i]));
        records.push({ path: `${part.path}#${i + 1}`, className: String(classes[i]), side });
      }
    } catch (cause) {
      signal?.throwIfAborted();
      problems.push(leftOutOne(part.path, errorText(cause)));
    }
  }
  if (records.length === 0) problems.push(error(null, FORMAT_WORDS.idx.none));
  return {
    layout: 'idx',
    name: null,
    records,
    columns:
      families.length > 1 ? families.map((name) => (name === family ? tally.summary() : unreadColumn(name))) : [],
    labelColumn: families.length > 1 ? (family ?? null) : null,
    problems,
    read: (wanted, inner) => readBlocks(blocks, wanted, inner),
  };
}

async function partOf(path: string, file: ByteFile, signal?: AbortSignal): Promise<Part> {
  const head = await firstBytes(file, HEADER_BYTES, signal);
  const inner = isGzip(head) ? gunzipped(file) : file;
  const header = idxHeader(inner === file ? head : await firstBytes(inner, HEADER_BYTES, signal));
  if (!header) throw new Error(FORMAT_WORDS.idx.damaged);
  return { path, file: inner, header };
}

/** Without what differs between images and their labels. */
const bare = (path: string): string =>
  path
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/images?|labels?/g, '')
    .replace(/idx\d/, 'idx');

/** "train-images-idx3-ubyte" and "train-labels-idx1-ubyte" belong together. */
const fits = (labels: string, images: string): boolean => bare(labels) === bare(images);

/**
 * The data set that a file belongs to, by its folders and its name without split, role and number: "emnist-letters" of
 * "emnist-letters-train-images-idx3-ubyte.gz". EMNIST labels the same images in six ways, and their numbers mean something else in each.
 */
function familyOf(path: string): string {
  const folders = segmentsOf(path)
    .slice(0, -1)
    .filter((folder) => sideNamed(folder) === undefined);
  const name = withoutSide(bare(segmentsOf(path).at(-1) ?? '').replace(/[-.]?idx([-.]ubyte|-\w+)?$/, ''));
  return (
    [...folders, name.replace(/[-_. ]+\d*$/, '').replace(/[-_. ]{2,}/g, '-')].filter((part) => part !== '').join('/') ||
    'images'
  );
}

async function blockOf({ path, file, header }: Part, limit: number, signal?: AbortSignal): Promise<NotedBlock> {
  const [said, height, width, channels = 1] = header.dims;
  if (header.type !== 8) throw new Error(FORMAT_WORDS.idx.notBytes);
  if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE || ![1, 3, 4].includes(channels))
    throw new Error(FORMAT_WORDS.idx.size(width, height, channels));
  const length = height * width * channels;
  const there = file.size === null ? said : Math.floor((file.size - header.offset) / length);
  const notes: Problem[] = [];
  if (there < said) notes.push(warning(path, FORMAT_WORDS.cutOff(path, said, Math.max(0, there)), said - there));
  const count = Math.max(0, Math.min(said, there, limit));
  if (Math.min(said, there) > limit) notes.push(warning(path, FORMAT_WORDS.firstImages(MAX_RECORDS)));
  const place = { offset: header.offset, stride: length, length, count };
  const shape = { width, height, channels, planar: false };
  // black and white may be 0 and 1
  const told = tellPixels(shape, await sampledImages(file, place, (bytes) => bytes, signal));
  notes.push(...pixelNotes(path, told));
  return { block: { file, ...place, toImage: (bytes) => toPixels(bytes, shape, told.scale) }, notes };
}

async function labelsOf({ file, header }: Part, signal?: AbortSignal): Promise<ArrayLike<number>> {
  const width = WIDTHS[header.type];
  if (!width) throw new Error(FORMAT_WORDS.idx.notWhole);
  const bytes = await readWhole(file, 64 * 1024 * 1024, signal);
  const count = Math.min(header.dims[0], MAX_RECORDS, Math.floor((bytes.length - header.offset) / width));
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.offset);
  const read = {
    8: (i: number) => view.getUint8(i),
    9: (i: number) => view.getInt8(i),
    11: (i: number) => view.getInt16(2 * i),
    12: (i: number) => view.getInt32(4 * i),
  }[header.type as 8];
  return Array.from({ length: Math.max(0, count) }, (_, i) => read(i));
}
