/** AdamW over flat vectors from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import { checkSegments } from '../../check-segments.ts';
import type { OptimizerOperations } from '../../device.ts';
import type { OptimizerSegment } from '../../operands.ts';
import { wrap, type TfjsTensor } from './tensor.ts';

/** Spreads one value per segment to one per column: [slots, segments] → [slots, size]; gaps get `rest`. */
function spread(
  values: Float32Array,
  slots: number,
  segments: readonly OptimizerSegment[],
  size: number,
  rest = 0,
): tf.Tensor2D {
  const out = new Float32Array(slots * size).fill(rest);
  for (let slot = 0; slot < slots; slot++)
    segments.forEach(({ offset, length }, s) => {
      const from = slot * size + offset;
      out.fill(values[slot * segments.length + s], from, from + length);
    });
  return tf.tensor2d(out, [slots, size]);
}

export const optimizerOperations: OptimizerOperations<TfjsTensor> = {
  rowNorms: (x) => wrap(() => tf.sqrt(tf.sum(tf.square(x.value), 1, true))),
  scaleSegments(x, segments, factors) {
    const { rows, cols } = x;
    checkSegments(rows, cols, segments, factors);
    x.replace(tf.tidy(() => tf.mul(x.value, spread(factors, rows, segments, cols, 1))));
  },
  adamw(params, gradients, m, v, segments, coefficients, options) {
    const updated = tf.tidy(() => {
      const { rows: slots, cols: size } = params;
      const { beta1, beta2, epsilon, weightDecay, decay } = options;
      const column = (index: number) => coefficients.filter((_, i) => i % 4 === index);
      const active = tf.cast(spread(column(0), slots, segments, size), 'bool');
      const rates = column(1);
      const rate = spread(rates, slots, segments, size);
      const decays = spread(
        rates.map((lr, i) => lr * weightDecay * decay[i % segments.length]),
        slots,
        segments,
        size,
      );
      const decayed = tf.sub(params.value, tf.mul(params.value, decays));
      const m1 = tf.add(tf.mul(m.value, beta1), tf.mul(gradients.value, 1 - beta1));
      const v1 = tf.add(tf.mul(v.value, beta2), tf.mul(tf.square(gradients.value), 1 - beta2));
      const mHat = tf.mul(m1, spread(column(2), slots, segments, size));
      const vHat = tf.mul(v1, spread(column(3), slots, segments, size));
      const next = tf.sub(decayed, tf.div(tf.mul(rate, mHat), tf.add(tf.sqrt(vHat), epsilon)));
      return {
        params: tf.where(active, next, params.value) as tf.Tensor2D,
        m: tf.where(active, m1, m.value) as tf.Tensor2D,
        v: tf.where(active, v1, v.value) as tf.Tensor2D,
      };
    });
    params.replace(updated.params);
    m.replace(updated.m);
    v.replace(updated.v);
  },
};
