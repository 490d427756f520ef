/** Layer normalisation and activations in float64. */
import type { RowwiseOperations } from '../../device.ts';
import { activate, activationDerivative } from './activation.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, forLiveRows, poison, type ReferenceTensor } from './tensor.ts';

export function rowwiseOperations(memory: ReferenceMemory): RowwiseOperations<ReferenceTensor> {
  return {
    layerNorm(x, gain, bias, epsilon, groups) {
      const n = x.cols;
      expectShape(x, groups.count * groups.rowsPerGroup, n, 'layerNorm x');
      expectShape(gain, 1, n, 'layerNorm gain');
      expectShape(bias, 1, n, 'layerNorm bias');
      const y = memory.tensor(x.rows, n);
      const stats = memory.tensor(x.rows, 2);
      forLiveRows(groups, (row) => {
        const values = x.data.subarray(row * n, row * n + n);
        const mean = values.reduce((sum, v) => sum + v, 0) / n;
        const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
        const inverse = 1 / Math.sqrt(variance + epsilon);
        stats.data[2 * row] = mean;
        stats.data[2 * row + 1] = inverse;
        values.forEach((v, i) => (y.data[row * n + i] = (v - mean) * inverse * gain.data[i] + bias.data[i]));
      });
      return { y: poison(y, groups), stats: poison(stats, groups) };
    },

    layerNormGradient(dy, x, stats, gain, add, groups) {
      const n = x.cols;
      expectShape(dy, x.rows, n, 'layerNormGradient dy');
      expectShape(stats, x.rows, 2, 'layerNormGradient stats');
      if (add) expectShape(add, x.rows, n, 'layerNormGradient add');
      const dx = memory.tensor(x.rows, n);
      forLiveRows(groups, (row) => {
        const mean = stats.data[2 * row];
        const inverse = stats.data[2 * row + 1];
        let meanD = 0; // mean of dx̂
        let meanDx = 0; // mean of dx̂ ∘ x̂
        for (let i = 0; i < n; i++) {
          const normal = (x.data[row * n + i] - mean) * inverse;
          const d = dy.data[row * n + i];
          meanD += (d * gain.data[i]) / n;
          meanDx += (d * gain.data[i] * normal) / n;
        }
        for (let i = 0; i < n; i++) {
          const normal = (x.data[row * n + i] - mean) * inverse;
          const d = dy.data[row * n + i] * gain.data[i];
          dx.data[row * n + i] = inverse * (d - meanD - normal * meanDx) + (add ? add.data[row * n + i] : 0);
        }
      });
      return poison(dx, groups);
    },

    activation(x, kind, groups) {
      expectShape(x, groups.count * groups.rowsPerGroup, x.cols, 'activation x');
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
