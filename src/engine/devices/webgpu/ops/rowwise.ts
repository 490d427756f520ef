/** Layer normalisation and activations. */
import type { Activation } from '../../../../model/backbone.ts';
import type { Groups } from '../../../device.ts';
import { expectShape, type GpuTensor } from '../gpu-tensor.ts';
import { activationGradientKernel, activationKernel } from '../kernels/activation.ts';
import { ELEMENTS, widthOf } from '../kernels/elements.ts';
import { layerNormGradientKernel } from '../kernels/layer-norm-gradient.ts';
import { layerNormKernel } from '../kernels/layer-norm.ts';
import type { RowShape } from '../kernels/live-rows.ts';
import { lanesFor, rowsPerWorkgroup } from '../kernels/row-lanes.ts';
import { grid, type Runtime } from '../runtime.ts';
import { liveRuns } from './live-runs.ts';

/** Software adapters: a thread per row needs no barriers. */
function rowShapeFor(runtime: Runtime, cols: number): RowShape {
  return { lanes: runtime.software ? 1 : lanesFor(cols), width: widthOf(cols) };
}

/** y = layer norm of x [R, cols] and stats [R, 2] = (mean, 1/σ); gain and bias are [1, cols]. */
export function layerNorm(
  runtime: Runtime,
  x: GpuTensor,
  gain: GpuTensor,
  bias: GpuTensor,
  epsilon: number,
  groups: Groups,
): { y: GpuTensor; stats: GpuTensor } {
  const rows = groups.count * groups.rowsPerGroup;
  const { cols } = x;
  expectShape(x, rows, cols, 'layerNorm x');
  expectShape(gain, 1, cols, 'layerNorm gain');
  expectShape(bias, 1, cols, 'layerNorm bias');
  const y = runtime.tensor(rows, cols);
  const stats = runtime.tensor(rows, 2);
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const shape = rowShapeFor(runtime, cols);
  runtime.dispatch(
    layerNormKernel(shape),
    [x, gain, bias, y, stats],
    [runs.rows, cols / shape.width, runs.starts, runs.length, 1 / cols, epsilon],
    grid(Math.ceil(runs.rows / rowsPerWorkgroup(shape.lanes))),
    { flops: 8 * runs.rows * cols, bytes: 8 * runs.rows * (cols + 1) },
  );
  return { y, stats };
}

/** dx [R, cols] of layerNorm (+ add). */
export function layerNormGradient(
  runtime: Runtime,
  dy: GpuTensor,
  x: GpuTensor,
  stats: GpuTensor,
  gain: GpuTensor,
  add: GpuTensor | null,
  groups: Groups,
): GpuTensor {
  const rows = groups.count * groups.rowsPerGroup;
  const { cols } = x;
  expectShape(dy, rows, cols, 'layerNormGradient dy');
  expectShape(x, rows, cols, 'layerNormGradient x');
  expectShape(stats, rows, 2, 'layerNormGradient stats');
  expectShape(gain, 1, cols, 'layerNormGradient gain');
  if (add) expectShape(add, rows, cols, 'layerNormGradient add');
  const dx = runtime.tensor(rows, cols);
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const shape = rowShapeFor(runtime, cols);
  runtime.dispatch(
    layerNormGradientKernel(shape, add !== null),
    [dy, x, stats, gain, ...(add ? [add] : []), dx],
    [runs.rows, cols / shape.width, runs.starts, runs.length, 1 / cols],
    grid(Math.ceil(runs.rows / rowsPerWorkgroup(shape.lanes))),
    { flops: 14 * runs.rows * cols, bytes: 4 * runs.rows * ((add ? 4 : 3) * cols + 2) },
  );
  return dx;
}

/** y = f(x), [R, cols]. */
export function activation(runtime: Runtime, x: GpuTensor, kind: Activation, groups: Groups): GpuTensor {
  const rows = groups.count * groups.rowsPerGroup;
  const { cols } = x;
  expectShape(x, rows, cols, 'activation x');
  const y = runtime.tensor(rows, cols);
  const width = widthOf(cols);
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const count = (runs.rows * cols) / width;
  runtime.dispatch(
    activationKernel(kind, width),
    [x, y],
    [count, cols / width, runs.starts, runs.length],
    grid(Math.ceil(count / ELEMENTS)),
    { flops: 8 * runs.rows * cols, bytes: 8 * runs.rows * cols },
  );
  return y;
}

/** dx = dy · f′(x), [R, cols], x being the input of the activation. */
export function activationGradient(
  runtime: Runtime,
  dy: GpuTensor,
  x: GpuTensor,
  kind: Activation,
  groups: Groups,
): GpuTensor {
  const rows = groups.count * groups.rowsPerGroup;
  const { cols } = x;
  expectShape(dy, rows, cols, 'activationGradient dy');
  expectShape(x, rows, cols, 'activationGradient x');
  const dx = runtime.tensor(rows, cols);
  const width = widthOf(cols);
  const runs = liveRuns(groups, groups.rowsPerGroup);
  const count = (runs.rows * cols) / width;
  runtime.dispatch(
    activationGradientKernel(kind, width),
    [dy, x, dx],
    [count, cols / width, runs.starts, runs.length],
    grid(Math.ceil(count / ELEMENTS)),
    { flops: 12 * runs.rows * cols, bytes: 12 * runs.rows * cols },
  );
  return dx;
}
