/**
 * sums[offset + (row mod period)·cols + c] += Σ x[row, c], x [rows, cols]. Reads 4 bytes per value of x; `parts` threads share a sum, each
 * taking every parts-th repetition, and one adds the partial sums in order. 16 neighbouring columns are read together.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { GRID_INDEX } from './snippets.ts';

export type Parts = 1 | 16;
const THREADS = 256;

/** Sums a workgroup forms. */
export const sumsPerWorkgroup = (parts: Parts): number => THREADS / parts;

export const sumRowsKernel = (parts: Parts) =>
  kernelOf(`sum rows /${parts}`, (key) =>
    defineKernel({
      key,
      kind: 'gather',
      fields: [
        ['count', 'u32'],
        ['rows', 'u32'],
        ['period', 'u32'],
        ['cols', 'u32'],
        ['offset', 'u32'],
      ],
      tensors: [
        { name: 'x', access: 'read', element: 'f32' },
        { name: 'sums', access: 'read_write', element: 'f32' },
      ],
      body: `${GRID_INDEX}
const SUMS = ${THREADS / parts}u;
const PARTS = ${parts}u;
${parts === 1 ? '' : `var<workgroup> partialSums: array<f32, ${THREADS}>;`}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let part = l.x / SUMS;
  let i = gridIndex(w) * SUMS + l.x % SUMS;
  let t = i / p.cols;
  let c = i - t * p.cols;
  let rows = select(0u, p.rows, i < p.count);
  var sum = 0.0;
  for (var row = t + part * p.period; row < rows; row += PARTS * p.period) { sum += x[row * p.cols + c]; }
${
  parts === 1
    ? ''
    : `  partialSums[l.x] = sum;
  workgroupBarrier();
  if (part == 0u) { for (var k = 1u; k < PARTS; k++) { sum += partialSums[k * SUMS + l.x]; } }`
}
  if (part == 0u && i < p.count) { sums[p.offset + i] += sum; }
}`,
    }),
  );
