/** out[i] = 0. One thread per element; writes 4 bytes per element. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { GRID_INDEX } from './indexing.ts';

export const fillKernel = () =>
  kernelOf('fill', (key) =>
    defineKernel({
      key,
      kind: 'fill',
      fields: [['count', 'u32']],
      tensors: [{ name: 'result', access: 'read_write', element: 'f32' }],
      body: `${GRID_INDEX}
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 256u + l.x;
  if (i < p.count) { result[i] = 0.0; }
}`,
    }),
  );
