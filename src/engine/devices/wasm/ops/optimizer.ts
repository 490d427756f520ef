/** AdamW, and norms and scales of rows. */
import { checkAdamw, checkSegments } from '../../../check-segments.ts';
import type { OptimizerOperations } from '../../../device.ts';
import type { OptimizerSegment } from '../../../operands.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

const meanLength = (segments: readonly OptimizerSegment[]): number =>
  segments.reduce((sum, { length }) => sum + length, 0) / Math.max(1, segments.length);

export function optimizerOperations(r: Recorder): OptimizerOperations<WasmTensor> {
  return {
    rowNorms(x) {
      const { rows, cols } = x;
      const address = addressOf(x, rows, cols, 'rowNorms x');
      r.begin();
      const norms = r.tensor(rows, 1);
      r.record(KernelId.rowNorms, rows, r.grain(rows, cols), address, norms.address, cols);
      return norms;
    },

    scaleSegments(x, segments, factors) {
      const { rows, cols } = x;
      checkSegments(rows, cols, segments, factors);
      const address = addressOf(x, rows, cols, 'scaleSegments x');
      r.begin();
      const items = rows * segments.length;
      const table = r.stage(segments.flatMap(({ offset, length }) => [offset, length]));
      const grain = r.grain(items, meanLength(segments));
      r.record(KernelId.scaleSegments, items, grain, address, cols, table, segments.length, r.stage(factors, 'float'));
    },

    adamw(params, gradients, m, v, segments, coefficients, options) {
      const { rows, cols } = params;
      const { beta1, beta2, epsilon, weightDecay, decay } = options;
      const items = rows * segments.length;
      checkAdamw(rows, cols, segments, coefficients, decay);
      const tensors = [
        addressOf(params, rows, cols, 'adamw params'),
        addressOf(gradients, rows, cols, 'adamw gradients'),
        addressOf(m, rows, cols, 'adamw m'),
        addressOf(v, rows, cols, 'adamw v'),
      ];
      r.begin();
      const table = r.stage(segments.flatMap(({ offset, length }) => [offset, length]));
      const tables = [table, segments.length, r.stage(coefficients, 'float'), r.stage(decay, 'float')];
      r.record(KernelId.adamw, items, r.grain(items, 4 * meanLength(segments)), ...tensors, cols, ...tables);
      [beta1, beta2, epsilon, weightDecay, 1 - beta1, 1 - beta2].forEach((value, i) => r.float(9 + i, value));
    },
  };
}
