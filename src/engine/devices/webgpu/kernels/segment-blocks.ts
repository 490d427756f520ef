/**
 * WGSL of kernels that change some segments of flat vectors in place, one workgroup per block: a run of values of one segment of one slot. What is
 * in no block is not touched and costs nothing.
 *
 * The table `blocks` [blocks, words] lies in `constants`: (first value, values, then what the kernel wants to know of the segment, as f32).
 */
import type { FieldType } from '../kernel.ts';
import { GRID_INDEX } from './indexing.ts';

/** Threads of a workgroup: a block is a multiple of as many values. */
export const BLOCK_THREADS = 256;

/** Words of a block before those of its segment. */
export const BLOCK_HEADER_WORDS = 2;

/** Words of a block that knows as many values of its segment. */
export const blockWords = (known: number): number => BLOCK_HEADER_WORDS + known;

/** Fields that the kernels need, before their own. */
export const BLOCK_FIELDS = [
  ['count', 'u32'],
  ['blocks', 'u32'],
] as const satisfies readonly [string, FieldType][];

/** Entry point that runs `body` for every value `i` of a block; `known` names what is known of its segment. Dispatch with grid(count). */
export const eachBlockValue = (known: readonly string[], body: string) => `${GRID_INDEX}
@compute @workgroup_size(${BLOCK_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * ${blockWords(known.length)}u;
  let first = constants[block];
  let end = first + constants[block + 1u];
${known.map((name, k) => `  let ${name} = bitcast<f32>(constants[block + ${BLOCK_HEADER_WORDS + k}u]);`).join('\n')}
  for (var i = first + l.x; i < end; i += ${BLOCK_THREADS}u) {
${body}
  }
}`;
