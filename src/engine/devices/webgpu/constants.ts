/** The words of one submission that come from the host: uniform blocks of dispatches and the small arrays they name. */

/** A small array as a kernel reads it: its place among the words is a field of the block. */
export type ConstantArray = Int32Array | Uint32Array | Float32Array;
export type FieldValue = number | ConstantArray;

/** Size of a uniform block: the alignment WebGPU guarantees to allow for dynamic offsets. */
export const BLOCK_BYTES = 256;
const BLOCK_WORDS = BLOCK_BYTES / 4;
const STAMP_BYTES = 4;

/** The words of a submission, and where its arrays lie in them. */
export interface Written {
  readonly words: Uint32Array;
  readonly offsets: ReadonlyMap<ConstantArray, number>;
}

/** The words of a submission that is sent again. */
export interface Recorded {
  readonly words: Uint32Array;
  readonly places: readonly { readonly array: ConstantArray; readonly offset: number }[];
}

/** What was written, to be sent again. @param changing arrays whose contents will be others then */
export function recordedOf({ words, offsets }: Written, changing: readonly ConstantArray[]): Recorded {
  const places = changing.flatMap((array) => {
    const offset = offsets.get(array);
    return offset === undefined ? [] : [{ array, offset }];
  });
  return { words, places };
}

/** Of a submission that is being recorded. A block is aligned to BLOCK_BYTES and lies behind the arrays that it names first. */
export class Constants {
  private readonly words: Uint32Array<ArrayBuffer>;
  private readonly integers: Int32Array;
  private readonly floats: Float32Array;
  private used = 0;
  private readonly offsets = new Map<ConstantArray, number>();

  private readonly room: number;

  /** @param room bytes of blocks and arrays */
  constructor(room: number) {
    this.room = room / 4;
    const memory = new ArrayBuffer(room + STAMP_BYTES);
    this.words = new Uint32Array(memory);
    this.integers = new Int32Array(memory);
    this.floats = new Float32Array(memory);
  }

  /** Of the buffer on the GPU. */
  get bytes(): number {
    return this.words.byteLength;
  }
  get view(): Uint32Array<ArrayBuffer> {
    return this.words.subarray(0, this.used);
  }

  /**
   * Writes arrays and block; the byte offset of the block, or null when there is no room. An array given twice in a submission is stored once.
   * @param floats per field, whether it is f32
   */
  write(floats: readonly boolean[], values: readonly FieldValue[]): number | null {
    // Arrays first: the block comes behind them. Plain loops: this runs several hundred times in a training step.
    for (const value of values) if (typeof value !== 'number' && !this.hold(value)) return null;
    const start = Math.ceil(this.used / BLOCK_WORDS) * BLOCK_WORDS;
    if (start + BLOCK_WORDS > this.room) return null;
    for (let i = 0; i < floats.length; i++) {
      const value = values[i];
      const word = typeof value === 'number' ? value : (this.offsets.get(value) ?? 0);
      if (floats[i]) this.floats[start + i] = word;
      else this.words[start + i] = word; // a negative integer keeps its bits
    }
    this.used = start + BLOCK_WORDS;
    return 4 * start;
  }

  /** Everything written so far. */
  get written(): Written {
    return { words: this.words.slice(0, this.used), offsets: new Map(this.offsets) };
  }

  /** Recorded words, with the present contents of what changes; in place of everything. */
  load({ words, places }: Recorded): void {
    this.words.set(words);
    this.used = words.length;
    this.offsets.clear();
    for (const { array, offset } of places) this.copy(array, offset);
  }

  private copy(values: ConstantArray, offset: number): void {
    if (values instanceof Float32Array) this.floats.set(values, offset);
    else if (values instanceof Int32Array) this.integers.set(values, offset);
    else this.words.set(values, offset);
  }

  /** Writes a number behind everything, for which there is always room; its byte offset. */
  stamp(number: number): number {
    this.words[this.used] = number;
    return 4 * this.used++;
  }

  /** Stores an array unless it is there already; false when there is no room. */
  private hold(values: ConstantArray): boolean {
    if (this.offsets.has(values)) return true;
    if (this.used + values.length > this.room) return false;
    this.copy(values, this.used);
    this.offsets.set(values, this.used);
    this.used += values.length;
    return true;
  }

  /** Room for the next submission. */
  reset(): void {
    this.used = 0;
    this.offsets.clear();
  }
}
