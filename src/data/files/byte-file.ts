/**
 * The bytes of one file on disk, in an archive or at an address. All readers of the data layer use this interface, so each of them works
 * with every source and reads no more than it needs.
 */

import { FILE_WORDS } from './messages.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A file of which parts can be read: on the disk, in an archive or at an address. */
export interface ByteFile {
  /** Bytes; null when the file is packed and its size unknown until it is unpacked. */
  readonly size: number | null;
  /**
   * Bytes begin to end, fewer if the file ends earlier; null if the bytes can only be read in order.
   *
   * @throws the signal's reason when aborted, Error when reading fails
   */
  readonly slice: ((begin: number, end: number, signal?: AbortSignal) => Promise<Bytes>) | null;
  /** All bytes in order; leaving the loop stops the reading. Same errors. */
  stream(signal?: AbortSignal): AsyncGenerator<Bytes, void, undefined>;
}

/** A file of known size, any part of which can be had. */
export type OpenFile = ByteFile & { readonly size: number; readonly slice: NonNullable<ByteFile['slice']> };

const CHUNK = 1024 * 1024;

/** A file that the user chose, or any other Blob; its parts are read when they are asked for. */
export function blobFile(blob: Blob): OpenFile {
  const slice = async (begin: number, end: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    return new Uint8Array(await blob.slice(begin, end).arrayBuffer());
  };
  return { size: blob.size, slice, stream: (signal) => inChunks(blob.size, slice, signal) };
}

async function* inChunks(
  size: number,
  slice: NonNullable<ByteFile['slice']>,
  signal?: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  for (let at = 0; at < size; at += CHUNK) yield slice(at, Math.min(size, at + CHUNK), signal);
}

/** The part of a file that begins at `offset`: a member of a tar archive. */
export function partOf(file: ByteFile, offset: number, size: number): ByteFile {
  const { slice } = file;
  if (!slice)
    return { size, slice: null, stream: (signal) => pieces(file, [{ begin: offset, end: offset + size }], signal) };
  const part = (begin: number, end: number, signal?: AbortSignal) =>
    slice(offset + Math.min(begin, size), offset + Math.min(end, size), signal);
  return { size, slice: part, stream: (signal) => inChunks(size, part, signal) };
}

/** Bytes of a file, counted from 0. */
export interface Range {
  readonly begin: number;
  /** Exclusive. */
  readonly end: number;
}

/** Reads ranges of a file in one pass: by random access if possible, otherwise in order, skipping the bytes in between. */
async function* pieces(
  file: ByteFile,
  ranges: readonly Range[],
  signal?: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  const cursor = byteCursor(file, signal);
  try {
    for (const { begin, end } of ranges) {
      await cursor.skip(begin - cursor.position);
      while (cursor.position < end) {
        const some = await cursor.take(Math.min(CHUNK, end - cursor.position));
        if (some.length === 0) return;
        yield some;
      }
    }
  } finally {
    await cursor.close();
  }
}

/**
 * One array of bytes per range, shorter if the file ends earlier.
 *
 * @param ranges ascending, without overlaps
 * @throws what the file throws
 */
export async function* readRanges(
  file: ByteFile,
  ranges: readonly Range[],
  signal?: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  const cursor = byteCursor(file, signal);
  try {
    for (const { begin, end } of ranges) {
      await cursor.skip(begin - cursor.position);
      yield await cursor.take(end - begin);
    }
  } finally {
    await cursor.close();
  }
}

/**
 * The beginning of a file, shorter if it ends earlier.
 *
 * @throws what the file throws
 */
export async function firstBytes(file: ByteFile, count: number, signal?: AbortSignal): Promise<Bytes> {
  for await (const bytes of readRanges(file, [{ begin: 0, end: count }], signal)) return bytes;
  return new Uint8Array(0);
}

/** Bytes at the beginning that tell what a file is. */
const HEAD = 512;

/**
 * The beginning of a file, no more of it than needed; nothing where it cannot be read, which is reported by whoever reads the file.
 *
 * @throws the signal's reason when aborted
 */
export async function headOf(file: ByteFile, signal?: AbortSignal): Promise<Bytes> {
  try {
    return await (file.slice ? file.slice(0, HEAD, signal) : firstBytes(file, HEAD, signal));
  } catch {
    signal?.throwIfAborted();
    return new Uint8Array(0);
  }
}

/**
 * The whole file.
 *
 * @param limit in bytes
 * @throws Error when the file is larger than the limit
 */
export async function readWhole(file: ByteFile, limit: number, signal?: AbortSignal): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let length = 0;
  for await (const chunk of file.stream(signal)) {
    length += chunk.length;
    if (length > limit) throw new Error(FILE_WORDS.larger(Math.round(limit / 1024 / 1024)));
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : joined(chunks, length);
}

/** One behind the other. @param length bytes of all together */
export function joined(chunks: readonly Bytes[], length: number): Bytes {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Reads forward only. */
export interface ByteCursor {
  readonly position: number;
  /** Up to `count` bytes, fewer only at the end of the file. */
  take(count: number): Promise<Bytes>;
  /** The position may go beyond the end of the file; take() then returns nothing. */
  skip(count: number): Promise<void>;
  close(): Promise<void>;
}

/** At the beginning of the file. A file without random access is streamed, and closing the cursor ends that. */
export function byteCursor(file: ByteFile, signal?: AbortSignal): ByteCursor {
  return file.slice ? randomCursor(file.slice, file.size, signal) : streamCursor(file, signal);
}

/** Headers lie close together in archives of small files: one read serves several. */
const READ_AHEAD = 64 * 1024;

function randomCursor(slice: NonNullable<ByteFile['slice']>, size: number | null, signal?: AbortSignal): ByteCursor {
  let position = 0;
  let [held, heldFrom]: [Bytes, number] = [new Uint8Array(0), 0];
  return {
    get position() {
      return position;
    },
    async take(count) {
      const end = Math.min(position + count, size ?? Infinity);
      if (end <= position) return new Uint8Array(0);
      if (position < heldFrom || end > heldFrom + held.length) {
        held = await slice(position, Math.max(end, Math.min(position + READ_AHEAD, size ?? Infinity)), signal);
        heldFrom = position;
      }
      const taken = held.slice(position - heldFrom, end - heldFrom);
      position += taken.length;
      return taken;
    },
    async skip(count) {
      position += count;
    },
    close: async () => {},
  };
}

function streamCursor(file: ByteFile, signal?: AbortSignal): ByteCursor {
  const chunks = file.stream(signal);
  let rest: Bytes = new Uint8Array(0);
  let position = 0;
  const more = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return false;
      rest = value;
    }
    return true;
  };
  const advance = (count: number) => {
    rest = rest.subarray(count);
    position += count;
  };
  return {
    get position() {
      return position;
    },
    async take(count) {
      const parts: Bytes[] = [];
      let length = 0;
      while (length < count && (await more())) {
        const part = rest.slice(0, count - length);
        parts.push(part);
        length += part.length;
        advance(part.length);
      }
      return parts.length === 1 ? parts[0] : joined(parts, length);
    },
    async skip(count) {
      const target = position + count;
      while (position < target && (await more())) advance(Math.min(rest.length, target - position));
      position = target;
    },
    close: async () => {
      await chunks.return();
    },
  };
}
