/** WGSL of the sums of products in matmul.ts: one way for each kind of tile (tuning.ts). */
import type { Width } from './elements.ts';
import type { MatmulVariant } from './matmul-variant.ts';
import { indices, lines } from './terms.ts';
import { tileRows } from './tuning.ts';

/** Depth of the staged tiles. */
const DEPTH = 16;
/** Vectors per staged row of x: one more than needed, so that rows start in different banks. */
const PITCH = DEPTH / 4 + 1;

/** fn loadI(row, q): values 4q … 4q + 3 of a row of input I, zeros behind its end. */
const loader = (width: Width) => (i: number) =>
  width === 4
    ? `
fn load${i}(row: u32, q: u32) -> vec4<f32> {
  if (4u * q >= p.k${i}) { return vec4<f32>(); }
  return x${i}[row * (p.k${i} / 4u) + q];
}`
    : `
fn load${i}(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k${i};
  for (var k = 4u * q; k < min(p.k${i}, 4u * q + 4u); k++) { v[k - 4u * q] = x${i}[at + k]; }
  return v;
}`;

/** Adds four steps of k: v·(m0 … m3), v being the vector of row r. */
const multiplyAdd = (r: number, v: string) => `
      { let v = ${v};
        s${r} = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s${r})))); }`;

/** The products of input i, tiles in workgroup memory. */
function stagedProducts({ tile }: MatmulVariant, i: number): string {
  const threads = tile.threadRows * tile.threadCols;
  return `
  for (var k = 0u; k < p.k${i}; k += ${DEPTH}u) {
    workgroupBarrier();
    for (var e = thread; e < ${(tileRows(tile) * DEPTH) / 4}u; e += ${threads}u) {
      let row = e / ${DEPTH / 4}u;
      let q = e % ${DEPTH / 4}u;
      xTile[row * ${PITCH}u + q] = load${i}(base + min(top + row, p.rows - 1u), k / 4u + q);
    }
    for (var e = thread; e < ${DEPTH * tile.threadCols}u; e += ${threads}u) {
      let at = p.first + (before + k + e / ${tile.threadCols}u) * p.stride + left + e % ${tile.threadCols}u;
      matrixTile[e] = vec4<f32>(matrix[at]);
    }
    workgroupBarrier();
    for (var q = 0u; q < ${DEPTH / 4}u; q++) {
${lines(indices(4).map((j) => `      let m${j} = matrixTile[(4u * q + ${j}u) * ${tile.threadCols}u + tx];`))}
${lines(indices(tile.rows).map((r) => multiplyAdd(r, `xTile[(${r * tile.threadRows}u + ty) * ${PITCH}u + q]`)))}
    }
  }
  before += p.k${i};`;
}

/** The products of input i, straight from memory. */
function directProducts({ tile, inputWidth }: MatmulVariant, i: number): string {
  const rows = indices(tile.rows);
  if (inputWidth === 4)
    return `
  for (var q = 0u; q < p.k${i} / 4u; q++) {
${lines(indices(4).map((j) => `    let m${j} = vec4<f32>(matrix[at + ${j}u * p.stride]);`))}
${lines(rows.map((r) => multiplyAdd(r, `x${i}[row${r} * (p.k${i} / 4u) + q]`)))}
    at += 4u * p.stride;
  }`;
  return `
  for (var k = 0u; k < p.k${i}; k++) {
    let m = vec4<f32>(matrix[at]);
${lines(rows.map((r) => `    s${r} = fma(vec4<f32>(x${i}[row${r} * p.k${i} + k]), m, s${r});`))}
    at += p.stride;
  }`;
}

/** The products of input i: lane n of the subgroup loads value k + n of every row, and all lanes get it from there. */
function lanesProducts({ tile }: MatmulVariant, i: number): string {
  const rows = indices(tile.rows);
  return `
  for (var k = 0u; k < p.k${i}; k += ${tile.threadCols}u) {
    let mine = min(k + tx, p.k${i} - 1u);
${lines(rows.map((r) => `    let v${r} = x${i}[row${r} * p.k${i} + mine];`))}
    for (var j = 0u; j < min(${tile.threadCols}u, p.k${i} - k); j++) {
      let m = vec4<f32>(matrix[at]);
${lines(rows.map((r) => `      s${r} = fma(vec4<f32>(subgroupShuffle(v${r}, j)), m, s${r});`))}
      at += p.stride;
    }
  }`;
}

/** Declarations of the module, before `main`. */
export const productDeclarations = ({ tile, inputs, inputWidth }: MatmulVariant): string =>
  tile.memory === 'staged'
    ? `${lines(indices(inputs).map(loader(inputWidth)))}
var<workgroup> xTile: array<vec4<f32>, ${tileRows(tile) * PITCH}>;
var<workgroup> matrixTile: array<vec4<f32>, ${DEPTH * tile.threadCols}>;`
    : '';

/** Adds the products of all inputs to the sums s0 …, one vector of four columns per row of the thread. */
export function productSums(v: MatmulVariant): string {
  const inputs = indices(v.inputs);
  if (v.tile.memory === 'staged')
    return `
  let thread = ty * ${v.tile.threadCols}u + tx;
  var before = 0u; // rows of the matrix that belong to earlier inputs
${lines(inputs.map((i) => stagedProducts(v, i)))}`;
  return `
  var at = p.first + left + tx;
${lines(inputs.map((i) => (v.tile.memory === 'lanes' ? lanesProducts(v, i) : directProducts(v, i))))}`;
}
