/**
 * AdamW with decoupled decay in place, one workgroup per block: a run of values of one active segment of one slot. What is not active has
 * no block, is not touched and costs nothing. Moves 28 bytes per value (parameter, both moments, gradient).
 *
 * blocks: [blocks, 6] words = (first value, values, then as f32 learning rate, 1/(1−β1ⁿ), 1/(1−β2ⁿ), weight decay).
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import { BLOCK_THREADS, GRID_INDEX } from './snippets.ts';

export const ADAMW_BLOCK_WORDS = 6;

export const adamwKernel = () =>
  kernelOf('AdamW', (key) =>
    defineKernel({
      key,
      kind: 'optimizer',
      fields: [
        ['count', 'u32'],
        ['blocks', 'u32'],
        ['beta1', 'f32'],
        ['beta2', 'f32'],
        ['rest1', 'f32'],
        ['rest2', 'f32'],
        ['epsilon', 'f32'],
      ],
      tensors: [
        { name: 'params', access: 'read_write', element: 'f32' },
        { name: 'gradients', access: 'read', element: 'f32' },
        { name: 'm', access: 'read_write', element: 'f32' },
        { name: 'v', access: 'read_write', element: 'f32' },
      ],
      body: `${GRID_INDEX}
@compute @workgroup_size(${BLOCK_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * ${ADAMW_BLOCK_WORDS}u;
  let first = constants[block];
  let end = first + constants[block + 1u];
  let rate = bitcast<f32>(constants[block + 2u]);
  let correction1 = bitcast<f32>(constants[block + 3u]);
  let correction2 = bitcast<f32>(constants[block + 4u]);
  let decay = bitcast<f32>(constants[block + 5u]);
  for (var i = first + l.x; i < end; i += ${BLOCK_THREADS}u) {
    let g = gradients[i];
    let mi = p.beta1 * m[i] + p.rest1 * g;
    let vi = p.beta2 * v[i] + p.rest2 * g * g;
    m[i] = mi;
    v[i] = vi;
    let direction = mi * correction1 / (sqrt(vi * correction2) + p.epsilon);
    params[i] -= rate * (direction + decay * params[i]);
  }
}`,
    }),
  );
