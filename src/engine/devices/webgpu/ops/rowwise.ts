/** Layer normalisation and activations. */
import type { RowwiseOperations } from '../../../device.ts';
import { rowsOf, type Groups } from '../../../operands.ts';
import { expectShape, type GpuTensor } from '../gpu-tensor.ts';
import { activationGradientKernel, activationKernel } from '../kernels/activation.ts';
import { widthOf } from '../kernels/elements.ts';
import { layerNormGradientKernel } from '../kernels/layer-norm-gradient.ts';
import { layerNormKernel } from '../kernels/layer-norm.ts';
import type { RowShape } from '../kernels/live-rows.ts';
import { lanesFor, ROW_THREADS, rowsPerWorkgroup } from '../kernels/row-lanes.ts';
import type { Runtime } from '../runtime.ts';
import { ACTIVATIONS } from '../tuning/element-forms.ts';
import type { Launch } from '../tuning/forms.ts';
import { ROW_WORKGROUPS, type RowProblem } from '../tuning/row-forms.ts';
import { grid } from '../workgroups.ts';
import { launchElements } from './element-launch.ts';
import { liveRuns } from './live-runs.ts';

/** Software adapters: a thread per row needs no barriers. */
function rowShapeFor(runtime: Runtime, cols: number, threads: number): RowShape {
  return { lanes: runtime.software ? 1 : lanesFor(cols), width: widthOf(cols), threads };
}

/** The dispatch of a layer norm of x, which writes y and stats. @throws Error when shapes do not fit */
export function layerNormLaunch(
  runtime: Runtime,
  x: GpuTensor,
  { gain, bias, epsilon }: { readonly gain: GpuTensor; readonly bias: GpuTensor; readonly epsilon: number },
  groups: Groups,
  y: GpuTensor,
  stats: GpuTensor,
  threads = ROW_THREADS,
): Launch {
  const { cols } = x;
  expectShape(x, rowsOf(groups), cols, 'layerNorm x');
  expectShape(gain, 1, cols, 'layerNorm gain');
  expectShape(bias, 1, cols, 'layerNorm bias');
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const shape = rowShapeFor(runtime, cols, threads);
  return {
    kernel: layerNormKernel(shape),
    tensors: [x, gain, bias, y, stats],
    valuesFrom: () => [runs.rows, cols / shape.width, runs.starts, runs.length, 1 / cols, epsilon],
    // All rows at once: no norm is long.
    count: 1,
    workgroupsOf: () => grid(Math.ceil(runs.rows / rowsPerWorkgroup(shape.lanes, threads))),
    cost: { flops: 8 * runs.rows * cols, bytes: 8 * runs.rows * (cols + 1) },
  };
}

export function rowwiseOperations(runtime: Runtime): RowwiseOperations<GpuTensor> {
  const launch = (kernel: RowProblem['kernel'], rows: number, cols: number, make: (threads: number) => Launch) => {
    const { lanes } = rowShapeFor(runtime, cols, ROW_THREADS);
    runtime.launch(ROW_WORKGROUPS, { kernel, rows, cols, lanes }, make);
  };
  return {
    layerNorm(x, gain, bias, epsilon, groups) {
      const rows = rowsOf(groups);
      const y = runtime.tensor(rows, x.cols);
      const stats = runtime.tensor(rows, 2);
      launch('layer norm', rows, x.cols, (threads) =>
        layerNormLaunch(runtime, x, { gain, bias, epsilon }, groups, y, stats, threads),
      );
      return { y, stats };
    },

    layerNormGradient(dy, x, stats, gain, add, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      expectShape(dy, rows, cols, 'layerNormGradient dy');
      expectShape(x, rows, cols, 'layerNormGradient x');
      expectShape(stats, rows, 2, 'layerNormGradient stats');
      expectShape(gain, 1, cols, 'layerNormGradient gain');
      if (add) expectShape(add, rows, cols, 'layerNormGradient add');
      const dx = runtime.tensor(rows, cols);
      const runs = liveRuns(groups, groups.rowsPerGroup);
      launch('layer norm gradient', rows, cols, (threads) => {
        const shape = rowShapeFor(runtime, cols, threads);
        return {
          kernel: layerNormGradientKernel(shape, add !== null),
          tensors: [dy, x, stats, gain, ...(add ? [add] : []), dx],
          valuesFrom: () => [runs.rows, cols / shape.width, runs.starts, runs.length, 1 / cols],
          count: 1,
          workgroupsOf: () => grid(Math.ceil(runs.rows / rowsPerWorkgroup(shape.lanes, threads))),
          cost: { flops: 14 * runs.rows * cols, bytes: 4 * runs.rows * ((add ? 4 : 3) * cols + 2) },
        };
      });
      return dx;
    },

    activation(x, kind, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      expectShape(x, rows, cols, 'activation x');
      const y = runtime.tensor(rows, cols);
      const width = widthOf(cols);
      const runs = liveRuns(groups, groups.rowsPerGroup);
      const count = (runs.rows * cols) / width;
      const cost = { flops: 8 * runs.rows * cols, bytes: 8 * runs.rows * cols };
      launchElements(
        runtime,
        ACTIVATIONS,
        { kernel: kind, width, count: (rows * cols) / width },
        (form) => activationKernel(kind, width, form),
        [x, y],
        [count, cols / width, runs.starts, runs.length],
        cost,
      );
      return y;
    },

    activationGradient(dy, x, kind, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      expectShape(dy, rows, cols, 'activationGradient dy');
      expectShape(x, rows, cols, 'activationGradient x');
      const dx = runtime.tensor(rows, cols);
      const width = widthOf(cols);
      const runs = liveRuns(groups, groups.rowsPerGroup);
      const count = (runs.rows * cols) / width;
      const cost = { flops: 12 * runs.rows * cols, bytes: 12 * runs.rows * cols };
      launchElements(
        runtime,
        ACTIVATIONS,
        { kernel: `${kind} gradient`, width, count: (rows * cols) / width },
        (form) => activationGradientKernel(kind, width, form),
        [dy, x, dx],
        [count, cols / width, runs.starts, runs.length],
        cost,
      );
      return dx;
    },
  };
}
