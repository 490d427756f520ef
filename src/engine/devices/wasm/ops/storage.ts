/** Tensors: made, written, read and freed. */
import type { StorageOperations } from '../../../device.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

const checked = (tensor: WasmTensor, name: string) => addressOf(tensor, tensor.rows, tensor.cols, name);

function recordFill(r: Recorder, { rows, cols, address }: WasmTensor): void {
  r.record(KernelId.fill, rows * cols, r.grain(rows * cols, 0.5), address);
}

export function storageOperations(r: Recorder): StorageOperations<WasmTensor> {
  return {
    upload(values, rows, cols) {
      if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
      return r.uploaded(values, rows, cols);
    },
    zeros(rows, cols) {
      r.begin();
      const tensor = r.tensor(rows, cols);
      recordFill(r, tensor);
      return tensor;
    },
    write(tensor, values) {
      const address = checked(tensor, 'write tensor');
      const count = tensor.rows * tensor.cols;
      if (values.length !== count)
        throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
      r.begin();
      r.record(KernelId.copy, count, r.grain(count, 1), address, r.stage(values, 'float'));
    },
    fillZero(tensor) {
      checked(tensor, 'fillZero tensor');
      r.begin();
      recordFill(r, tensor);
    },
    async read(tensor) {
      checked(tensor, 'read tensor');
      return r.values(tensor);
    },
    async readAll(tensors) {
      for (const tensor of tensors) checked(tensor, 'readAll tensor');
      return tensors.map((tensor) => r.values(tensor));
    },
    free(...tensors) {
      for (const tensor of tensors) if (tensor) r.free(tensor);
    },
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => r.memoryBytes,
  };
}
