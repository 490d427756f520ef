/** Unit-length rows, scores and cross-entropy. */
import type { ObjectiveOperations } from '../../../device.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { crossEntropyKernel } from '../kernels/cross-entropy.ts';
import { GROUP_TILE, groupMatmulKernel, type GroupMatmul } from '../kernels/group-matmul.ts';
import { normalizeRowsGradientKernel, normalizeRowsKernel } from '../kernels/normalize-rows.ts';
import { lanesFor, rowsPerWorkgroup } from '../kernels/row-lanes.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';

/**
 * How rows meet w: as `batches` products of `rows` rows each, all in one where w is shared.
 * @throws Error when w or the rows do not divide into groups.
 */
function batchesOf(wRows: number, rows: number, groups: number, wGroups: number) {
  if (wGroups !== 1 && wGroups !== groups)
    throw new Error(`groupScores: wGroups is ${wGroups}, expected 1 or ${groups}.`);
  if (wRows % wGroups !== 0 || rows % groups !== 0)
    throw new Error(
      `groupScores: ${rows} rows and ${wRows} rows of w do not divide into ${groups} and ${wGroups} groups.`,
    );
  return { batches: wGroups, rows: rows / wGroups, classes: wRows / wGroups };
}

interface Product {
  readonly form: GroupMatmul;
  readonly batches: number;
  readonly rows: number;
  readonly cols: number;
  readonly depth: number;
  /** Values of B and of the bias from one batch to the next; 0 = shared. */
  readonly bBatch: number;
  readonly biasBatch: number;
  readonly factor: number;
}

/** out [batches·rows, cols] = factor · A B (+ bias) per batch. */
function multiply(
  runtime: Runtime,
  a: GpuTensor,
  b: GpuTensor,
  bias: GpuTensor | null,
  out: GpuTensor,
  { form, batches, rows, cols, depth, bBatch, biasBatch, factor }: Product,
): void {
  const values = [rows, cols, depth, a.cols, b.cols, rows * depth, bBatch, biasBatch, factor];
  const workgroups = [Math.ceil(cols / GROUP_TILE), Math.ceil(rows / GROUP_TILE), batches] as const;
  const bytes = a.bytes + b.bytes + (bias ? bias.bytes : 0) + out.bytes;
  const tensors = bias ? [a, b, bias, out] : [a, b, out];
  const cost = { flops: 2 * batches * rows * cols * depth, bytes };
  runtime.dispatch(groupMatmulKernel(form), tensors, values, workgroups, cost);
}

export function objectiveOperations(runtime: Runtime): ObjectiveOperations<GpuTensor> {
  return {
    normalizeRows(x) {
      const { rows, cols } = x;
      memoryOf(x);
      const y = runtime.tensor(rows, cols);
      const norms = runtime.tensor(rows, 1);
      const lanes = lanesFor(cols);
      const workgroups = grid(Math.ceil(rows / rowsPerWorkgroup(lanes)));
      const cost = { flops: 3 * rows * cols, bytes: x.bytes + y.bytes + norms.bytes };
      runtime.dispatch(normalizeRowsKernel(lanes), [x, y, norms], [rows, cols], workgroups, cost);
      return { y, norms };
    },

    normalizeRowsGradient(dy, y, norms) {
      const { rows, cols } = y;
      expectShape(dy, rows, cols, 'normalizeRowsGradient dy');
      expectShape(norms, rows, 1, 'normalizeRowsGradient norms');
      memoryOf(y);
      const dx = runtime.tensor(rows, cols);
      const lanes = lanesFor(cols);
      const workgroups = grid(Math.ceil(rows / rowsPerWorkgroup(lanes)));
      const cost = { flops: 5 * rows * cols, bytes: dy.bytes + y.bytes + norms.bytes + dx.bytes };
      runtime.dispatch(normalizeRowsGradientKernel(lanes), [dy, y, norms, dx], [rows, cols], workgroups, cost);
      return dx;
    },

    groupScores(x, w, bias, factor, groups, wGroups) {
      const depth = x.cols;
      const { classes } = batchesOf(w.rows, x.rows, groups, wGroups);
      expectShape(w, w.rows, depth, 'groupScores w');
      if (bias) expectShape(bias, bias.rows === 1 ? 1 : groups, classes, 'groupScores bias');
      memoryOf(x);
      const out = runtime.tensor(x.rows, classes);
      const ownBias = bias !== null && bias.rows > 1;
      const batches = ownBias ? groups : wGroups; // a bias per group needs a product per group, even where w is shared
      multiply(runtime, x, w, bias, out, {
        form: { aTransposed: false, bTransposed: true, bias: bias !== null },
        batches,
        rows: x.rows / batches,
        cols: classes,
        depth,
        bBatch: wGroups === 1 ? 0 : classes * depth,
        biasBatch: ownBias ? classes : 0,
        factor,
      });
      return out;
    },

    groupScoresInputGradient(dScores, w, factor, groups, wGroups) {
      const { batches, rows, classes } = batchesOf(w.rows, dScores.rows, groups, wGroups);
      expectShape(dScores, dScores.rows, classes, 'groupScoresInputGradient dScores');
      memoryOf(w);
      const dx = runtime.tensor(dScores.rows, w.cols);
      multiply(runtime, dScores, w, null, dx, {
        form: { aTransposed: false, bTransposed: false, bias: false },
        batches,
        rows,
        cols: w.cols,
        depth: classes,
        bBatch: classes * w.cols,
        biasBatch: 0,
        factor,
      });
      return dx;
    },

    groupScoresWeightGradient(dScores, x, factor, groups, wGroups) {
      const classes = dScores.cols;
      const { batches, rows: depth } = batchesOf(wGroups * classes, dScores.rows, groups, wGroups);
      expectShape(x, dScores.rows, x.cols, 'groupScoresWeightGradient x');
      memoryOf(x);
      const dw = runtime.tensor(wGroups * classes, x.cols);
      multiply(runtime, dScores, x, null, dw, {
        form: { aTransposed: true, bTransposed: false, bias: false },
        batches,
        rows: classes,
        cols: x.cols,
        depth,
        bBatch: depth * x.cols,
        biasBatch: 0,
        factor,
      });
      return dw;
    },

    crossEntropy(scores, labels, gradientScale) {
      const { rows, cols } = scores;
      expectShape(scores, labels.length, cols, 'crossEntropy scores');
      for (let row = 0; row < rows; row++)
        if (!(labels[row] >= 0 && labels[row] < cols))
          throw new RangeError(`Label ${labels[row]} of row ${row} is not in [0, ${cols}).`);
      memoryOf(scores);
      const loss = runtime.tensor(rows, 1);
      const predicted = runtime.tensor(rows, 1);
      const dScores = gradientScale === null ? null : runtime.tensor(rows, cols);
      const lanes = lanesFor(cols);
      const workgroups = grid(Math.ceil(rows / rowsPerWorkgroup(lanes)));
      const outputs = dScores ? [loss, predicted, dScores] : [loss, predicted];
      const values = gradientScale === null ? [rows, cols, labels] : [rows, cols, labels, gradientScale];
      const cost = { flops: 8 * rows * cols, bytes: scores.bytes + outputs.reduce((sum, { bytes }) => sum + bytes, 0) };
      runtime.dispatch(crossEntropyKernel(lanes, dScores !== null), [scores, ...outputs], values, workgroups, cost);
      return { loss, predicted, dScores };
    },
  };
}
