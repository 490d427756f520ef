/** Feature normalisation, scores and cross-entropy from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import { products } from './products.ts';

export function normalizeRows(x: tf.Tensor2D) {
  const norms = tf.sqrt<tf.Tensor2D>(tf.add(tf.sum(tf.square(x), 1, true), 1e-24)); // [R, 1]
  return { y: tf.div<tf.Tensor2D>(x, norms), norms };
}

export function normalizeRowsGradient(dy: tf.Tensor2D, y: tf.Tensor2D, norms: tf.Tensor2D): tf.Tensor2D {
  return tf.div(tf.sub(dy, tf.mul(y, tf.sum(tf.mul(dy, y), 1, true))), norms);
}

const grouped = (x: tf.Tensor2D, groups: number): tf.Tensor3D =>
  tf.reshape(x, [groups, x.shape[0] / groups, x.shape[1]]);

export function groupScores(
  x: tf.Tensor2D,
  w: tf.Tensor2D,
  bias: tf.Tensor2D | null,
  factor: number,
  groups: number,
  wGroups: number,
): tf.Tensor2D {
  const classes = w.shape[0] / wGroups;
  let scores: tf.Tensor =
    wGroups === 1 ? tf.matMul(x, w, false, true) : products(grouped(x, groups), grouped(w, wGroups), false, true);
  scores = tf.mul(scores, factor);
  if (bias)
    scores = tf.add(
      tf.reshape(scores, [groups, x.shape[0] / groups, classes]),
      tf.reshape(bias, [bias.shape[0], 1, classes]),
    );
  return tf.reshape(scores, [x.shape[0], classes]);
}

export function groupScoresInputGradient(
  d: tf.Tensor2D,
  w: tf.Tensor2D,
  factor: number,
  groups: number,
  wGroups: number,
): tf.Tensor2D {
  const dx: tf.Tensor = wGroups === 1 ? tf.matMul(d, w) : products(grouped(d, groups), grouped(w, wGroups));
  return tf.reshape(tf.mul(dx, factor), [d.shape[0], w.shape[1]]);
}

export function groupScoresWeightGradient(
  d: tf.Tensor2D,
  x: tf.Tensor2D,
  factor: number,
  groups: number,
  wGroups: number,
): tf.Tensor2D {
  const dw: tf.Tensor =
    wGroups === 1 ? tf.matMul(d, x, true, false) : products(grouped(d, groups), grouped(x, groups), true, false);
  return tf.reshape(tf.mul(dw, factor), [wGroups * d.shape[1], x.shape[1]]);
}

export function crossEntropy(scores: tf.Tensor2D, labels: Int32Array, gradientScale: number | null) {
  const classes = scores.shape[1];
  const target = tf.oneHot(tf.tensor1d(labels, 'int32'), classes) as tf.Tensor2D;
  const shifted = tf.sub(scores, tf.max(scores, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true); // [R, 1]
  const loss = tf.sub<tf.Tensor2D>(tf.log(sums), tf.sum(tf.mul(shifted, target), 1, true));
  const predicted = tf.reshape<tf.Rank.R2>(tf.cast(tf.argMax(scores, 1), 'float32'), [scores.shape[0], 1]);
  const dScores =
    gradientScale === null
      ? null
      : tf.mul<tf.Tensor2D>(tf.sub(tf.div(exponentials, sums), tf.cast(target, 'float32')), gradientScale);
  return { loss, predicted, dScores };
}
