/** Feature normalisation, scores and cross-entropy from stock tfjs operations. */
import * as tf from '@tensorflow/tfjs-core';
import type { ObjectiveOperations } from '../../device.ts';
import { products } from './products.ts';
import { wrap, wrapAll, type TfjsTensor } from './tensor.ts';

const grouped = (x: tf.Tensor2D, groups: number): tf.Tensor3D =>
  tf.reshape(x, [groups, x.shape[0] / groups, x.shape[1]]);

export const objectiveOperations: ObjectiveOperations<TfjsTensor> = {
  normalizeRows: (x) =>
    wrapAll(() => {
      const norms = tf.sqrt<tf.Tensor2D>(tf.add(tf.sum(tf.square(x.value), 1, true), 1e-24)); // [R, 1]
      return { y: tf.div<tf.Tensor2D>(x.value, norms), norms };
    }),
  normalizeRowsGradient: (dy, y, norms) =>
    wrap(() => {
      return tf.div(tf.sub(dy.value, tf.mul(y.value, tf.sum(tf.mul(dy.value, y.value), 1, true))), norms.value);
    }),
  groupScores: (x, w, bias, factor, groups, wGroups) =>
    wrap(() => {
      const classes = w.rows / wGroups;
      let scores: tf.Tensor =
        wGroups === 1
          ? tf.matMul(x.value, w.value, false, true)
          : products(grouped(x.value, groups), grouped(w.value, wGroups), false, true);
      scores = tf.mul(scores, factor);
      if (bias)
        scores = tf.add(
          tf.reshape(scores, [groups, x.rows / groups, classes]),
          tf.reshape(bias.value, [bias.rows, 1, classes]),
        );
      return tf.reshape(scores, [x.rows, classes]);
    }),
  groupScoresInputGradient: (dScores, w, factor, groups, wGroups) =>
    wrap(() => {
      const dx: tf.Tensor =
        wGroups === 1
          ? tf.matMul(dScores.value, w.value)
          : products(grouped(dScores.value, groups), grouped(w.value, wGroups));
      return tf.reshape(tf.mul(dx, factor), [dScores.rows, w.cols]);
    }),
  groupScoresWeightGradient: (dScores, x, factor, groups, wGroups) =>
    wrap(() => {
      const dw: tf.Tensor =
        wGroups === 1
          ? tf.matMul(dScores.value, x.value, true, false)
          : products(grouped(dScores.value, groups), grouped(x.value, groups), true, false);
      return tf.reshape(tf.mul(dw, factor), [wGroups * dScores.cols, x.cols]);
    }),
  crossEntropy: (scores, labels, gradientScale) =>
    wrapAll(() => {
      const classes = scores.cols;
      const ofRow = tf.tensor2d(labels, [labels.length, 1], 'int32');
      const target = tf.cast(tf.equal(ofRow, tf.range(0, classes, 1, 'int32')), 'float32'); // [R, C], 1 at the label
      const shifted = tf.sub(scores.value, tf.max(scores.value, 1, true));
      const exponentials = tf.exp(shifted);
      const sums = tf.sum(exponentials, 1, true); // [R, 1]
      const loss = tf.sub<tf.Tensor2D>(tf.log(sums), tf.sum(tf.mul(shifted, target), 1, true));
      const predicted = tf.reshape<tf.Rank.R2>(tf.cast(tf.argMax(scores.value, 1), 'float32'), [scores.rows, 1]);
      const dScores =
        gradientScale === null ? null : tf.mul<tf.Tensor2D>(tf.sub(tf.div(exponentials, sums), target), gradientScale);
      return { loss, predicted, dScores };
    }),
};
