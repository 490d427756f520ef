/**
 * Sections of format 2: bytes and curves in one arithmetic code. Bytes are forecast from earlier bytes (coding/byte-model.ts), curves from all known numbers
 * around a number (coding/integer-curves.ts). docs/links.md specifies both.
 */
import { BinaryError, Reader, Writer } from './binary.ts';
import { BitDecoder, BitEncoder } from './coding/arithmetic-coder.ts';
import { ByteModel } from './coding/byte-model.ts';
import type { CodeBit } from './coding/code-bit.ts';
import { CurveBits } from './coding/curve-bits.ts';
import { codeCurves, type Range, type Related } from './coding/integer-curves.ts';
import type { Fidelity } from './fidelity.ts';
import { LINK_CHECKS } from './words.ts';

/** Most bytes and numbers in one section: more than the longest link holds, and a limit on the time that a forged link takes. */
export const MAX_SYMBOLS = 16_384;

/** The section would hold more than readers accept, or than there is room for. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Format 2. What it writes fails with TooLargeError where a reader would take no more. */
export class CodedWriter extends Writer {
  readonly fidelity: Fidelity;
  #left = MAX_SYMBOLS;
  readonly #bits = new BitEncoder();
  readonly #model = new ByteModel();
  readonly #curveBits: CurveBits;
  readonly #codeBit: CodeBit = (zero, bit) => {
    this.#bits.encode(bit, zero);
    if (this.#bits.least > this.#most) throw new TooLargeError(`The section would be longer than ${this.#most} bytes.`);
    return bit;
  };
  readonly #most: number;

  /**
   * @param curveBits of writers that may have written the same curves
   * @param most bytes that are of use; beyond them it throws a TooLargeError
   */
  constructor(fidelity: Fidelity, curveBits = new CurveBits(), most = Infinity) {
    super();
    this.fidelity = fidelity;
    this.#curveBits = curveBits;
    this.#most = most;
  }

  #take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw new TooLargeError(`A section holds at most ${MAX_SYMBOLS} bytes and numbers.`);
  }

  override u8(value: number): void {
    this.#take(1);
    this.#model.code(this.#codeBit, value);
  }

  /** Curves of whole numbers whose lengths the reader knows. */
  curves(curves: readonly (readonly number[])[], range: Range, related: Related): void {
    this.#take(curves.reduce((sum, { length }) => sum + length, 0));
    this.#curveBits.tell(this.#codeBit, curves, range, related);
  }

  finish(): Uint8Array {
    return this.#bits.finish();
  }
}

/** Format 2. What is read fails with BinaryError where a section holds more than MAX_SYMBOLS. */
export class CodedReader extends Reader {
  override readonly format = 2;
  readonly #bytes: Uint8Array;
  readonly #bits: BitDecoder;
  readonly #model = new ByteModel();
  readonly #codeBit: CodeBit;
  #left = MAX_SYMBOLS;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
    const bits = new BitDecoder(bytes);
    this.#bits = bits;
    this.#codeBit = (zero) => bits.decode(zero);
  }

  override get isAtEnd(): boolean {
    return this.#bits.isAtEnd;
  }

  override again(): Reader {
    return new CodedReader(this.#bytes);
  }

  override get remaining(): number {
    return this.#left;
  }

  #take(count: number, what: string): void {
    if (count > this.#left) throw new BinaryError(LINK_CHECKS.tooMuch(what));
    this.#left -= count;
  }

  override u8(what = 'a byte'): number {
    this.#take(1, what);
    return this.#model.code(this.#codeBit, 0);
  }

  curves(lengths: readonly number[], range: Range, related: Related, what: string): number[][] {
    this.#take(
      lengths.reduce((sum, length) => sum + length, 0),
      what,
    );
    return codeCurves(this.#codeBit, lengths, range, related, null);
  }
}
