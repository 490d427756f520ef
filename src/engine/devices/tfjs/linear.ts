/** Linear maps and LoRA from stock tfjs operations. R rows, G groups of n rows, `in` and `out` features. */
import * as tf from '@tensorflow/tfjs-core';
import { dropoutUniform } from '../../../core/hash.ts';
import type { LinearOperations } from '../../device.ts';
import { isLive, type DeviceLinear, type Groups, type LoraUse } from '../../operands.ts';
import { products } from './products.ts';
import { wrap, type TfjsTensor } from './tensor.ts';

/** A map of TensorFlow.js, whose weight lies there in both directions. */
export interface TfjsLinear extends DeviceLinear {
  /** [in, out]: stored transposed so that y = x·W and dx = dy·Wᵀ both start from plain matmuls. */
  weightT: tf.Tensor2D;
  /** [out, in] */
  weight: tf.Tensor2D;
  bias: tf.Tensor1D | null;
}

/** The live groups that use a slot. */
export const activeGroups = (groups: Groups, slotOfGroup: Int32Array): number[] =>
  [...slotOfGroup.keys()].filter((group) => slotOfGroup[group] >= 0 && isLive(groups, group));

/** Slots of groups with active LoRA, and their factors A [active, rank, in] and B [active, out, rank]. */
function factors(lora: LoraUse<TfjsTensor>, active: readonly number[], inFeatures: number, outFeatures: number) {
  const slots = active.map((group) => lora.slotOfGroup[group]);
  const { rank, aOffset, bOffset } = lora;
  const params = lora.params.value;
  const slotCount = params.shape[0];
  const index = tf.tensor1d(slots, 'int32');
  const a = tf.reshape(tf.slice(params, [0, aOffset], [slotCount, rank * inFeatures]), [slotCount, rank, inFeatures]);
  const b = tf.reshape(tf.slice(params, [0, bOffset], [slotCount, outFeatures * rank]), [slotCount, outFeatures, rank]);
  return { slots, a: tf.gather(a, index), b: tf.gather(b, index) };
}

/** Mask divided by the keep probability, [active, n, in]; ones for groups without dropout. */
function dropoutMask(
  lora: LoraUse<TfjsTensor>,
  groups: readonly number[],
  rows: number,
  cols: number,
): tf.Tensor3D | null {
  const { dropout } = lora;
  if (!dropout || groups.every((group) => dropout.rates[group] === 0)) return null;
  const mask = new Float32Array(groups.length * rows * cols);
  groups.forEach((group, g) => {
    const rate = dropout.rates[group];
    const key = dropout.keys[group];
    const keep = 1 / (1 - rate);
    for (let i = 0; i < rows * cols; i++)
      mask[g * rows * cols + i] = rate === 0 ? 1 : dropoutUniform(key, i) >= rate ? keep : 0;
  });
  return tf.tensor3d(mask, [groups.length, rows, cols]);
}

/** Rows of the named groups: [R, cols] → [active, n, cols]. */
export function pickGroups(x: tf.Tensor2D, groups: Groups, active: readonly number[]): tf.Tensor3D {
  const all = tf.reshape<tf.Rank.R3>(x, [groups.count, groups.rowsPerGroup, x.shape[1]]);
  return active.length === groups.count ? all : tf.gather(all, tf.tensor1d([...active], 'int32'));
}

/** The inverse of pickGroups with zeros for the others: [active, n, cols] → [R, cols]. */
function spreadGroups(x: tf.Tensor3D, groups: Groups, active: readonly number[]): tf.Tensor2D {
  const [, rows, cols] = x.shape;
  let all: tf.Tensor3D = x;
  if (active.length < groups.count) {
    const position = new Int32Array(groups.count).fill(active.length); // the zero block behind the active ones
    active.forEach((group, i) => (position[group] = i));
    all = tf.gather(tf.concat3d([x, tf.zeros([1, rows, cols])], 0), tf.tensor1d(position, 'int32'));
  }
  return tf.reshape(all, [groups.count * rows, cols]);
}

