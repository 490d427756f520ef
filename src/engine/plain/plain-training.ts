/** Training the plain model in idiomatic TensorFlow.js: `variableGrads` over a tape, then `tf.train.adam`. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { allGates, type AdapterLayout } from '../../core/adapter-layout.ts';
import { ADAMW, type Objective } from '../engine.ts';
import type { ClipBackbone } from '../../model/backbone.ts';
import { toFactors, toFlat } from './factors.ts';
import type { PeerTrainer } from './peer-trainer.ts';
import { createPlainModel } from './plain-clip.ts';

/** @param initial flat adapter in the engine's layout */
export function createPlainTrainer(
  backbone: ClipBackbone,
  objective: Extract<Objective, { kind: 'clip' }>,
  layout: AdapterLayout,
  scale: number,
  initial: Float32Array,
  learningRate: number,
): PeerTrainer {
  const model = createPlainModel(backbone, objective, layout, scale);
  const gates = allGates(layout);
  const variables = toFactors(layout, initial).map(({ values, rows, cols }) =>
    tf.tidy(() => tf.variable<tf.Rank.R2>(tf.tensor2d(values, [rows, cols]))),
  );
  const optimizer = tf.train.adam(learningRate, ADAMW.beta1, ADAMW.beta2, ADAMW.epsilon);
  let count = 0;
  return {
    async step(patches, labels) {
      const embedded = model.embed(patches, labels.length);
      const target = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), objective.classes));
      const { value: loss, grads } = tf.variableGrads(
        () => tf.losses.softmaxCrossEntropy<tf.Tensor, tf.Scalar>(target, model.logits(embedded, variables, gates)),
        variables,
      );
      optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: grads[name] })));
      tf.dispose([embedded, target, grads]);
      count++;
      const [mean] = await loss.data();
      loss.dispose();
      return mean;
    },
    async firstGradient() {
      if (count !== 1) throw new Error(`The first gradient is known after the first step only, not after ${count}.`);
      const weights = await optimizer.getWeights(); // the step count, the first moments, the second moments
      const moments = weights.slice(1, 1 + variables.length);
      const values = await Promise.all(moments.map(({ tensor }) => tensor.data<'float32'>()));
      return toFlat(layout, values).map((moment) => moment / (1 - ADAMW.beta1));
    },
    dispose() {
      optimizer.dispose();
      tf.dispose(variables);
      model.dispose();
    },
  };
}
