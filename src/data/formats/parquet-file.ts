/**
 * Parquet through hyparquet, with guards: the claims of footers and page headers are checked against the file, since a few bytes could
 * otherwise request gigabytes.
 */
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  type SchemaTree,
} from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { compressors } from 'hyparquet-compressors';
import { asError } from '../../core/error-text.ts';
import type { ByteFile } from '../files/byte-file.ts';
import { FORMAT_WORDS } from './words.ts';

const MEGABYTE = 1024 * 1024;
/** A row group is read as a whole. */
const MAX_CHUNK = 1024 * MEGABYTE;
const MAX_PAGE = 512 * MEGABYTE;
const MAX_RATIO = 250;
const MAX_GROUP_ROWS = 10_000_000;
const MAX_FOOTER = 64 * MEGABYTE;

export interface ParquetFile {
  readonly metadata: FileMetaData;
  readonly columns: readonly SchemaTree[];
  /** Rows before each row group, and all rows at the end. */
  readonly starts: readonly number[];
  /** Values of one column, rows begin to end. @throws Error when damaged; the signal's reason when aborted */
  readonly read: (
    column: string,
    begin: number,
    end: number,
    text: boolean,
    signal?: AbortSignal,
  ) => Promise<unknown[]>;
}

type Slice = NonNullable<ByteFile['slice']>;

/** @throws Error when it is no parquet file, damaged, or too large in parts; the signal's reason when aborted */
export async function openParquet(file: ByteFile, signal?: AbortSignal): Promise<ParquetFile> {
  const { slice, size } = file;
  if (!slice || size === null) throw new Error(FORMAT_WORDS.parquet.inArchive);
  const metadata = await parquetMetadataAsync(await footerOf(slice, size, signal), { geoparquet: false });
  if (metadata.schema.length === 0 || metadata.schema.length > 10_000)
    throw new Error(FORMAT_WORDS.parquet.directoryDamaged);
  const schema = parquetSchema(metadata);
  const starts = checkGroups(metadata.row_groups, size, schema);
  return {
    metadata,
    columns: schema.children,
    starts,
    async read(column, begin, end, text, inner) {
      // hyparquet asks for several pieces at once and does not wait for the others when one fails: none may reject
      let failure: Error | null = null;
      const guarded: AsyncBuffer = {
        byteLength: size,
        slice: (from, to = size) =>
          checkedSlice(slice, metadata, from, to, inner).catch((cause: unknown) => {
            failure ??= asError(cause);
            return new ArrayBuffer(0);
          }),
      };
      const options = { file: guarded, metadata, columns: [column], rowStart: begin, rowEnd: end };
      const rows = await parquetReadObjects({ ...options, compressors: CAREFUL, utf8: text, geoparquet: false }).catch(
        (cause: unknown) => {
          throw failure ?? asError(cause);
        },
      );
      inner?.throwIfAborted();
      if (failure) throw failure as Error;
      return rows.map((row) => (row as Record<string, unknown>)[column]);
    },
  };
}

async function footerOf(slice: Slice, size: number, signal?: AbortSignal): Promise<AsyncBuffer> {
  if (size < 12) throw new Error(FORMAT_WORDS.parquet.tooShort);
  return {
    byteLength: size,
    slice: async (from, to = size) => {
      if (to - from > MAX_FOOTER) throw new Error(FORMAT_WORDS.parquet.directoryLarge);
      return (await slice(from, to, signal)).buffer;
    },
  };
}

/** @returns rows before each row group, and all rows at the end */
function checkGroups(groups: FileMetaData['row_groups'], size: number, schema: SchemaTree): number[] {
  if (!Array.isArray(groups)) throw new Error(FORMAT_WORDS.parquet.directoryDamaged);
  const leaves = new Set(leafPaths(schema));
  const starts = [0];
  for (const group of groups) {
    const rows = Number(group.num_rows);
    if (!(rows >= 0 && rows <= MAX_GROUP_ROWS)) throw new Error(FORMAT_WORDS.parquet.directoryDamaged);
    starts.push(starts[starts.length - 1] + rows);
    // hyparquet waits for the chunk of every column of the schema: a duplicate, or one for no column, would fail silently
    const paths = group.columns.flatMap(({ meta_data: meta }) => (meta ? [meta.path_in_schema.join('\0')] : []));
    if (new Set(paths).size < paths.length || paths.some((path) => !leaves.has(path)))
      throw new Error(FORMAT_WORDS.parquet.directoryDamaged);
    for (const { meta_data: meta } of group.columns) {
      if (!meta) continue;
      const begin = Number(meta.dictionary_page_offset || meta.data_page_offset);
      const packed = Number(meta.total_compressed_size);
      if (!(begin >= 0 && packed >= 0 && begin + packed <= size)) throw new Error(FORMAT_WORDS.parquet.directoryBeyond);
      if (!(Number(meta.num_values) >= 0)) throw new Error(FORMAT_WORDS.parquet.directoryDamaged);
    }
  }
  return starts;
}

const leafPaths = ({ children, path }: SchemaTree): string[] =>
  children.length > 0 ? children.flatMap(leafPaths) : [path.join('\0')];

/** Bytes of the file, after a look at the pages of the column chunks in them. */
async function checkedSlice(
  slice: Slice,
  metadata: FileMetaData,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  if (to - from > MAX_CHUNK) throw new Error(FORMAT_WORDS.parquet.groupLarge);
  const bytes = await slice(from, to, signal);
  for (const group of metadata.row_groups) {
    for (const { meta_data: meta } of group.columns) {
      if (!meta) continue;
      const begin = Number(meta.dictionary_page_offset || meta.data_page_offset) - from;
      const end = begin + Number(meta.total_compressed_size);
      if (begin >= 0 && end <= bytes.length) checkPages(bytes.subarray(begin, end), Number(meta.num_values));
    }
  }
  return bytes.buffer;
}

/** Checks the page headers of one column chunk: plausible sizes, and no more values than the chunk has. */
function checkPages(chunk: Uint8Array, values: number): void {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  let seen = 0;
  while (reader.offset < chunk.length - 1) {
    const header = parquetHeader(reader);
    const packed = Number(header.compressed_page_size);
    const unpacked = Number(header.uncompressed_page_size);
    const left = chunk.length - reader.offset;
    const v2 = header.data_page_header_v2;
    const count = Number((header.data_page_header ?? v2)?.num_values ?? 0);
    const dictionary = Number(header.dictionary_page_header?.num_values ?? 0);
    seen += count;
    const honest =
      packed >= 0 &&
      packed <= left &&
      unpacked >= 0 &&
      unpacked <= MAX_PAGE &&
      count >= 0 &&
      seen <= values &&
      dictionary >= 0 &&
      dictionary <= unpacked &&
      (!v2 ||
        (v2.num_nulls >= 0 &&
          v2.num_nulls <= count &&
          v2.num_rows >= 0 &&
          v2.num_rows <= count &&
          v2.definition_levels_byte_length >= 0 &&
          v2.repetition_levels_byte_length >= 0));
    if (!honest) throw new Error(FORMAT_WORDS.parquet.pageDamaged);
    reader.offset += packed;
  }
}

/** Decompressors that reject implausible compression ratios. */
const CAREFUL: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number) => {
      if (length > MEGABYTE && length > MAX_RATIO * input.length) throw new Error(FORMAT_WORDS.parquet.pageRatio);
      return unpack(input, length);
    },
  ]),
);
