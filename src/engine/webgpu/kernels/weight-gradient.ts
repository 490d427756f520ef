/**
 * Gradient of a trained linear map: gradients[weight + o·in + i] += Σ_rows dy[row, o] · x[row, i], and with `bias` gradients[bias + o] +=
 * Σ_rows dy[row, o]; x [R, in], dy [R, out]. A workgroup forms four outputs × 64 inputs: sixteen threads side by side read a row together,
 * eight of them share the rows, and their partial sums are added in order.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { elementOf, type Width } from './elements.ts';

/** Vectors of inputs, and outputs, of a workgroup. */
export const WEIGHT_VECTORS = 16;
export const WEIGHT_OUTPUTS = 4;
const PARTS = 8;
const THREADS = WEIGHT_VECTORS * PARTS;

export const weightGradientKernel = (inputWidth: Width, outputWidth: Width, bias: boolean) =>
  kernelOf(`weight gradient ×${inputWidth} ×${outputWidth}${bias ? ', bias' : ''}`, (key) => {
    const load = (name: string, width: Width, cols: string, vector: string) =>
      width === 4
        ? `${name}[row * (${cols} / 4u) + ${vector}]`
        : `vec4<f32>(${[0, 1, 2, 3]
            .map((j) => `${name}[row * ${cols} + min(4u * ${vector} + ${j}u, ${cols} - 1u)]`)
            .join(', ')})`;
    return defineKernel({
      key,
      kind: 'matmul',
      fields: [
        ['rows', 'u32'],
        ['inputs', 'u32'],
        ['outputs', 'u32'],
        ['weight', 'u32'],
        ...(bias ? [['bias', 'u32'] as const] : []),
      ],
      tensors: [
        { name: 'x', access: 'read', element: elementOf(inputWidth) },
        { name: 'dy', access: 'read', element: elementOf(outputWidth) },
        { name: 'gradients', access: 'read_write', element: 'f32' },
      ],
      body: `
var<workgroup> partialSums: array<vec4<f32>, ${WEIGHT_OUTPUTS * THREADS}>;
${bias ? `var<workgroup> partialBias: array<vec4<f32>, ${PARTS}>;` : ''}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let lane = l.x % ${WEIGHT_VECTORS}u;
  let part = l.x / ${WEIGHT_VECTORS}u;
  let left = w.x * ${WEIGHT_VECTORS}u;
  let vector = min(left + lane, (p.inputs + 3u) / 4u - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var b = vec4<f32>();
  for (var row = part; row < p.rows; row += ${PARTS}u) {
    let v = ${load('x', inputWidth, 'p.inputs', 'vector')};
    let d = ${load('dy', outputWidth, 'p.outputs', 'w.y')};
    s0 += d.x * v;
    s1 += d.y * v;
    s2 += d.z * v;
    s3 += d.w * v;
    b += d;
  }
  partialSums[l.x] = s0;
  partialSums[${THREADS}u + l.x] = s1;
  partialSums[${2 * THREADS}u + l.x] = s2;
  partialSums[${3 * THREADS}u + l.x] = s3;
${bias ? '  if (lane == 0u) { partialBias[part] = b; }' : ''}
  workgroupBarrier();
${
  bias
    ? `  if (w.x == 0u && l.x < ${WEIGHT_OUTPUTS}u && 4u * w.y + l.x < p.outputs) {
    var sum = 0.0;
    for (var k = 0u; k < ${PARTS}u; k++) { sum += partialBias[k][l.x]; }
    gradients[p.bias + 4u * w.y + l.x] += sum;
  }`
    : ''
}
  let output = 4u * w.y + part;
  let column = 4u * (left + lane);
  if (part >= ${WEIGHT_OUTPUTS}u || output >= p.outputs || column >= p.inputs) { return; }
  var sum = vec4<f32>();
  for (var k = 0u; k < ${PARTS}u; k++) { sum += partialSums[part * ${THREADS}u + k * ${WEIGHT_VECTORS}u + lane]; }
  let at = p.weight + output * p.inputs + column;
  for (var j = 0u; j < min(4u, p.inputs - column); j++) { gradients[at + j] += sum[j]; }
}`,
    });
  });
