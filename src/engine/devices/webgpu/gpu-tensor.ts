/** A float32 matrix in GPU memory. */
import type { PooledBuffer } from './buffer-pool.ts';

export class GpuTensor {
  /** Null after free, and of the scratch of a launch before it is dispatched. */
  memory: PooledBuffer | null;

  constructor(
    memory: PooledBuffer | null,
    readonly rows: number,
    readonly cols: number,
  ) {
    this.memory = memory;
  }

  get bytes(): number {
    return 4 * this.rows * this.cols;
  }
}

/** The memory of a tensor. @throws Error when it was freed. */
export function memoryOf(tensor: GpuTensor): PooledBuffer {
  if (!tensor.memory) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is used after it was freed.`);
  return tensor.memory;
}

/** @throws Error naming the tensor when its shape is another. */
export function expectShape(tensor: GpuTensor, rows: number, cols: number, name: string): void {
  if (tensor.rows !== rows || tensor.cols !== cols)
    throw new Error(`${name} is [${tensor.rows}, ${tensor.cols}]; expected [${rows}, ${cols}].`);
}
