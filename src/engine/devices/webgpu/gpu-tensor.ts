/** A matrix in GPU memory: of float32, or of halves that lie two to a word. */
import type { PooledBuffer } from './buffer-pool.ts';

export class GpuTensor {
  /** Null after free, and of the scratch of a launch before it is dispatched. */
  memory: PooledBuffer | null;

  constructor(
    memory: PooledBuffer | null,
    readonly rows: number,
    readonly cols: number,
    /** Rows of halves take whole vectors of four. */
    readonly half = false,
  ) {
    this.memory = memory;
  }

  /** Bytes of one value. */
  get valueBytes(): number {
    return this.half ? 2 : 4;
  }

  get bytes(): number {
    return this.valueBytes * this.rows * this.cols;
  }
}

/** The memory of a tensor. @throws Error when it was freed. */
export function memoryOf(tensor: GpuTensor): PooledBuffer {
  if (!tensor.memory) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is used after it was freed.`);
  return tensor.memory;
}

/** @throws Error naming the tensor when its shape is another, or it holds halves, which few operations read */
export function expectShape(tensor: GpuTensor, rows: number, cols: number, name: string): void {
  expectKept(tensor, rows, cols, name);
  if (tensor.half) throw new Error(`${name} is kept in half precision; expected float32.`);
}

/** For operations that read halves too. @throws Error naming the tensor when its shape is another. */
export function expectKept(tensor: GpuTensor, rows: number, cols: number, name: string): void {
  if (tensor.rows !== rows || tensor.cols !== cols)
    throw new Error(`${name} is [${tensor.rows}, ${tensor.cols}]; expected [${rows}, ${cols}].`);
}
