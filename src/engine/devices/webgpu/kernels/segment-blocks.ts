/**
 * WGSL of kernels that change some segments of flat vectors in place, one workgroup per block: a run of values of one segment of one slot. What is
 * in no block is not touched and costs nothing.
 *
 * The table `blocks` [blocks, words] lies in `constants`: (first value, values, both in units of `width`, then what the kernel wants to know of the segment, as f32).
 */
import type { FieldType } from '../kernel.ts';
import { elementsOf, elementFormName, type ElementForm, type Width } from './elements.ts';
import { GRID_INDEX } from './indexing.ts';

/** How blocks are cut and shared out among the threads of their workgroups. No form changes what is computed for a value. */
export interface BlockForm extends ElementForm {
  /** Values per load. Four where every segment starts and ends at a multiple of four. */
  readonly width: Width;
}

/** The form where nothing was measured. */
export const USUAL_BLOCKS: BlockForm = { threads: 256, each: 1, width: 1 };

/** Values of a block; where there would be too many blocks, a multiple of it. */
export const blockValues = (form: BlockForm): number => form.width * elementsOf(form);

export const blockFormName = (form: BlockForm): string =>
  `${elementFormName(form)}${form.width === 1 ? '' : `, ${form.width} at a time`}`;

/** Words of a block before those of its segment. */
export const BLOCK_HEADER_WORDS = 2;

/** Words of a block that knows as many values of its segment. */
export const blockWords = (known: number): number => BLOCK_HEADER_WORDS + known;

/** Fields that the kernels need, before their own. */
export const BLOCK_FIELDS = [
  ['count', 'u32'],
  ['blocks', 'u32'],
] as const satisfies readonly [string, FieldType][];

/**
 * Entry point that runs `body` for every value `i` of a block, or every `width` of them; `known` names what is known of its segment. The table counts in units
 * of `width`. Dispatch with grid(count).
 */
export const eachBlockValue = (
  known: readonly string[],
  body: string,
  { threads }: BlockForm = USUAL_BLOCKS,
) => `${GRID_INDEX}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * ${blockWords(known.length)}u;
  let first = constants[block];
  let end = first + constants[block + 1u];
${known.map((name, k) => `  let ${name} = bitcast<f32>(constants[block + ${BLOCK_HEADER_WORDS + k}u]);`).join('\n')}
  for (var i = first + l.x; i < end; i += ${threads}u) {
${body}
  }
}`;
