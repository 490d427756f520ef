/** Gradients of layer normalisation. With x̂ = (x − mean) / σ and d = dy · gain. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { elementOf } from './elements.ts';
import { LIVE_FIELDS, LIVE_INDEX } from './live-index.ts';
import { eachLiveRow, rowShapeName, type RowShape } from './live-rows.ts';
import { GRID_INDEX } from './snippets.ts';

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

/** Columns and partial sums of a workgroup of layerNormWeightGradientKernel. */
export const WEIGHT_COLUMNS = 16;
const PARTS = 16;

/**
 * gradients[weightOffset + c] += Σ dy x̂ and, with `bias`, gradients[biasOffset + c] += Σ dy over the live rows. Reads dy and x once; 16
 * threads share a column, each taking every 16th row, and one adds the partial sums in order. Dispatch with cols / WEIGHT_COLUMNS.
 */
export const layerNormWeightGradientKernel = (bias: boolean) =>
  kernelOf(`layer norm weight gradient${bias ? ' and bias' : ''}`, (key) =>
    defineKernel({
      key,
      kind: 'layer norm',
      fields: [['rows', 'u32'], ['cols', 'u32'], ...LIVE_FIELDS, ['weightOffset', 'u32'], ['biasOffset', 'u32']],
      tensors: [
        { name: 'dy', access: 'read', element: 'f32' },
        { name: 'x', access: 'read', element: 'f32' },
        { name: 'stats', access: 'read', element: 'f32' },
        { name: 'gradients', access: 'read_write', element: 'f32' },
      ],
      body: `${GRID_INDEX}${LIVE_INDEX}
const COLUMNS = ${WEIGHT_COLUMNS}u;
const PARTS = ${PARTS}u;
var<workgroup> partialSums: array<vec2<f32>, ${WEIGHT_COLUMNS * PARTS}>;
@compute @workgroup_size(${WEIGHT_COLUMNS * PARTS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let part = l.x / COLUMNS;
  let c = gridIndex(w) * COLUMNS + l.x % COLUMNS;
  let end = select(0u, p.rows, c < p.cols);
  var sum = vec2<f32>(); // gain, bias
  for (var i = part; i < end; i += PARTS) {
    let row = liveIndex(i);
    let d = dy[row * p.cols + c];
    sum += vec2(d * (x[row * p.cols + c] - stats[2u * row]) * stats[2u * row + 1u], d);
  }
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (part != 0u || c >= p.cols) { return; }
  for (var k = 1u; k < PARTS; k++) { sum += partialSums[k * COLUMNS + l.x]; }
  gradients[p.weightOffset + c] += sum.x;
${bias ? '  gradients[p.biasOffset + c] += sum.y;' : ''}
}`,
    }),
  );
