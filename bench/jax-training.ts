/**
 * Training in idiomatic jax-js: `jit` of `valueAndGrad`, and a hand-written Adam, because its optimizer package is unpublished. The whole step is
 * one compiled function.
 */
import { defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { AdapterLayout } from '../src/core/adapter-layout.ts';
import type { Objective } from '../src/engine/engine.ts';
import type { ClipBackbone } from '../src/model/backbone.ts';
import { toFactors, toFlat } from '../src/engine/plain/factors.ts';
import { createJaxModel, tensor, valuesOf, type Tensor } from './jax-clip.ts';
import type { PeerTrainer } from '../src/engine/plain/peer-trainer.ts';

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * Starts jax-js on the WebGPU of this process.
 * @throws Error when jax-js finds no WebGPU adapter.
 */
export async function startJax(): Promise<void> {
  const found = await init('webgpu');
  if (!found.includes('webgpu')) throw new Error('jax-js found no WebGPU adapter.');
  defaultDevice('webgpu');
}

/** @param initial flat adapter in the engine's layout */
export function createJaxTrainer(
  backbone: ClipBackbone,
  objective: Extract<Objective, { kind: 'clip' }>,
  layout: AdapterLayout,
  scale: number,
  initial: Float32Array,
  learningRate: number,
): PeerTrainer {
  const model = createJaxModel(backbone, objective, layout, scale);
  const { vision } = backbone;
  const { classes } = objective;

  /**
   * One step of all factors. Zero offsets are added to the hidden layers and their gradients are returned but unused: outputs are stored, whereas
   * jax-js otherwise recomputes these gradients for every column of the product behind them, a quarter of the step. `corrections` contains
   * 1/(1−β1ᵗ) and 1/(1−β2ᵗ), so that the step number is not a constant of the compiled function.
   */
  const step = jit(
    (factors: Tensor[], first: Tensor[], second: Tensor[], patches: Tensor, target: Tensor, corrections: Tensor) => {
      const sequences = target.shape[0];
      const offsets = model.offsetShapes(sequences).map((shape) => np.zeros(shape));
      const [loss, [gradients, unused]] = valueAndGrad(
        (...args: [Tensor[], Tensor[], Tensor, Tensor]) => model.loss(...args),
        { argnums: [0, 1] },
      )(tree.ref(factors), offsets, model.embed(patches, sequences), target);
      const m = first.map((value, i) => value.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)));
      const v = second.map((value, i) => value.mul(BETA2).add(np.square(gradients[i]).mul(1 - BETA2)));
      const [firstCorrection, secondCorrection] = [corrections.ref.slice(0), corrections.slice(1)];
      const next = factors.map((value, i) => {
        const deviation = np.sqrt(v[i].ref.mul(secondCorrection.ref)).add(EPSILON);
        return value.sub(m[i].ref.mul(firstCorrection.ref).div(deviation).mul(learningRate));
      });
      tree.dispose([firstCorrection, secondCorrection]);
      return [loss, next, m, v, unused] as [Tensor, Tensor[], Tensor[], Tensor[], Tensor[]];
    },
  );

  let factors = toFactors(layout, initial).map(({ values, rows, cols }) => tensor(values, [rows, cols]));
  let first = factors.map(({ shape }) => np.zeros(shape));
  let second = factors.map(({ shape }) => np.zeros(shape));
  let count = 0;
  return {
    async step(patches, labels) {
      const sequences = labels.length;
      const rows = tensor(patches, [sequences * (vision.config.tokens - 1), vision.patchEmbedding.inFeatures]);
      const target = new Float32Array(sequences * classes);
      labels.forEach((label, image) => (target[image * classes + label] = 1));
      count++;
      const corrections = tensor(Float32Array.of(1 / (1 - BETA1 ** count), 1 / (1 - BETA2 ** count)), [2]);
      const [loss, next, m, v, unused] = step(
        factors,
        first,
        second,
        rows,
        tensor(target, [sequences, classes]),
        corrections,
      );
      tree.dispose(unused);
      [factors, first, second] = [next, m, v];
      const [mean] = await valuesOf(loss);
      return mean;
    },
    async firstGradient() {
      if (count !== 1) throw new Error(`The first gradient is known after the first step only, not after ${count}.`);
      const moments = await Promise.all(first.map((moment) => valuesOf(moment.ref)));
      return toFlat(layout, moments).map((moment) => moment / (1 - BETA1));
    },
    dispose() {
      tree.dispose([...factors, ...first, ...second]);
      step.dispose();
    },
  };
}
