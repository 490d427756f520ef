/** AdamW, norms and scales of rows, in float64. */
import { checkSegments } from '../../check-segments.ts';
import type { OptimizerOperations } from '../../device.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, type ReferenceTensor } from './tensor.ts';

/** Norms of short runs of values, because Math.hypot takes its operands as arguments, whose number is limited. */
function chunkNorms(values: Float64Array): number[] {
  const norms: number[] = [];
  for (let i = 0; i < values.length; i += 1024) norms.push(Math.hypot(...values.subarray(i, i + 1024)));
  return norms.length > 1024 ? chunkNorms(Float64Array.from(norms)) : norms;
}

export function optimizerOperations(memory: ReferenceMemory): OptimizerOperations<ReferenceTensor> {
  return {
    rowNorms(x) {
      const norms = memory.tensor(x.rows, 1);
      for (let row = 0; row < x.rows; row++)
        norms.data[row] = Math.hypot(...chunkNorms(x.data.subarray(row * x.cols, (row + 1) * x.cols)));
      return norms;
    },

    scaleSegments(x, segments, factors) {
      checkSegments(x.rows, x.cols, segments, factors);
      for (let slot = 0; slot < x.rows; slot++)
        segments.forEach(({ offset, length }, s) => {
          const first = slot * x.cols + offset;
          for (let i = first; i < first + length; i++) x.data[i] *= factors[slot * segments.length + s];
        });
    },

    adamw(params, gradients, m, v, segments, coefficients, options) {
      for (const tensor of [gradients, m, v]) expectShape(tensor, params.rows, params.cols, 'adamw operand');
      if (coefficients.length !== params.rows * segments.length * 4)
        throw new Error(
          `adamw: ${coefficients.length} coefficients for ${params.rows} slots × ${segments.length} segments.`,
        );
      const { beta1, beta2, epsilon, weightDecay, decay } = options;
      for (let slot = 0; slot < params.rows; slot++)
        segments.forEach((segment, s) => {
          const [active, rate, correction1, correction2] = coefficients.subarray(4 * (slot * segments.length + s));
          if (active === 0) return;
          for (let j = 0; j < segment.length; j++) {
            const i = slot * params.cols + segment.offset + j;
            const g = gradients.data[i];
            m.data[i] = beta1 * m.data[i] + (1 - beta1) * g;
            v.data[i] = beta2 * v.data[i] + (1 - beta2) * g * g;
            const direction = (m.data[i] * correction1) / (Math.sqrt(v.data[i] * correction2) + epsilon);
            params.data[i] -= rate * (direction + weightDecay * decay[s] * params.data[i]);
          }
        });
    },
  };
}
