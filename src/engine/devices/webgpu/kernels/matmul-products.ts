/** WGSL of the sums of products in matmul.ts: one way for each kind of tile (tuning.ts). */
import { withComponent, type Width } from './elements.ts';
import { weightAt, weightsFrom } from './halves.ts';
import { sharesK, type MatmulVariant } from './matmul-variant.ts';
import { normDeclarations, normStatistics } from './matmul-norm.ts';
import { choose, indices, lines } from './terms.ts';
import { tileCols, tileRows, type Tile } from './tuning.ts';

/** Vectors per staged row of x: one more than needed, so that rows start in different banks. */
const pitchOf = ({ depth }: Tile): number => depth / 4 + 1;

/** Names of the sums of a vector of columns: one per row of the thread. */
export const SUMS = ['s', 't'] as const;

/** Bytes of workgroup memory that a tile takes. */
export function workgroupBytes(tile: Tile): number {
  if (tile.memory !== 'staged') return 0;
  const parts = tile.slices > 1 ? tileRows(tile) * tileCols(tile) : 0;
  return 16 * (tileRows(tile) * pitchOf(tile) + tile.depth * tileCols(tile) + parts);
}

/** fn loadI(row, q): values 4q … 4q + 3 of a row of input I, zeros behind its end. */
const loader = (width: Width, half: boolean) => (i: number) =>
  width === 4
    ? `
fn load${i}(row: u32, q: u32) -> vec4<f32> {
  if (4u * q >= p.k${i}) { return vec4<f32>(); }
  return ${weightAt(`x${i}`, half, 4, `row * (p.k${i} / 4u) + q`)};
}`
    : `
fn load${i}(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k${i};
  for (var k = 4u * q; k < min(p.k${i}, 4u * q + 4u); k++) { ${withComponent('v', 'f32', 'k - 4u * q', weightAt(`x${i}`, half, 1, 'at + k'))} }
  return v;
}`;

/** Adds four steps of k: v·(m0 … m3), v being the vector of row r; for a second vector of columns v·(n0 … n3). */
const multiplyAdd = (r: number, v: string, vectors: Tile['vectors'] = 1) => `
      { let v = ${v};
        s${r} = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s${r}))));${
          vectors === 1
            ? ''
            : `
        t${r} = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t${r}))));`
        } }`;

/** The products of input i, tiles in workgroup memory. A team of threads takes its share of the steps that are staged. */
function stagedProducts(v: MatmulVariant, i: number): string {
  const { tile, half, norm = false } = v;
  const { depth, vectors, slices, threadRows, threadCols, split } = tile;
  const threads = threadRows * threadCols * slices;
  const cols = tileCols(tile);
  const steps = depth / 4 / slices;
  const loaded = `load${i}(base + min(top + row, p.rows - 1u), k / 4u + q)`;
  const [from, to] = slices === 1 ? ['0u', `${steps}u`] : [`${steps}u * team`, `${steps}u * team + ${steps}u`];
  const load = (name: string, at: string) =>
    lines(indices(4).map((j) => `      let ${name}${j} = matrixTile[(4u * q + ${j}u) * ${cols}u + ${at}];`));
  const share = `share${i}`;
  const loop = sharesK(v)
    ? `let ${share} = (p.k${i} + ${split * depth - 1}u) / ${split * depth}u * ${depth}u; // steps of a workgroup
  for (var k = w.z % ${split}u * ${share}; k < min(p.k${i}, (w.z % ${split}u + 1u) * ${share}); k += ${depth}u) {`
    : `for (var k = 0u; k < p.k${i}; k += ${depth}u) {`;
  return `
  ${loop}
    workgroupBarrier();
    for (var e = thread; e < ${(tileRows(tile) * depth) / 4}u; e += ${threads}u) {
      let row = e / ${depth / 4}u;
      let q = e % ${depth / 4}u;
      xTile[row * ${pitchOf(tile)}u + q] = ${norm ? `normalised(row, k / 4u + q, ${loaded})` : loaded};
    }
    for (var e = thread; e < ${depth * cols}u; e += ${threads}u) {
      let at = p.first + (before + k + e / ${cols}u) * p.stride + left + e % ${cols}u;
      // Behind the last step lies whatever memory held before, which 0 times x need not make 0.
      matrixTile[e] = select(vec4<f32>(), ${weightsFrom(half)}(matrix[at]), k + e / ${cols}u < p.k${i});
    }
    workgroupBarrier();
    for (var q = ${from}; q < ${to}; q++) {
${load('m', 'tx')}${vectors === 1 ? '' : `\n${load('n', `${threadCols}u + tx`)}`}
${lines(indices(tile.rows).map((r) => multiplyAdd(r, `xTile[(${r * threadRows}u + ty) * ${pitchOf(tile)}u + q]`, vectors)))}
    }
  }
  before += p.k${i};`;
}

