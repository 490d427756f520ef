/** Tensors: made, written, read and freed. */
import * as tf from '@tensorflow/tfjs-core';
import type { StorageOperations } from '../../device.ts';
import { TfjsTensor } from './tensor.ts';

/** Reads a second handle, because the WebGPU backend fails when the tensor is freed before its values have arrived. */
async function read(tensor: TfjsTensor): Promise<Float32Array> {
  const handle = tf.keep(tf.clone(tensor.value));
  const values = await handle.data<'float32'>();
  handle.dispose();
  return values.slice();
}

export function storageOperations(): StorageOperations<TfjsTensor> {
  const baseline = tf.memory().numBytes;
  return {
    upload: (values, rows, cols) => new TfjsTensor(tf.tensor2d(values.slice(), [rows, cols])),
    zeros: (rows, cols) => new TfjsTensor(tf.zeros([rows, cols])),
    write: (tensor, values) => tensor.replace(tf.tensor2d(values.slice(), [tensor.rows, tensor.cols])),
    fillZero: (tensor) => tensor.replace(tf.zeros([tensor.rows, tensor.cols])),
    read,
    readAll: (tensors) => Promise.all(tensors.map(read)),
    free: (...tensors) => tensors.forEach((tensor) => tensor?.release()),
    shape: ({ rows, cols }) => ({ rows, cols }),
    memoryBytes: () => tf.memory().numBytes - baseline,
  };
}
