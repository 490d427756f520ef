/** Sets a tensor to zero. */
import { memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { fillKernel } from '../kernels/fill.ts';
import { grid, type Runtime } from '../runtime.ts';

export function fillZero(runtime: Runtime, tensor: GpuTensor): void {
  memoryOf(tensor);
  const count = tensor.rows * tensor.cols;
  runtime.dispatch(fillKernel(), [tensor], [count], grid(Math.ceil(count / 256)), { flops: 0, bytes: 4 * count });
}
