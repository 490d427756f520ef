/**
 * Binary arithmetic coding with a 32-bit interval, carry-less: a byte is written as soon as both ends of the interval agree on it. Probabilities are whole
 * 65,536ths, so that every browser reads the same bits.
 */
import { ByteWriter } from '../binary.ts';

/** Where an interval splits: `zero` 65,536ths of it stand for the bit 0. */
function split(low: number, high: number, zero: number): number {
  const range = high - low;
  return low + Math.floor(range / 65536) * zero + Math.floor(((range % 65536) * zero) / 65536);
}

/** The fewest bytes that, with zeros behind them, lie in an interval. */
function bytesWithin(low: number, high: number): number[] {
  for (let unit = 2 ** 32; ; unit /= 256) {
    const value = Math.ceil(low / unit) * unit;
    if (value > high) continue;
    const places = [2 ** 24, 2 ** 16, 2 ** 8, 1].filter((place) => place >= unit);
    return places.map((place) => Math.floor(value / place) % 256);
  }
}

/** Readers append zeros. */
function withoutLastZeros(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
}

const agreeOnByte = (low: number, high: number): boolean => (low ^ high) >>> 24 === 0;
const TOP = 0xffffffff;

/** Bits with their probabilities in, bytes out. */
export class BitEncoder {
  readonly #out = new ByteWriter();
  #low = 0;
  #high = TOP;
  #least = 0;

  /** Length of the finished sequence at least, whatever follows. */
  get least(): number {
    return this.#least;
  }

  /** @param zero probability of the bit 0 in 65,536ths, 1 … 65,535 */
  encode(bit: 0 | 1, zero: number): void {
    const middle = split(this.#low, this.#high, zero);
    if (bit === 0) this.#high = middle;
    else this.#low = middle + 1;
    while (agreeOnByte(this.#low, this.#high)) {
      this.#out.u8(this.#high >>> 24);
      // Zeros at the end are not kept.
      if (this.#high >>> 24 !== 0) this.#least = this.#out.length;
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
    }
  }

  /** The shortest byte sequence for the encoded bits; readers append zeros. */
  finish(): Uint8Array {
    for (const byte of bytesWithin(this.#low, this.#high)) this.#out.u8(byte);
    return withoutLastZeros(this.#out.finish());
  }
}

/** Bytes of the number that a decoder compares with its interval. */
const AHEAD = 4;

/** Bytes in; every bit comes with the probability that the encoder was told. Behind the last byte it reads zeros. */
export class BitDecoder {
  readonly #bytes: Uint8Array;
  #at = 0;
  #low = 0;
  #high = TOP;
  #value = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i < AHEAD; i++) this.#shift();
  }

  /** Whether the bits read so far are what these bytes were written for: an encoder of them alone would write the same. */
  get isAtEnd(): boolean {
    const settled = this.#at - AHEAD;
    const ending = bytesWithin(this.#low, this.#high);
    const written = new Uint8Array(settled + ending.length);
    written.set(this.#bytes.subarray(0, settled));
    written.set(ending, settled);
    const expected = withoutLastZeros(written);
    return expected.length === this.#bytes.length && expected.every((byte, i) => byte === this.#bytes[i]);
  }

  #shift(): void {
    this.#value = ((this.#value << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0;
  }

  /** @param zero as it was encoded */
  decode(zero: number): 0 | 1 {
    const middle = split(this.#low, this.#high, zero);
    const bit = this.#value <= middle ? 0 : 1;
    if (bit === 0) this.#high = middle;
    else this.#low = middle + 1;
    while (agreeOnByte(this.#low, this.#high)) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 0xff) >>> 0;
      this.#shift();
    }
    return bit;
  }
}
