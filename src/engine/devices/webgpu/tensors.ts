/** Tensors in the buffers of a pool. */
import { MadeTensors } from '../made-tensors.ts';
import type { BufferPool, PooledBuffer } from './buffer-pool.ts';
import { GpuTensor, memoryOf } from './gpu-tensor.ts';

export class Tensors {
  /** What throws in the middle of a pass leaves nothing behind. Memory that is missing is told later, and throws nothing here. */
  readonly made = new MadeTensors<GpuTensor>(
    ({ memory }) => memory !== null,
    (tensor) => this.free(tensor),
  );

  /** @param maxBytes of the largest tensor that the GPU binds */
  constructor(
    private readonly pool: BufferPool,
    readonly maxBytes: number,
  ) {}

  /** An uninitialised tensor. @param before as BufferPool.take has it @throws RangeError when the GPU cannot bind that much at once */
  create(rows: number, cols: number, half: boolean, before = Infinity): GpuTensor {
    const bytes = (half ? 2 : 4) * rows * cols;
    if (bytes > this.maxBytes)
      throw new RangeError(
        `A [${rows}, ${cols}] tensor takes ${Math.ceil(bytes / 2 ** 20)} MB; this GPU takes ${Math.floor(this.maxBytes / 2 ** 20)} MB at once. Choose a smaller batch or fewer runs.`,
      );
    return this.inMemory(this.pool.take(bytes, before), rows, cols, half);
  }

  /** Gives memory to a tensor that has none. */
  lend(tensor: GpuTensor, bytes: number): void {
    tensor.memory = this.pool.take(bytes);
    this.made.add(tensor);
  }

  /** @throws Error when it was freed before */
  free(tensor: GpuTensor): void {
    if (!tensor.memory) throw new Error(`A [${tensor.rows}, ${tensor.cols}] tensor is freed twice.`);
    this.pool.give(tensor.memory);
    tensor.memory = null;
  }

  /** A tensor that takes over the memory of `consumed`, whose handle becomes invalid. */
  takeOver(consumed: GpuTensor): GpuTensor {
    const tensor = this.inMemory(memoryOf(consumed), consumed.rows, consumed.cols, consumed.half);
    consumed.memory = null;
    return tensor;
  }

  private inMemory(memory: PooledBuffer, rows: number, cols: number, half: boolean): GpuTensor {
    const tensor = new GpuTensor(memory, rows, cols, half);
    this.made.add(tensor);
    return tensor;
  }
}
