/** Batched matrix products. */
import * as tf from '@tensorflow/tfjs-core';

/** Steps along the inner dimension that the WebGPU backend's kernels take at once, for one row and for several. */
const TILE = { one: 128, several: 32 };

/**
 * a_i b_i of every i, each transposed on request. A run that diverges must reach no other one. The WebGPU backend reads rows behind the end
 * of b_i, which are those of b_{i+1}, and counts on zeros in a to cancel them, but 0 · NaN is NaN: there the inner dimension is filled up
 * with zeros to whole tiles.
 */
export function products(a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false): tf.Tensor3D {
  if (tf.getBackend() !== 'webgpu') return tf.matMul(a, b, transposeA, transposeB);
  const inner = a.shape[transposeA ? 1 : 2]!;
  const tile = a.shape[transposeA ? 2 : 1] === 1 ? TILE.one : TILE.several;
  const missing = Math.ceil(inner / tile) * tile - inner;
  const filled = (x: tf.Tensor, axis: 1 | 2) =>
    tf.pad(x, [[0, 0], axis === 1 ? [0, missing] : [0, 0], axis === 2 ? [0, missing] : [0, 0]]);
  if (missing === 0) return tf.matMul(a, b, transposeA, transposeB);
  return tf.matMul(filled(a, transposeA ? 1 : 2), filled(b, transposeB ? 2 : 1), transposeA, transposeB);
}
