/**
 * WGSL of the rows of a head (keys, or queries) that every thread of an attention kernel goes through, all threads the same ones at a time.
 *
 * Straight from memory, a row is asked for by every subgroup of every workgroup: ⌈own / subgroup⌉ times per head, and what the caches do not
 * hold comes from memory each time. That is right for short sequences, which stay in the first-level cache.
 * Staged, a workgroup brings a tile of rows to workgroup memory, side by side (neighbouring threads load neighbouring vectors, whatever the
 * distance of rows), and its threads read from there, all the same address: two arrays of `length` rows are read ⌈own / threads⌉ times per
 * head instead, 8 · length · size · ⌈own / threads⌉ bytes. Two barriers per tile.
 */
import { withComponent } from './elements.ts';
import { headElement, loadChunk, type HeadShape } from './head-vectors.ts';

/** Bytes of workgroup memory that every WebGPU device has. */
const WORKGROUP_BYTES = 16384;
/** A tile is no longer than this: more rows save no traffic, and less workgroup memory lets more workgroups run at a time. */
const MAX_TILE_ROWS = 32;

const chunkCount = ({ size }: HeadShape): number => Math.ceil(size / 4);

/** Rows of a tile of two arrays: a multiple of four. */
const tileRowCount = (head: HeadShape): number =>
  Math.min(MAX_TILE_ROWS, 4 * Math.floor(WORKGROUP_BYTES / (2 * 16 * 4 * chunkCount(head))));

/** The largest head of which four rows of two arrays fit. */
export const fitsTile = (head: HeadShape): boolean => tileRowCount(head) >= 4;

/** WGSL by which the threads of a workgroup go through rows that all of them read. */
export interface OtherRows {
  /** To stand before `main`. */
  readonly declarations: string;
  /** Runs `body` for j = from, from + step … below `end`; `step` divides four. In uniform control flow. */
  each(from: string, end: string, step: number, body: string): string;
  /** Values 4c … 4c + 3 of row j + n of one of the arrays, as a vec4; behind the last row, that of the last. */
  chunk(array: string, n: number, c: number): string;
}

/**
 * @param first expression: where row 0 starts, in elements of the arrays; rows are `stride` apart
 * @param count expression: how many rows there are
 */
export function otherRows(
  head: HeadShape,
  arrays: readonly [string, string],
  first: string,
  count: string,
  threads: number,
  staged: boolean,
): OtherRows {
  if (!staged)
    return {
      declarations: '',
      each: (from, end, step, body) => `for (var j = ${from}; j < ${end}; j += ${step}u) {
    ${Array.from({ length: step }, (_, n) => `let row${n} = ${first} + min(j + ${n}u, ${count} - 1u) * stride;`).join('\n    ')}
    ${body}
  }`,
      chunk: (array, n, c) => loadChunk(head, array, `row${n}`, c),
    };
  const rows = tileRowCount(head);
  const chunks = chunkCount(head);
  const tile = (array: string) => `${array}Tile`;
  return {
    declarations: arrays
      .map(
        (array) => `
var<workgroup> ${tile(array)}: array<vec4<f32>, ${rows * chunks}>;
fn ${array}Chunk(row: u32, c: u32) -> vec4<f32> {
  ${dynamicChunk(head, array)}
}`,
      )
      .join(''),
    each: (from, end, step, body) => `for (var start = ${from}; start < ${end}; start += ${rows}u) {
    workgroupBarrier(); // the tile before has been read
    for (var e = l.x; e < ${rows * chunks}u; e += ${threads}u) {
      let row = ${first} + min(start + e / ${chunks}u, ${count} - 1u) * stride;
      ${arrays.map((array) => `${tile(array)}[e] = ${array}Chunk(row, e % ${chunks}u);`).join('\n      ')}
    }
    workgroupBarrier();
    for (var j = start; j < min(${end}, start + ${rows}u); j += ${step}u) {
    let base = (j - start) * ${chunks}u;
    ${body}
    }
  }`,
    chunk: (array, n, c) => `${tile(array)}[base + ${n * chunks + c}u]`,
  };
}

/** As loadChunk, for a part that is known on the GPU only. */
function dynamicChunk(head: HeadShape, array: string): string {
  if (headElement(head) === 'vec4<f32>') return `return ${array}[row + c];`;
  return `var values = vec4<f32>();
  for (var i = 4u * c; i < min(4u * c + 4u, ${head.size}u); i++) { ${withComponent('values', 'f32', 'i - 4u * c', `${array}[row + i]`)} }
  return values;`;
}
