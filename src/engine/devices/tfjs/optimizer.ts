/** AdamW over flat vectors from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import { checkSegments } from '../../check-segments.ts';
import type { OptimizerSegment } from '../../device.ts';

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

export function scaleSegments(
  x: tf.Tensor2D,
  segments: readonly OptimizerSegment[],
  factors: Float32Array,
): tf.Tensor2D {
  const [slots, size] = x.shape;
  checkSegments(slots, size, segments, factors);
  return tf.mul(x, spread(factors, slots, segments, size, 1));
}

export function adamw(
  params: tf.Tensor2D,
  gradients: tf.Tensor2D,
  m: tf.Tensor2D,
  v: tf.Tensor2D,
  segments: readonly OptimizerSegment[],
  coefficients: Float32Array,
  options: { beta1: number; beta2: number; epsilon: number; weightDecay: number; decay: Float32Array },
) {
  const [slots, size] = params.shape;
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
  const decayed = tf.sub(params, tf.mul(params, decays));
  const m1 = tf.add(tf.mul(m, beta1), tf.mul(gradients, 1 - beta1));
  const v1 = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradients), 1 - beta2));
  const mHat = tf.mul(m1, spread(column(2), slots, segments, size));
  const vHat = tf.mul(v1, spread(column(3), slots, segments, size));
  const next = tf.sub(decayed, tf.div(tf.mul(rate, mHat), tf.add(tf.sqrt(vHat), epsilon)));
  return {
    params: tf.where(active, next, params) as tf.Tensor2D,
    m: tf.where(active, m1, m) as tf.Tensor2D,
    v: tf.where(active, v1, v) as tf.Tensor2D,
  };
}
