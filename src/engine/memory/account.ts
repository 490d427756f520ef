/** Book-keeping of a device that allocates and computes nothing. */

/** A tensor that only has a size. */
export interface Counted {
  readonly rows: number;
  readonly cols: number;
  /** Bytes of its block; 0 once it is freed. */
  block: number;
  /** The host wrote it, at once. */
  readonly uploaded?: true;
}

/** Bytes a device sets aside for a tensor of so many bytes. */
export type BlockSize = (bytes: number) => number;

/**
 * What is in use, and what a device has had to take for it. A freed block is used again by tensors of its size only, as in the pools of our devices:
 * so the memory taken is, over all sizes, the most blocks that were ever in use at once.
 */
export class Account {
  private readonly inUse = new Map<number, number>();
  private readonly most = new Map<number, number>();
  /** Temporary blocks of the operation recorded last, on devices that free them when the next one begins. */
  private held: number[] = [];
  live = 0;
  /** Of `live`: weights, as they are and as they were laid out during steps. */
  weights = 0;
  /** Bytes of the largest tensor. */
  largest = 0;
  /** Bytes that the host wrote. */
  uploaded = 0;

  constructor(private readonly blockSize: BlockSize) {}

  private take(bytes: number): number {
    const block = this.blockSize(bytes);
    const count = (this.inUse.get(block) ?? 0) + 1;
    this.inUse.set(block, count);
    if (count > (this.most.get(block) ?? 0)) this.most.set(block, count);
    this.live += block;
    this.largest = Math.max(this.largest, bytes);
    return block;
  }

  private give(block: number): void {
    this.inUse.set(block, (this.inUse.get(block) ?? 0) - 1);
    this.live -= block;
  }

  tensor(rows: number, cols: number, valueBytes: 2 | 4 = 4): Counted {
    return { rows, cols, block: this.take(valueBytes * rows * cols) };
  }

  /** A tensor that the host writes: into memory that no recorded command uses, and none gets it back before the step is done. */
  upload(rows: number, cols: number): Counted {
    const tensor = this.tensor(rows, cols);
    this.uploaded += tensor.block;
    return { ...tensor, uploaded: true };
  }

  /** A tensor that holds weights, in words of four bytes. */
  weight(rows: number, cols: number): Counted {
    const tensor = this.tensor(rows, cols);
    this.weights += tensor.block;
    return tensor;
  }

  /** @throws Error when it is freed twice: the passes free every tensor once on every device */
  free(tensor: Counted): void {
    if (tensor.block === 0) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is freed twice.`);
    if (!tensor.uploaded) this.give(tensor.block);
    tensor.block = 0;
  }

  /** A tensor that takes over the memory of `consumed`. */
  takeOver(consumed: Counted): Counted {
    const tensor = { ...consumed };
    consumed.block = 0;
    return tensor;
  }

  /** Memory that an operation needs until the next one begins. */
  temporary(bytes: number): void {
    this.held.push(this.take(bytes));
  }

  /** An operation begins. */
  begin(): void {
    for (const block of this.held) this.give(block);
    this.held = [];
  }

  /** Bytes taken in all: in use and kept for reuse. */
  get taken(): number {
    let bytes = 0;
    for (const [block, count] of this.most) bytes += block * count;
    return bytes;
  }
}
