/**
 * TensorFlow.js computes the gradients of Sum and Mean by multiplying with a tensor of ones that it fills in JavaScript every time. Replacing
 * both with a tile gives equal values without that cost. The benchmark measures both variants, so that the comparison is fair to TensorFlow.js.
 */
import * as tf from '@tensorflow/tfjs-core';

interface ReductionAttributes {
  readonly axis?: number | number[];
}

function tiledGradient(kernelName: 'Sum' | 'Mean'): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const [x] = saved;
      const { axis } = attributes as ReductionAttributes;
      const axes = tf.util.parseAxisParam(axis ?? x.shape.map((_, i) => i), x.shape);
      const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      const repeats = x.shape.map((size, i) => (axes.includes(i) ? size : 1));
      const count = axes.reduce((product, i) => product * x.shape[i], 1);
      return {
        x: () => {
          const one = Array.isArray(dy) ? dy[0] : dy;
          const scaled = kernelName === 'Mean' ? tf.div(one, count) : one;
          return tf.tile(tf.reshape(scaled, kept), repeats);
        },
      };
    },
  };
}

/** Returns a switch between TensorFlow.js's own gradients of Sum and Mean and the tiled ones. */
export function createGradientSwitch(): (tuned: boolean) => void {
  const kernels = ['Sum', 'Mean'] as const;
  const stock = kernels.map((name) => tf.getGradient(name));
  const tiled = kernels.map(tiledGradient);
  return (tuned) => {
    for (const [i, kernel] of kernels.entries()) {
      tf.unregisterGradient(kernel);
      tf.registerGradient(tuned ? tiled[i] : stock[i]);
    }
  };
}
