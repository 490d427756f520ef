/** Layer normalisation and activations in float64. */
import type { RowwiseOperations } from '../../device.ts';
import { activate, activationDerivative } from './activation.ts';
import { rowsOf } from '../../operands.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, forLiveRows, poison, type ReferenceTensor } from './tensor.ts';

export function rowwiseOperations(memory: ReferenceMemory): RowwiseOperations<ReferenceTensor> {
  return {
    layerNorm(x, gain, bias, epsilon, groups) {
      const n = x.cols;
      expectShape(x, rowsOf(groups), n, 'layerNorm x');
      expectShape(gain, 1, n, 'layerNorm gain');
      expectShape(bias, 1, n, 'layerNorm bias');
      const y = memory.tensor(x.rows, n);
      const stats = memory.tensor(x.rows, 2);
      const [xs, gains, biases, ys, ofRows] = [x, gain, bias, y, stats].map(({ data }) => data);
      forLiveRows(groups, (row) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += xs[row * n + i];
        const mean = sum / n;
        let squares = 0;
        for (let i = 0; i < n; i++) squares += (xs[row * n + i] - mean) ** 2;
        const inverse = 1 / Math.sqrt(squares / n + epsilon);
        ofRows[2 * row] = mean;
        ofRows[2 * row + 1] = inverse;
        for (let i = 0; i < n; i++) ys[row * n + i] = (xs[row * n + i] - mean) * inverse * gains[i] + biases[i];
      });
      return { y: poison(y, groups), stats: poison(stats, groups) };
    },

    layerNormGradient(dy, x, stats, gain, add, groups) {
      const n = x.cols;
      expectShape(dy, x.rows, n, 'layerNormGradient dy');
      expectShape(stats, x.rows, 2, 'layerNormGradient stats');
      if (add) expectShape(add, x.rows, n, 'layerNormGradient add');
      const dx = memory.tensor(x.rows, n);
      const [dys, xs, ofRows, gains, dxs] = [dy, x, stats, gain, dx].map(({ data }) => data);
      const added = add?.data;
      forLiveRows(groups, (row) => {
        const mean = ofRows[2 * row];
        const inverse = ofRows[2 * row + 1];
        let meanD = 0; // mean of dx̂
        let meanDx = 0; // mean of dx̂ ∘ x̂
        for (let i = 0; i < n; i++) {
          const normal = (xs[row * n + i] - mean) * inverse;
          const d = dys[row * n + i];
          meanD += (d * gains[i]) / n;
          meanDx += (d * gains[i] * normal) / n;
        }
        for (let i = 0; i < n; i++) {
          const normal = (xs[row * n + i] - mean) * inverse;
          const d = dys[row * n + i] * gains[i];
          dxs[row * n + i] = inverse * (d - meanD - normal * meanDx) + (added ? added[row * n + i] : 0);
        }
      });
      return poison(dx, groups);
    },

    activation(x, kind, groups) {
      expectShape(x, rowsOf(groups), x.cols, 'activation x');
      const values = x.data.map((v) => activate(v, kind));
      return poison(memory.tensor(x.rows, x.cols, values), groups);
    },

    activationGradient(dy, x, kind, groups) {
      expectShape(dy, x.rows, x.cols, 'activationGradient dy');
      const given = dy.data;
      const values = x.data.map((v, i) => given[i] * activationDerivative(v, kind));
      return poison(memory.tensor(x.rows, x.cols, values), groups);
    },
  };
}
