/** The tensors of a reference device, counted until they are freed. */
import type { StorageOperations } from '../../device.ts';
import { ReferenceTensor } from './tensor.ts';

export class ReferenceMemory {
  private readonly live = new Set<ReferenceTensor>();

  /** @param values row-major, taken over; absent: zeros */
  tensor(rows: number, cols: number, values?: Float64Array<ArrayBuffer>): ReferenceTensor {
    const tensor = new ReferenceTensor(rows, cols, values);
    this.live.add(tensor);
    return tensor;
  }

  /** @throws Error when the tensor was freed before */
  free(tensor: ReferenceTensor): void {
    tensor.release();
    this.live.delete(tensor);
  }

  get bytes(): number {
    let bytes = 0;
    for (const tensor of this.live) bytes += tensor.bytes;
    return bytes;
  }
}

export function storageOperations(memory: ReferenceMemory): StorageOperations<ReferenceTensor> {
  const read = (tensor: ReferenceTensor) => Promise.resolve(Float32Array.from(tensor.data));
  return {
    upload(values, rows, cols) {
      if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
      return memory.tensor(rows, cols, new Float64Array(values));
    },
    zeros: (rows, cols) => memory.tensor(rows, cols),
    write(tensor, values) {
      if (values.length !== tensor.data.length)
        throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
      tensor.data.set(values);
    },
    fillZero: (tensor) => void tensor.data.fill(0),
    read,
    readAll: (tensors) => Promise.all(tensors.map(read)),
    free(...tensors) {
      for (const tensor of tensors) if (tensor) memory.free(tensor);
    },
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => memory.bytes,
  };
}
