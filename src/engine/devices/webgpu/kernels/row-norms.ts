/**
 * Sums of long rows in two levels: result[row, part] = Σ over the part of x[row, ·], of squares when `square`; its root when `root`. A
 * workgroup per part; reads every value once. Both levels add in a fixed order.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { GRID_INDEX } from './indexing.ts';

const THREADS = 256;
const LEADERS = 16;

export const partialSumsKernel = (square: boolean, root: boolean) =>
  kernelOf(`${root ? 'root of ' : ''}partial sums${square ? ' of squares' : ''}`, (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: [
        ['cols', 'u32'],
        ['parts', 'u32'],
        ['perPart', 'u32'],
        ['count', 'u32'],
      ],
      tensors: [
        { name: 'x', access: 'read', element: 'f32' },
        { name: 'result', access: 'read_write', element: 'f32' },
      ],
      body: `${GRID_INDEX}
var<workgroup> partialSums: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let part = gridIndex(w);
  if (part >= p.count) { return; } // of the whole workgroup
  let row = part / p.parts;
  let first = (part - row * p.parts) * p.perPart;
  let end = row * p.cols + min(p.cols, first + p.perPart);
  var sum = 0.0;
  for (var i = row * p.cols + first + l.x; i < end; i += ${THREADS}u) { sum += ${square ? 'x[i] * x[i]' : 'x[i]'}; }
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (l.x < ${LEADERS}u) {
    for (var k = ${LEADERS}u; k < ${THREADS}u; k += ${LEADERS}u) { sum += partialSums[k + l.x]; }
  }
  workgroupBarrier();
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (l.x == 0u) {
    for (var k = 1u; k < ${LEADERS}u; k++) { sum += partialSums[k]; }
    result[part] = ${root ? 'sqrt(sum)' : 'sum'};
  }
}`,
    }),
  );
