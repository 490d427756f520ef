/** LayerNorm and activations from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../../model/backbone.ts';
import type { RowwiseOperations } from '../../device.ts';
import { wrap, wrapAll, type TfjsTensor } from './tensor.ts';

const SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
const TANH_CUBIC = 0.044715;

/** Normalised input x̂ = (x − mean)/σ from the saved statistics [R, 2]. */
function normalised(x: tf.Tensor2D, stats: tf.Tensor2D): { xHat: tf.Tensor2D; inverse: tf.Tensor2D } {
  const rows = x.shape[0];
  const inverse = tf.slice(stats, [0, 1], [rows, 1]);
  return { xHat: tf.mul(tf.sub(x, tf.slice(stats, [0, 0], [rows, 1])), inverse), inverse };
}

function activate(x: tf.Tensor2D, kind: Activation): tf.Tensor2D {
  switch (kind) {
    case 'quick_gelu':
      return tf.mul(x, tf.sigmoid(tf.mul(x, 1.702)));
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
    case 'gelu_tanh':
      return tf.mul(tf.mul(x, 0.5), tf.add(tanhOf(x), 1));
  }
}

/** The hyperbolic tangent within gelu_tanh. */
const tanhOf = (x: tf.Tensor2D): tf.Tensor2D =>
  tf.tanh(tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), TANH_CUBIC)), SQRT_2_OVER_PI));

function derivative(x: tf.Tensor2D, kind: Activation): tf.Tensor2D {
  switch (kind) {
    case 'quick_gelu': {
      const s = tf.sigmoid(tf.mul(x, 1.702));
      // s + 1.702·x·s·(1 − s)
      return tf.add(s, tf.mul(tf.mul(tf.mul(x, 1.702), s), tf.sub(1, s)));
    }
    case 'gelu': {
      const cdf = tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
      const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return tf.add(cdf, tf.mul(x, density));
    }
    case 'gelu_tanh': {
      const tanh = tanhOf(x);
      const inner = tf.mul(tf.add(tf.mul(tf.square(x), 3 * TANH_CUBIC), 1), SQRT_2_OVER_PI);
      const rest = tf.mul(tf.mul(tf.mul(x, 0.5), tf.sub(1, tf.square(tanh))), inner);
      return tf.add(tf.mul(tf.add(tanh, 1), 0.5), rest);
    }
  }
}

export const rowwiseOperations: RowwiseOperations<TfjsTensor> = {
  layerNorm: (x, gain, bias, epsilon) =>
    wrapAll(() => {
      const mean = tf.mean(x.value, 1, true); // [R, 1]
      const centred = tf.sub(x.value, mean);
      const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), epsilon)); // [R, 1]
      const y: tf.Tensor2D = tf.add(tf.mul(tf.mul(centred, inverse), gain.value), bias.value);
      return { y, stats: tf.concat2d([mean as tf.Tensor2D, inverse as tf.Tensor2D], 1) };
    }),
  layerNormGradient: (dy, x, stats, gain, add) =>
    wrap(() => {
      const { xHat, inverse } = normalised(x.value, stats.value);
      const g = tf.mul(dy.value, gain.value);
      const meanG = tf.mean(g, 1, true);
      const meanGx = tf.mean(tf.mul(g, xHat), 1, true);
      const dx: tf.Tensor2D = tf.mul(tf.sub(tf.sub(g, meanG), tf.mul(xHat, meanGx)), inverse);
      return add ? tf.add(dx, add.value) : dx;
    }),
  activation: (x, kind) => wrap(() => activate(x.value, kind)),
  activationGradient: (dy, x, kind) => wrap(() => tf.mul(dy.value, derivative(x.value, kind))),
};
