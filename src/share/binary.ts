/** Reading and writing small binary structures. Numbers are little-endian; every read is checked against the end of the data. */

/** The data is not what its format promises. The message names what was being read. */
export class BinaryError extends Error {
  override readonly name = 'BinaryError';
}

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  #reserve(extra: number): number {
    const start = this.#length;
    this.#length += extra;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }

  u8(value: number): void {
    const at = this.#reserve(1);
    this.#view.setUint8(at, value);
  }

  u16(value: number): void {
    const at = this.#reserve(2);
    this.#view.setUint16(at, value, true);
  }

  u24(value: number): void {
    this.u8(value & 0xff);
    this.u8((value >>> 8) & 0xff);
    this.u8((value >>> 16) & 0xff);
  }

  u32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  f32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setFloat32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
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
    const at = this.#reserve(data.length);
    this.#bytes.set(data, at);
  }

  /** UTF-8 behind its length in bytes. */
  text(value: string): void {
    const data = new TextEncoder().encode(value);
    this.varint(data.length);
    this.bytes(data);
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  #take(count: number, what: string): number {
    if (count > this.remaining)
      throw new BinaryError(`The data ends inside ${what}: ${count} bytes wanted, ${this.remaining} left.`);
    const at = this.#at;
    this.#at += count;
    return at;
  }

  u8(what = 'a byte'): number {
    return this.#view.getUint8(this.#take(1, what));
  }

  u16(what = 'a number'): number {
    return this.#view.getUint16(this.#take(2, what), true);
  }

  u24(what = 'a number'): number {
    const at = this.#take(3, what);
    return this.#bytes[at] | (this.#bytes[at + 1] << 8) | (this.#bytes[at + 2] << 16);
  }

  u32(what = 'a number'): number {
    return this.#view.getUint32(this.#take(4, what), true);
  }

  /** @throws BinaryError for NaN and infinities, as every number we store is finite. */
  f32(what = 'a number'): number {
    return finite(this.#view.getFloat32(this.#take(4, what), true), what);
  }

  f64(what = 'a number'): number {
    return finite(this.#view.getFloat64(this.#take(8, what), true), what);
  }

  varint(what = 'a count'): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8(what);
      value += (byte & 127) * factor;
      if (!Number.isSafeInteger(value)) throw new BinaryError(`The number in ${what} is too large.`);
      if (byte < 128) return value;
    }
  }

  /** A varint that must not exceed a limit. */
  count(limit: number, what: string): number {
    const value = this.varint(what);
    if (value > limit) throw new BinaryError(`${what} says ${value}, but at most ${limit} are possible.`);
    return value;
  }

  /** A view of the next bytes, not a copy. */
  bytes(count: number, what = 'bytes'): Uint8Array {
    const at = this.#take(count, what);
    return this.#bytes.subarray(at, at + count);
  }

  text(limit: number, what = 'a text'): string {
    const data = this.bytes(this.count(limit, what), what);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
    } catch {
      throw new BinaryError(`${what} is not valid UTF-8.`);
    }
  }
}

function finite(value: number, what: string): number {
  if (!Number.isFinite(value)) throw new BinaryError(`${what} is not a finite number.`);
  return value;
}
