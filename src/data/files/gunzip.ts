/**
 * Gzip, unpacked as it is read: only the current piece is held. fflate unpacks synchronously, without queues between streams. The memory
 * held by DecompressionStream grows with the file in Node, and it stops after the first of several members in some browsers. Format: RFC
 * 1952.
 */
import { Gunzip } from 'fflate';
import { crc32 } from '../../core/crc32.ts';
import { joined, type ByteFile, type Bytes } from './byte-file.ts';
import { FILE_WORDS } from './messages.ts';

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 8192 * MEGABYTE;
/** Deflate reaches 1032 : 1 on zeros; raw digits reach 10, so a ratio that stays above this means a zip bomb. */
const MAX_RATIO = 250;
const SMALL = 64 * MEGABYTE;

/** What a file may unpack to. */
export interface GunzipLimits {
  readonly bytes: number;
  /** Unpacked bytes to packed ones. */
  readonly ratio: number;
  /** Below this many bytes a high ratio is harmless. */
  readonly small: number;
}

/** @throws on reading: Error when the file is damaged, cut off, or explodes beyond the limits */
export function gunzipped(
  file: ByteFile,
  limits: GunzipLimits = { bytes: MAX_BYTES, ratio: MAX_RATIO, small: SMALL },
): ByteFile {
  return { size: null, slice: null, stream: (signal) => unpack(file, limits, signal) };
}

/** Packed bytes handed over at once: they unpack to at most a thousand times as many before the limits are looked at. */
const PIECE = 64 * 1024;
/** A member ends with the CRC-32 and the length of its contents. */
const TRAILER = 8;
/** Maximum number of zeros at the end of a member: its trailer, if it is empty, and the end of its last block. */
const MAX_OWN_ZEROS = 32;

/** Unpacks piece by piece and compares every member with its trailer. */
class Members {
  private readonly gunzip: Gunzip;
  private out: Bytes[] = [];
  private crc = 0;
  private length = 0;
  /** The end of the previous piece followed by the current one, and its position in the file. */
  private recent: Bytes = new Uint8Array(0);
  private recentFrom = 0;

  constructor() {
    this.gunzip = new Gunzip((data) => {
      this.crc = crc32(data, this.crc);
      this.length += data.length;
      // A copy in an ordinary buffer, because the library reuses its own.
      if (data.length > 0) this.out.push(new Uint8Array(data));
    });
    this.gunzip.onmember = (offset) => {
      this.compare(offset);
      [this.crc, this.length] = [0, 0];
    };
  }

  /** Returns the unpacked contents of the piece. @throws Error when it or the member before it is damaged */
  push(piece: Bytes): Bytes[] {
    const tail = this.recent.subarray(Math.max(0, this.recent.length - TRAILER));
    this.recentFrom += this.recent.length - tail.length;
    this.recent = joined([tail, piece], tail.length + piece.length);
    this.out = [];
    this.gunzip.push(piece);
    return this.out;
  }

  /**
   * @param zeros number of zeros at the end of the file: some may belong to the member, the others are padding (tapes and some uploads pad
   *   files)
   * @returns the unpacked contents of the last bytes
   * @throws Error when the file ends within a member or the last one is damaged
   */
  end(zeros: number): Bytes[] {
    const late: Bytes[] = [];
    // before anything is unpacked, zeros look like the trailer of an empty member: only the end of an empty block may stand before them
    if (this.length === 0 && ![0x03, 0xff].includes(this.recent.at(-1) ?? 0)) throw new Error(FILE_WORDS.damaged);
    for (let used = 0; !this.isWhole(this.recentFrom + this.recent.length); used++) {
      if (used >= Math.min(zeros, MAX_OWN_ZEROS)) throw new Error(FILE_WORDS.damaged);
      late.push(...this.push(new Uint8Array(1)));
    }
    return late;
  }

  private compare(memberEnd: number): void {
    if (!this.isWhole(memberEnd)) throw new Error(FILE_WORDS.damaged);
  }

  private isWhole(memberEnd: number): boolean {
    const at = memberEnd - TRAILER - this.recentFrom;
    const trailer = new DataView(this.recent.buffer, this.recent.byteOffset, this.recent.length);
    return at >= 0 && trailer.getUint32(at, true) === this.crc && trailer.getUint32(at + 4, true) === this.length >>> 0;
  }
}

async function* unpack(
  file: ByteFile,
  limits: GunzipLimits,
  signal?: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  let [packed, unpacked] = [0, 0];
  const members = new Members();
  const check = (value: Bytes): Bytes => {
    unpacked += value.length;
    if (unpacked > limits.bytes) throw new Error(FILE_WORDS.unpacksToMore(Math.round(limits.bytes / MEGABYTE)));
    if (unpacked > limits.small && unpacked > limits.ratio * packed)
      throw new Error(FILE_WORDS.unpacksToTimes(limits.ratio));
    signal?.throwIfAborted();
    return value;
  };
  const pieces = new Pieces(file, signal);
  for await (const piece of pieces) {
    packed += piece.length;
    for (const value of members.push(piece)) yield check(value);
  }
  for (const value of members.end(pieces.zeros)) yield check(value);
}

/** Splits a file into small pieces and withholds its trailing zeros. */
class Pieces {
  /** Held back until something follows them. */
  zeros = 0;
  readonly #file: ByteFile;
  readonly #signal: AbortSignal | undefined;
  constructor(file: ByteFile, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#signal = signal;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<Bytes, void, undefined> {
    for await (const chunk of this.#file.stream(this.#signal))
      for (let from = 0; from < chunk.length; from += PIECE) {
        const piece = chunk.subarray(from, from + PIECE);
        const end = piece.findLastIndex((byte) => byte !== 0) + 1;
        if (end > 0) {
          for (; this.zeros > 0; this.zeros -= Math.min(PIECE, this.zeros))
            yield new Uint8Array(Math.min(PIECE, this.zeros));
          yield piece.subarray(0, end);
        }
        this.zeros += piece.length - end;
      }
  }
}

/** Whether bytes begin as gzip with DEFLATE (RFC 1952). @param head at least three bytes */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}
