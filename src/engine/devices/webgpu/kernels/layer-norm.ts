/**
 * Layer normalisation over the columns of x [rows, cols]: y = (x − mean) / σ · gain + bias, stats [rows, 2] = (mean, 1/σ) with
 * σ² = variance + epsilon. The variance is the mean of (x − mean)², not a difference of means. Reads x from memory once and twice more
 * from the cache, writes y once.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { elementOf } from './elements.ts';
import { LIVE_FIELDS } from './indexing.ts';
import { eachLiveRow, rowShapeName, type RowShape } from './live-rows.ts';

/** `cols` counts units of the row shape's width, `inverseCols` is 1 / columns. */
export const layerNormKernel = (shape: RowShape) =>
  kernelOf(`layer norm, ${rowShapeName(shape)}`, (key) =>
    defineKernel({
      key,
      kind: 'layer norm',
      fields: [['rows', 'u32'], ['cols', 'u32'], ...LIVE_FIELDS, ['inverseCols', 'f32'], ['epsilon', 'f32']],
      tensors: [
        { name: 'x', access: 'read', element: elementOf(shape.width) },
        { name: 'gain', access: 'read', element: elementOf(shape.width) },
        { name: 'bias', access: 'read', element: elementOf(shape.width) },
        { name: 'y', access: 'read_write', element: elementOf(shape.width) },
        { name: 'stats', access: 'read_write', element: 'f32' },
      ],
      body: eachLiveRow(
        shape,
        `
  var sum = Value();
  for (var c = lane; c < end; c += LANES) { sum += x[base + c]; }
  let mean = rowSum(total(sum), thread) * p.inverseCols;
  var squares = Value();
  for (var c = lane; c < end; c += LANES) {
    let centred = x[base + c] - mean;
    squares += centred * centred;
  }
  let inverse = 1.0 / sqrt(rowSum(total(squares), thread) * p.inverseCols + p.epsilon);
  for (var c = lane; c < end; c += LANES) { y[base + c] = (x[base + c] - mean) * inverse * gain[c] + bias[c]; }
  if (valid && lane == 0u) {
    stats[2u * row] = mean;
    stats[2u * row + 1u] = inverse;
  }`,
      ),
    }),
  );
