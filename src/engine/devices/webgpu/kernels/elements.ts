/** WGSL of kernels with one thread per element, or per four. */
import { GRID_INDEX } from './indexing.ts';

/** Values per load. Four where every run of values starts and ends at a multiple of four. */
export type Width = 1 | 4;

export const widthOf = (...counts: readonly number[]): Width => (counts.every((count) => count % 4 === 0) ? 4 : 1);

export const elementOf = (width: Width) => (width === 4 ? 'vec4<f32>' : 'f32');

/** Threads of a workgroup. */
export const ELEMENTS = 256;

/** Entry point that runs `body` for every i below the field `count`; dispatch with grid(count / ELEMENTS). */
export const eachElement = (body: string) => `${GRID_INDEX}
@compute @workgroup_size(${ELEMENTS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * ${ELEMENTS}u + l.x;
  if (i >= p.count) { return; }
${body}
}`;
