/** Tensors: made, written, read and freed. */
import type { StorageOperations } from '../../../device.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { fillKernel } from '../kernels/fill.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';

export function storageOperations(runtime: Runtime): StorageOperations<GpuTensor> {
  const fillZero = (tensor: GpuTensor): void => {
    memoryOf(tensor);
    const count = tensor.rows * tensor.cols;
    runtime.dispatch(fillKernel(), [tensor], [count], grid(Math.ceil(count / 256)), { flops: 0, bytes: 4 * count });
  };
  return {
    upload(values, rows, cols) {
      if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
      return runtime.uploaded(values, rows, cols);
    },
    zeros(rows, cols) {
      const tensor = runtime.tensor(rows, cols);
      fillZero(tensor);
      return tensor;
    },
    write(tensor, values) {
      expectShape(tensor, tensor.rows, tensor.cols, 'write');
      if (values.length !== tensor.rows * tensor.cols)
        throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
      runtime.write(tensor, values);
    },
    fillZero,
    async read(tensor) {
      memoryOf(tensor);
      const [values] = await runtime.read([tensor]);
      return values;
    },
    async readAll(tensors) {
      tensors.forEach(memoryOf);
      return runtime.read(tensors);
    },
    free(...tensors) {
      for (const tensor of tensors) if (tensor) runtime.free(tensor);
    },
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => runtime.memoryBytes,
  };
}
