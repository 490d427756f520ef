/**
 * x[i] *= factor for all i of a block, in place, one workgroup per block: a run of values of one segment of one slot. What has no block is not
 * touched. Moves 8 bytes per value.
 *
 * blocks: [blocks, 3] words = (first value, values, then as f32 the factor).
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { BLOCK_THREADS, GRID_INDEX } from './snippets.ts';

export const SCALE_BLOCK_WORDS = 3;

export const scaleSegmentsKernel = () =>
  kernelOf('scale segments', (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: [
        ['count', 'u32'],
        ['blocks', 'u32'],
      ],
      tensors: [{ name: 'x', access: 'read_write', element: 'f32' }],
      body: `${GRID_INDEX}
@compute @workgroup_size(${BLOCK_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * ${SCALE_BLOCK_WORDS}u;
  let first = constants[block];
  let end = first + constants[block + 1u];
  let factor = bitcast<f32>(constants[block + 2u]);
  for (var i = first + l.x; i < end; i += ${BLOCK_THREADS}u) { x[i] *= factor; }
}`,
    }),
  );