/** Brings the sums of all teams to the first, in order; the others are done. */
function joinedSums({ tile }: MatmulVariant): string {
  const { slices, vectors, threadRows, threadCols } = tile;
  const all = (line: (sum: string, at: string) => string) =>
    SUMS.slice(0, vectors).flatMap((sums, c) =>
      indices(tile.rows).map((r) =>
        line(`${sums}${r}`, `(${r * threadRows}u + ty) * ${tileCols(tile)}u + ${c * threadCols}u + tx`),
      ),
    );
  return `
  for (var other = 1u; other < ${slices}u; other++) {
    workgroupBarrier();
    if (team == other) {
${lines(all((sum, at) => `      partialSums[${at}] = ${sum};`))}
    }
    workgroupBarrier();
    if (team == 0u) {
${lines(all((sum, at) => `      ${sum} += partialSums[${at}];`))}
    }
  }
  if (team != 0u) { return; }`;
}

/** The products of input i, straight from memory. */
function directProducts({ tile, inputWidth, half, inputHalf = false }: MatmulVariant, i: number): string {
  const rows = indices(tile.rows);
  const value = (at: string) => weightAt(`x${i}`, inputHalf, inputWidth, at);
  if (inputWidth === 4)
    return `
  for (var q = 0u; q < p.k${i} / 4u; q++) {
${lines(indices(4).map((j) => `    let m${j} = ${weightsFrom(half)}(matrix[at + ${j}u * p.stride]);`))}
${lines(rows.map((r) => multiplyAdd(r, value(`row${r} * (p.k${i} / 4u) + q`))))}
    at += 4u * p.stride;
  }`;
  return `
  for (var k = 0u; k < p.k${i}; k++) {
    let m = ${weightsFrom(half)}(matrix[at]);
${lines(rows.map((r) => `    s${r} = fma(vec4<f32>(${value(`row${r} * p.k${i} + k`)}), m, s${r});`))}
    at += p.stride;
  }`;
}

/** Whether the products include LoRA: it is a further input then, and the code of the inner loop exists once. */
export const includesLora = ({ tile, lora }: MatmulVariant): boolean =>
  tile.memory === 'lanes' && (lora === 'forward' || lora === 'backward');

/** fn valueOf: value k of a row of a part; a part is an input or, behind those, the projections of the LoRA of a term. */
function valueFunction(v: MatmulVariant): string {
  const { inputs, inputHalf = false } = v;
  const value = (i: number) => weightAt(`x${i}`, inputHalf, 1, `row * p.k${i} + k`);
  const input = (i: number) => `if (part == ${i}u) { return ${value(i)}; }`;
  const projection = 'return projected[row * p.projections + term * p.rank + k];';
  const last = `return ${value(inputs - 1)};`;
  return `
fn valueOf(part: u32, term: u32, row: u32, k: u32) -> f32 {
  ${lines(indices(includesLora(v) ? inputs : inputs - 1).map(input))}
  ${includesLora(v) ? projection : last}
}`;
}

/**
 * All products on a subgroup: lane n loads value k + n of every row, and all lanes get it from there. Loops where other tiles have copies,
 * because software adapters take seconds to compile those.
 */
