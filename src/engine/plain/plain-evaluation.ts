/** Evaluation with the plain model: one adapter and one coalition at a time, on images embedded once. */
import * as tf from '@tensorflow/tfjs-core';
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { Objective, Variant } from '../engine.ts';
import type { ClipBackbone } from '../../model/backbone.ts';
import { toFactors } from './factors.ts';
import { createPlainModel } from './plain-clip.ts';

/** Evaluates variants one by one, as one writes it in TensorFlow.js. */
export interface PlainEvaluator {
  /** Cross-entropy of every image in nats, [images]. */
  evaluate(variant: Variant): Promise<Float32Array>;
  dispose(): void;
}

/** @param patches [images, patches, channels·patch²] @param labels [images] */
export function createPlainEvaluator(
  backbone: ClipBackbone,
  objective: Extract<Objective, { kind: 'clip' }>,
  layout: AdapterLayout,
  scale: number,
  patches: Float32Array,
  labels: Int32Array,
): PlainEvaluator {
  const model = createPlainModel(backbone, objective, layout, scale);
  const embedded = model.embed(patches, labels.length);
  const target = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), objective.classes));
  return {
    async evaluate({ adapter, gates }) {
      const losses = tf.tidy(() => {
        const factors = toFactors(layout, adapter).map(({ values, rows, cols }) => tf.tensor2d(values, [rows, cols]));
        const logits = model.logits(embedded, factors, gates);
        return tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Tensor1D>(target, logits, undefined, 0, tf.Reduction.NONE);
      });
      const values = await losses.data<'float32'>();
      losses.dispose();
      return values;
    },
    dispose: () => {
      tf.dispose([embedded, target]);
      model.dispose();
    },
  };
}
