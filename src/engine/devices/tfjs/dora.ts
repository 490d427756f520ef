/** DoRA behind a linear map, from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { DoraOperations } from '../../device.ts';
import type { DoraUse, Groups } from '../../operands.ts';
import { activeGroups, pickGroups, sumBySlot, type TfjsLinear } from './linear.ts';
import { wrap, type TfjsTensor } from './tensor.ts';

const rowNorms = (x: tf.Tensor2D): tf.Tensor1D => tf.sqrt(tf.add(tf.sum<tf.Tensor1D>(tf.square(x), 1), 1e-24));

/** c − 1 of every group, [groups, 1, out]; zeros where a group is inactive. */
function changes({ scales, slotOfGroup }: DoraUse<TfjsTensor>): tf.Tensor3D {
  const { rows: slots, cols } = scales;
  const outputs = cols / 2;
  const change = tf.sub<tf.Tensor2D>(tf.slice(scales.value, [0, 0], [slots, outputs]), 1);
  const index = tf.tensor1d(
    slotOfGroup.map((slot) => (slot < 0 ? slots : slot)),
    'int32',
  );
  const all = tf.concat2d([change, tf.zeros([1, outputs])], 0);
  return tf.reshape(tf.gather(all, index), [slotOfGroup.length, 1, outputs]);
}

/** y = z + (c − 1) ∘ (z − bias) (+ residual), [R, out]. */
function scaled(
  z: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  groups: Groups,
  dora: DoraUse<TfjsTensor>,
  residual: tf.Tensor2D | null,
): tf.Tensor2D {
  const plain = bias ? tf.sub(z, bias) : z;
  const byGroup = tf.reshape(plain, [groups.count, groups.rowsPerGroup, z.shape[1]]);
  const y = tf.add<tf.Tensor2D>(z, tf.reshape(tf.mul(changes(dora), byGroup), z.shape));
  return residual ? tf.add(y, residual) : y;
}

/** Gradient of δ, [slots, out], zero for slots without an active group. */
function magnitudeGradient(
  dy: tf.Tensor2D,
  z: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  groups: Groups,
  { scales, slotOfGroup }: DoraUse<TfjsTensor>,
): tf.Tensor2D {
  const active = activeGroups(groups, slotOfGroup);
  const slots = active.map((group) => slotOfGroup[group]);
  const { rows, cols } = scales;
  if (active.length === 0) return tf.zeros([rows, cols / 2]);
  const inverse = tf.slice(scales.value, [0, cols / 2], [rows, cols / 2]);
  const plain = bias ? tf.sub<tf.Tensor2D>(z, bias) : z;
  const products = tf.mul(pickGroups(dy, groups, active), pickGroups(plain, groups, active)); // [active, n, out]
  const sums = tf.mul(tf.sum(products, 1), tf.gather(inverse, tf.tensor1d(slots, 'int32')));
  return sumBySlot(sums, slots, rows);
}

export const doraOperations: DoraOperations<TfjsTensor, TfjsLinear> = {
  /** [slots, 2 · out]; slot by slot, so that one updated weight exists at a time and a run that diverges reaches no other. */
  doraScales: ({ weight, inFeatures, outFeatures }, { params, aOffset, bOffset, rank, scale }, offset) =>
    wrap(() => {
      const frozen = rowNorms(weight);
      const rows = Array.from({ length: params.rows }, (_, slot) =>
        tf.tidy(() => {
          const part = (from: number, length: number) => tf.slice(params.value, [slot, from], [1, length]);
          const a = tf.reshape<tf.Rank.R2>(part(aOffset, rank * inFeatures), [rank, inFeatures]);
          const b = tf.reshape<tf.Rank.R2>(part(bOffset, outFeatures * rank), [outFeatures, rank]);
          const norms = rowNorms(tf.add(weight, tf.mul(tf.matMul(b, a), scale)));
          const magnitudes = tf.add(frozen, tf.reshape(part(offset, outFeatures), [outFeatures]));
          return tf.concat1d([tf.div<tf.Tensor1D>(magnitudes, norms), tf.reciprocal(norms)]);
        }),
      );
      return tf.stack(rows) as tf.Tensor2D;
    }),
  applyDora: (z, w, groups, dora, residual) =>
    wrap(() => scaled(z.value, w.bias, groups, dora, residual && residual.value)),
  doraGradient(dy, z, w, groups, dora, gradients) {
    gradients.addColumns(
      dora.offset,
      tf.tidy(() => magnitudeGradient(dy.value, z.value, w.bias, groups, dora)),
    );
    return wrap(() => scaled(dy.value, null, groups, dora, null));
  },
};