/**
 * x [items, …] → [slotCount, length of an item]: item i is added to row slots[i], the others are zero. Not a product with a matrix of ones
 * and zeros: there a run that diverges reaches every other one, because 0 · NaN is NaN.
 */
export function sumBySlot(x: tf.Tensor, slots: ArrayLike<number>, slotCount: number): tf.Tensor2D {
  const length = x.size / slots.length;
  const index = tf.tensor2d(Int32Array.from(slots), [slots.length, 1], 'int32');
  return tf.scatterND<tf.Rank.R2>(index, tf.reshape(x, [slots.length, length]), [slotCount, length]);
}

export const linearOperations: LinearOperations<TfjsTensor, TfjsLinear> = {
  linear({ weight, bias, inFeatures, outFeatures }) {
    const w = tf.tensor2d(weight, [outFeatures, inFeatures]);
    return {
      inFeatures,
      outFeatures,
      weight: w,
      weightT: tf.transpose(w),
      bias: bias && tf.tensor1d(bias),
    };
  },
  freeLinear({ weight, weightT, bias }) {
    tf.dispose([weight, weightT]);
    bias?.dispose();
  },
  applyLinear: (x, w, groups, lora, residual) =>
    wrap(() => {
      let y: tf.Tensor2D = tf.matMul(x.value, w.weightT); // [R, out]
      if (w.bias) y = tf.add(y, w.bias);
      const active = lora ? activeGroups(groups, lora.slotOfGroup) : [];
      if (lora && active.length > 0) {
        const { a, b } = factors(lora, active, w.inFeatures, w.outFeatures);
        let input = pickGroups(x.value, groups, active); // [active, n, in]
        const mask = dropoutMask(lora, active, groups.rowsPerGroup, w.inFeatures);
        if (mask) input = tf.mul(input, mask);
        const low = tf.mul(products(input, a, false, true), lora.scale); // [active, n, rank]
        y = tf.add(y, spreadGroups(products(low, b, false, true), groups, active));
      }
      return residual ? tf.add(y, residual.value) : y;
    }),
  linearInputGradient(dy, w, groups, lora, accumulate) {
    const result = wrap(() => {
      let dx: tf.Tensor2D = tf.matMul(dy.value, w.weight); // [R, in]
      const active = lora ? activeGroups(groups, lora.slotOfGroup) : [];
      if (lora && active.length > 0) {
        const { a, b } = factors(lora, active, w.inFeatures, w.outFeatures);
        const low = tf.mul(products(pickGroups(dy.value, groups, active), b), lora.scale); // [active, n, rank]
        let dInput = products(low, a); // [active, n, in]
        const mask = dropoutMask(lora, active, groups.rowsPerGroup, w.inFeatures);
        if (mask) dInput = tf.mul(dInput, mask);
        dx = tf.add(dx, spreadGroups(dInput, groups, active));
      }
      return accumulate ? tf.add(dx, accumulate.value) : dx;
    });
    accumulate?.release();
    return result;
  },
  loraGradient(dy, x, groups, lora, gradients) {
    const active = activeGroups(groups, lora.slotOfGroup);
    if (active.length === 0) return;
    const { da, db } = tf.tidy(() => {
      const inFeatures = x.cols;
      const { slots, a, b } = factors(lora, active, inFeatures, dy.cols);
      let input = pickGroups(x.value, groups, active); // [active, n, in]
      const mask = dropoutMask(lora, active, groups.rowsPerGroup, inFeatures);
      if (mask) input = tf.mul(input, mask);
      const dOut = tf.mul(pickGroups(dy.value, groups, active), lora.scale); // [active, n, out]
      const db = products(dOut, products(input, a, false, true), true, false); // [active, out, rank]
      const da = products(products(dOut, b), input, true, false); // [active, rank, in]
      const slotCount = lora.params.rows;
      return { da: sumBySlot(da, slots, slotCount), db: sumBySlot(db, slots, slotCount) };
    });
    gradients.addColumns(lora.aOffset, da);
    gradients.addColumns(lora.bOffset, db);
  },
};
