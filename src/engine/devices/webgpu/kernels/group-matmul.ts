/**
 * Small matrix products of many groups: out_g [rows, cols] = factor · A_g B_g (+ bias_g per column), A_g [rows, depth], B_g [depth, cols].
 * Either operand may be stored transposed. Tiles of 32 × 32 outputs and 16 of depth in workgroup memory, 4 × 4 outputs per thread: an
 * operand is read rows/32 or cols/32 times. Sums run over depth in order.
 *
 * Fields: aStride and bStride are the columns of the operands as stored; aBatch, bBatch and biasBatch the values from one group to the
 * next, 0 = shared.
 */
import { defineKernel, kernelOf, type FieldType, type TensorBinding } from '../kernel.ts';

/** Outputs per side of a workgroup's tile. */
export const GROUP_TILE = 32;
/** Odd, so that threads that store along the depth hit different banks. */
const PITCH = GROUP_TILE + 1;
const DEPTH = 16;

const FIELDS = [
  ['rows', 'u32'],
  ['cols', 'u32'],
  ['depth', 'u32'],
  ['aStride', 'u32'],
  ['bStride', 'u32'],
  ['aBatch', 'u32'],
  ['bBatch', 'u32'],
  ['biasBatch', 'u32'],
  ['factor', 'f32'],
] as const satisfies readonly [string, FieldType][];

/** Which product of two matrices of every group is formed. */
export interface GroupMatmul {
  /** A is stored [depth, rows]. */
  readonly aTransposed: boolean;
  /** B is stored [cols, depth]. */
  readonly bTransposed: boolean;
  readonly bias: boolean;
}

/** Loads [DEPTH, GROUP_TILE] of an operand, neighbouring threads along its stored rows. */
function load(name: 'a' | 'b', alongDepth: boolean, limit: string): string {
  const [k, side] = alongDepth ? [`e % ${DEPTH}u`, `e / ${DEPTH}u`] : [`e / ${GROUP_TILE}u`, `e % ${GROUP_TILE}u`];
  const at = alongDepth ? `side * p.${name}Stride + k` : `k * p.${name}Stride + side`;
  return `
    for (var e = l.x; e < ${DEPTH * GROUP_TILE}u; e += 64u) {
      let tileK = ${k};
      let tileSide = ${side};
      let k = k0 + tileK;
      let side = ${name}First + tileSide;
      var value = 0.0;
      if (k < p.depth && side < ${limit}) { value = ${name}[w.z * p.${name}Batch + ${at}]; }
      ${name}Tile[tileK * ${PITCH}u + tileSide] = value;
    }`;
}

export const groupMatmulKernel = ({ aTransposed, bTransposed, bias }: GroupMatmul) => {
  const name = `group matmul ${aTransposed ? 'Aᵀ' : 'A'}${bTransposed ? 'Bᵀ' : 'B'}${bias ? ' + bias' : ''}`;
  const tensors: TensorBinding[] = [
    { name: 'a', access: 'read', element: 'f32' },
    { name: 'b', access: 'read', element: 'f32' },
    ...(bias ? [{ name: 'bias', access: 'read', element: 'f32' } as const] : []),
    { name: 'result', access: 'read_write', element: 'f32' },
  ];
  const four = [0, 1, 2, 3];
  return kernelOf(name, (key) =>
    defineKernel({
      key,
      kind: 'objective',
      fields: FIELDS,
      tensors,
      body: `
var<workgroup> aTile: array<f32, ${DEPTH * PITCH}>;
var<workgroup> bTile: array<f32, ${DEPTH * PITCH}>;
fn store(group: u32, row: u32, firstCol: u32, values: vec4<f32>) {
  if (row >= p.rows) { return; }
  for (var n = 0u; n < 4u; n++) {
    let col = firstCol + n;
    if (col < p.cols) {
      result[(group * p.rows + row) * p.cols + col] = p.factor * values[n]${bias ? ' + bias[group * p.biasBatch + col]' : ''};
    }
  }
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let bFirst = w.x * ${GROUP_TILE}u;
  let aFirst = w.y * ${GROUP_TILE}u;
  let top = l.x / 8u * 4u;
  let left = l.x % 8u * 4u;
${four.map((n) => `  var sum${n} = vec4<f32>();`).join('\n')}
  for (var k0 = 0u; k0 < p.depth; k0 += ${DEPTH}u) {
    workgroupBarrier();${load('a', !aTransposed, 'p.rows')}${load('b', bTransposed, 'p.cols')}
    workgroupBarrier();
    for (var k = 0u; k < min(${DEPTH}u, p.depth - k0); k++) {
      let aAt = k * ${PITCH}u + top;
      let bAt = k * ${PITCH}u + left;
      let bs = vec4<f32>(bTile[bAt], bTile[bAt + 1u], bTile[bAt + 2u], bTile[bAt + 3u]);
${four.map((n) => `      sum${n} += aTile[aAt + ${n}u] * bs;`).join('\n')}
    }
  }
${four.map((n) => `  store(w.z, aFirst + top + ${n}u, bFirst + left, sum${n});`).join('\n')}
}`,
    }),
  );
};
