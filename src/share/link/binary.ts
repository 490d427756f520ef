/** Reads and writes small binary structures. Numbers are little-endian; every read is checked against the end of the data. */
import { LINK_CHECKS } from './words.ts';

/** The data does not follow its format. The message names what was being read. */
export class BinaryError extends Error {
  override readonly name = 'BinaryError';
}

const scratch = new DataView(new ArrayBuffer(8));

/** Writes everything as a sequence of bytes; the subclass decides where they go. */
export abstract class Writer {
  abstract u8(value: number): void;

  #scratch(bytes: number): void {
    for (let i = 0; i < bytes; i++) this.u8(scratch.getUint8(i));
  }

  u16(value: number): void {
    scratch.setUint16(0, value, true);
    this.#scratch(2);
  }

  u24(value: number): void {
    scratch.setUint32(0, value, true);
    this.#scratch(3);
  }

  u32(value: number): void {
    scratch.setUint32(0, value, true);
    this.#scratch(4);
  }

  f32(value: number): void {
    scratch.setFloat32(0, value, true);
    this.#scratch(4);
  }

  f64(value: number): void {
    scratch.setFloat64(0, value, true);
    this.#scratch(8);
  }

  /** Unsigned LEB128: 7 bits per byte, least significant first. @throws RangeError unless a safe integer ≥ 0. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`A varint is a safe integer ≥ 0, got ${value}.`);
    let rest = value;
    while (rest >= 128) {
      this.u8((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.u8(rest);
  }

  bytes(data: Uint8Array): void {
    for (const byte of data) this.u8(byte);
  }

  /** Length in bytes, then UTF-8. */
  text(value: string): void {
    const data = new TextEncoder().encode(value);
    this.varint(data.length);
    this.bytes(data);
  }
}

/** Format 1: bytes as they are. */
export class ByteWriter extends Writer {
  #bytes = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  override u8(value: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
  }

  /** A copy of the written bytes. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Reads what a Writer wrote, from any source of bytes. */
export abstract class Reader {
  /** Format of the link that the bytes come from. */
  abstract readonly format: 1 | 2;

  /** Upper bound of the bytes that can still be read. */
  abstract get remaining(): number;

  /** Whether nothing was written behind what has been read. */
  abstract get isAtEnd(): boolean;

  /** A reader of the same bytes, from their start. */
  abstract again(): Reader;

  /** @throws BinaryError when none is left. */
  abstract u8(what?: string): number;

  /** @throws BinaryError when fewer are left. */
  #expect(bytes: number, what: string): void {
    if (bytes > this.remaining) throw new BinaryError(LINK_CHECKS.ends(what, bytes, this.remaining));
  }

  #scratch(bytes: number, what: string): void {
    this.#expect(bytes, what);
    for (let i = 0; i < bytes; i++) scratch.setUint8(i, this.u8(what));
  }

  u16(what = 'a number'): number {
    this.#scratch(2, what);
    return scratch.getUint16(0, true);
  }

  u24(what = 'a number'): number {
    this.#scratch(3, what);
    return scratch.getUint16(0, true) | (scratch.getUint8(2) << 16);
  }

  u32(what = 'a number'): number {
    this.#scratch(4, what);
    return scratch.getUint32(0, true);
  }

  /** @throws BinaryError for NaN and infinities, because every stored number is finite. */
  f32(what = 'a number'): number {
    this.#scratch(4, what);
    return finite(scratch.getFloat32(0, true), what);
  }

  f64(what = 'a number'): number {
    this.#scratch(8, what);
    return finite(scratch.getFloat64(0, true), what);
  }

  varint(what = 'a count'): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8(what);
      value += (byte & 127) * factor;
      if (!Number.isSafeInteger(value)) throw new BinaryError(LINK_CHECKS.tooLarge(what));
      if (byte < 128) return value;
    }
  }

  /** A varint that must not exceed a limit. */
  count(limit: number, what: string): number {
    const value = this.varint(what);
    if (value > limit) throw new BinaryError(LINK_CHECKS.beyond(what, value, limit));
    return value;
  }

  bytes(count: number, what = 'bytes'): Uint8Array {
    this.#expect(count, what);
    return Uint8Array.from({ length: count }, () => this.u8(what));
  }

  text(limit: number, what = 'a text'): string {
    const data = this.bytes(this.count(limit, what), what);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
    } catch {
      throw new BinaryError(LINK_CHECKS.notText(what));
    }
  }
}

/** Format 1. What is read fails with BinaryError where the data ends. */
export class ByteReader extends Reader {
  override readonly format = 1;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
  }

  override get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  override get isAtEnd(): boolean {
    return this.remaining === 0;
  }

  override again(): Reader {
    return new ByteReader(this.#bytes);
  }

  override u8(what = 'a byte'): number {
    if (this.#at >= this.#bytes.length) throw new BinaryError(LINK_CHECKS.ends(what, 1, 0));
    return this.#bytes[this.#at++];
  }
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new BinaryError(LINK_CHECKS.notFinite(what));
  return value;
}
