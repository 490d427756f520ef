/** Rows of unit length, [rows, cols]. Reads every input twice, the second time from the cache. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachRow, rowSum, type Lanes } from './row-lanes.ts';

/** norms [rows, 1] = √(Σx² + 1e-24), y = x / norm. */
export const normalizeRowsKernel = (lanes: Lanes) =>
  kernelOf(`normalise rows, ${lanes} lanes`, (key) =>
    defineKernel({
      key,
      kind: 'objective',
      fields: [
        ['rows', 'u32'],
        ['cols', 'u32'],
      ],
      tensors: [
        { name: 'x', access: 'read', element: 'f32' },
        { name: 'y', access: 'read_write', element: 'f32' },
        { name: 'norms', access: 'read_write', element: 'f32' },
      ],
      body: `${rowSum(lanes)}${eachRow(
        lanes,
        `
  var squares = 0.0;
  for (var i = base + lane; i < end; i += LANES) { squares += x[i] * x[i]; }
  let norm = sqrt(rowSum(squares, thread) + 1e-24);
  for (var i = base + lane; i < end; i += LANES) { y[i] = x[i] / norm; }
  if (lane == 0u && row < p.rows) { norms[row] = norm; }`,
      )}`,
    }),
  );

/** dx = (dy − y (dy·y)) / norm. */
export const normalizeRowsGradientKernel = (lanes: Lanes) =>
  kernelOf(`normalise rows gradient, ${lanes} lanes`, (key) =>
    defineKernel({
      key,
      kind: 'objective',
      fields: [
        ['rows', 'u32'],
        ['cols', 'u32'],
      ],
      tensors: [
        { name: 'dy', access: 'read', element: 'f32' },
        { name: 'y', access: 'read', element: 'f32' },
        { name: 'norms', access: 'read', element: 'f32' },
        { name: 'dx', access: 'read_write', element: 'f32' },
      ],
      body: `${rowSum(lanes)}${eachRow(
        lanes,
        `
  var products = 0.0;
  for (var i = base + lane; i < end; i += LANES) { products += dy[i] * y[i]; }
  let dot = rowSum(products, thread);
  for (var i = base + lane; i < end; i += LANES) { dx[i] = (dy[i] - y[i] * dot) / norms[row]; }`,
      )}`,
    }),
  );
