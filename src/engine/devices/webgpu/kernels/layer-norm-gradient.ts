/** Gradient of layer normalisation. With x̂ = (x − mean) / σ and d = dy · gain. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { elementOf } from './elements.ts';
import { LIVE_FIELDS } from './indexing.ts';
import { eachLiveRow, rowShapeName, type RowShape } from './live-rows.ts';

/**
 * dx = (d − mean(d) − x̂ · mean(d x̂)) / σ (+ add), [rows, cols]. Reads dy and x from memory once and once more from the cache.
 * `cols` counts units of the row shape's width, `inverseCols` is 1 / columns.
 */
export const layerNormGradientKernel = (shape: RowShape, add: boolean) =>
  kernelOf(`layer norm gradient${add ? ' + add' : ''}, ${rowShapeName(shape)}`, (key) =>
    defineKernel({
      key,
      kind: 'layer norm',
      fields: [['rows', 'u32'], ['cols', 'u32'], ...LIVE_FIELDS, ['inverseCols', 'f32']],
      tensors: [
        { name: 'dy', access: 'read', element: elementOf(shape.width) },
        { name: 'x', access: 'read', element: elementOf(shape.width) },
        { name: 'stats', access: 'read', element: 'f32' },
        { name: 'gain', access: 'read', element: elementOf(shape.width) },
        ...(add ? [{ name: 'residual', access: 'read', element: elementOf(shape.width) } as const] : []),
        { name: 'dx', access: 'read_write', element: elementOf(shape.width) },
      ],
      body: eachLiveRow(
        shape,
        `
  let mean = stats[2u * row];
  let inverse = stats[2u * row + 1u];
  var sum = Value();
  var products = Value();
  for (var c = lane; c < end; c += LANES) {
    let d = dy[base + c] * gain[c];
    sum += d;
    products += d * (x[base + c] - mean);
  }
  let meanD = rowSum(total(sum), thread) * p.inverseCols;
  let slope = rowSum(total(products), thread) * p.inverseCols * inverse * inverse;
  for (var c = lane; c < end; c += LANES) {
    let d = dy[base + c] * gain[c];
    dx[base + c] = inverse * (d - meanD - (x[base + c] - mean) * slope)${add ? ' + residual[base + c]' : ''};
  }`,
      ),
    }),
  );