function lanesProducts(v: MatmulVariant): string {
  const { tile, inputs, outputs, lora, half } = v;
  const rows = indices(tile.rows);
  const lanes = tile.threadCols;
  const depth = indices(inputs)
    .slice(1)
    .reduce((rest, i) => `select(${rest}, p.k${i}, part == ${i}u)`, 'p.k0');
  const terms = indices(Math.max(inputs, outputs));
  const field = (name: string) => choose(terms.map((t) => `p.${name}${t}`));
  const steps = lora === 'forward' ? [0, 1, 2, 3].map((c) => `${c}u * p.rank`) : ['0u', '1u', '2u', '3u'];
  const startOfLora = `
    if (part >= ${inputs}u) {
      ${lora === 'forward' ? '' : `term = part - ${inputs}u;`}
      let slot = bitcast<i32>(constants[${field('slots')} + group]);
      if (slot < 0) { continue; }
      depth = p.rank;
      scale = ${field('scale')};
      at = u32(slot) * p.size + ${field('factorOffset')} + 4u * column${lora === 'forward' ? ' * p.rank' : ''};
      step = ${lora === 'forward' ? '1u' : 'p.cols0'};
    }`;
  const factorOfLora = `
        if (part >= ${inputs}u) {
          m = scale * vec4<f32>(${steps.map((offset) => `params[at + ${offset}]`).join(', ')});
        } else { m = ${weightsFrom(half)}(matrix[at]); }`;
  const parts = includesLora(v) ? inputs + (lora === 'forward' ? 1 : inputs) : inputs;
  return `
  let height = min(${tile.rows}u, p.rows - top);
  var loaded: array<f32, ${tile.rows}>;
  var at = p.first + left + tx;
  var step = p.stride;
  var scale = 1.0;
  for (var part = 0u; part < ${parts}u; part++) {
    var depth = ${depth};
${includesLora(v) ? startOfLora : ''}
    for (var k = 0u; k < depth; k += ${lanes}u) {
      let mine = min(k + tx, depth - 1u);
      for (var n = 0u; n < height; n++) { loaded[n] = valueOf(part, term, base + top + n, mine); }
      for (var j = 0u; j < min(${lanes}u, depth - k); j++) {
        ${includesLora(v) ? `var m: vec4<f32>;${factorOfLora}` : `let m = ${weightsFrom(half)}(matrix[at]);`}
        at += step;
${lines(rows.map((r) => `        s${r} = fma(vec4<f32>(subgroupShuffle(loaded[${r}], j)), m, s${r});`))}
      }
    }
  }${lora === 'backward' && includesLora(v) ? '\n  term = 0u;' : ''}`;
}

/** The sums of all workgroups that share k, in their order. */
const joinedWorkgroups = ({ tile: { split } }: MatmulVariant): string => `
  let first = (w.z * ${split}u * p.rows + min(top + ty, p.rows - 1u)) * p.stride + left + tx;
  for (var n = 0u; n < ${split}u; n++) { s0 += partials[first + n * p.rows * p.stride]; }`;

/** Declarations of the module, before `main`. */
export function productDeclarations(v: MatmulVariant): string {
  const { tile, inputs, inputWidth, inputHalf = false, norm = false } = v;
  if (tile.memory === 'lanes') return valueFunction(v);
  return tile.memory === 'direct' || tile.memory === 'joined'
    ? ''
    : `${lines(indices(inputs).map(loader(inputWidth, inputHalf)))}
var<workgroup> xTile: array<vec4<f32>, ${tileRows(tile) * pitchOf(tile)}>;
var<workgroup> matrixTile: array<vec4<f32>, ${tile.depth * tileCols(tile)}>;${norm ? normDeclarations(tile) : ''}${
        tile.slices === 1
          ? ''
          : `
var<workgroup> partialSums: array<vec4<f32>, ${tileRows(tile) * tileCols(tile)}>;`
      }`;
}

/** Adds the products of all inputs to the sums s0 … (and t0 …), one vector of four columns per row of the thread. */
export function productSums(v: MatmulVariant): string {
  const inputs = indices(v.inputs);
  const { memory, threadRows, threadCols, slices } = v.tile;
  switch (memory) {
    case 'staged':
      return `
  ${slices === 1 ? '' : 'let team = l.z;\n  '}let thread = ${slices === 1 ? 'ty' : `(team * ${threadRows}u + ty)`} * ${threadCols}u + tx;${v.norm ? normStatistics(v.tile) : ''}
  var before = 0u; // rows of the matrix that belong to earlier inputs
${lines(inputs.map((i) => stagedProducts(v, i)))}${slices === 1 ? '' : joinedSums(v)}`;
    case 'direct':
      return `
  var at = p.first + left + tx;
${lines(inputs.map((i) => directProducts(v, i)))}`;
    case 'lanes':
      return lanesProducts(v);
    case 'joined':
      return joinedWorkgroups(v);
  }
}
