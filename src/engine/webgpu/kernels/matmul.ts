/**
 * Matrix product with everything around a linear map in one dispatch:
 *
 *   [y0 | y1 | y2] = f([x0 | x1 | x2] · matrix + bias + LoRA + add)
 *
 * Inputs x_i [R, k_i] are concatenated along k, outputs y_i [R, c_i] along columns; matrix [Σk (+1), columns] is row-major, the columns of
 * every output padded to a multiple of four, the bias its last row. Forward, matrix is the transposed weights of maps of one input;
 * backward, it is the weights of those maps, one above the other.
 *
 * LoRA forward: y_t += scale · u_t B_tᵀ, u [R, terms · rank]; backward: dx += Σ_t scale · keep ∘ (u_t A_t), u being dy_t B_t there. A
 * workgroup lies in one group of rows: whether its group has LoRA is a uniform branch.
 *
 * Memory traffic: every tile reads its rows of x once per column tile and its columns of the matrix once per row tile. Numerics: float32 fused
 * multiply-adds in order of k, also with float16 weights.
 */
import type { Activation } from '../../../model/backbone.ts';
import { defineKernel, kernelOf, type FieldType, type Kernel, type TensorBinding } from '../kernel.ts';
import { KEEP_FACTORS } from './dropout.ts';
import { elementOf, type Width } from './elements.ts';
import { geluFunctions } from './gelu.ts';
import { choose, indices } from './terms.ts';
import { tileCols, tileRows, type Tile } from './tuning.ts';

/** Everything that is baked into the code. */
export interface MatmulVariant {
  readonly tile: Tile;
  readonly inputs: number;
  readonly outputs: number;
  /** 4 when every k_i is a multiple of four; 1 for tiles that load x by lanes. */
  readonly inputWidth: Width;
  /** 4 when every c_i is a multiple of four. */
  readonly outputWidth: Width;
  /** The matrix is stored as float16. */
  readonly half: boolean;
  readonly bias: boolean;
  readonly lora: 'none' | 'forward' | 'backward' | 'backward with dropout';
  /** `residual`: another tensor; `accumulate`: what the output holds. */
  readonly add: 'none' | 'residual' | 'accumulate';
  readonly activation:
    /** y = f(sum); the sum is kept in `hidden` too */
    | { readonly kind: Activation; readonly use: 'apply' | 'apply and keep' }
    /** y = sum ∘ f′(hidden) */
    | { readonly kind: Activation; readonly use: 'derivative' }
    | null;
}

export const MAX_TERMS = 3;

const PER_TERM = ['slots', 'factorOffset', 'scale'] as const;

/** Fields in order; the operation gives their values by name. */
export function matmulFields({ inputs, outputs, lora }: MatmulVariant): [string, FieldType][] {
  const terms = indices(Math.max(inputs, outputs));
  const fields: [string, FieldType][] = [
    ['groups', 'u32'],
    ['rows', 'u32'],
    ['stride', 'u32'],
    ['first', 'u32'],
    ...indices(inputs).map((i): [string, FieldType] => [`k${i}`, 'u32']),
    ...indices(outputs).map((i): [string, FieldType] => [`cols${i}`, 'u32']),
  ];
  if (lora === 'none') return fields;
  fields.push(['rank', 'u32'], ['size', 'u32'], ['projections', 'u32']);
  for (const name of PER_TERM) for (const t of terms) fields.push([`${name}${t}`, name === 'scale' ? 'f32' : 'u32']);
  if (lora === 'backward with dropout') for (const t of terms) fields.push([`rates${t}`, 'u32'], [`keys${t}`, 'u32']);
  return fields;
}

const lines = (parts: readonly string[]): string => parts.join('\n');

function matmulTensors(v: MatmulVariant): TensorBinding[] {
  const input = elementOf(v.inputWidth);
  const output = elementOf(v.outputWidth);
  const tensors: TensorBinding[] = indices(v.inputs).map((i) => ({ name: `x${i}`, access: 'read', element: input }));
  tensors.push({ name: 'matrix', access: 'read', element: v.half ? 'vec4<f16>' : 'vec4<f32>' });
  if (v.lora !== 'none')
    tensors.push(
      { name: 'params', access: 'read', element: 'f32' },
      { name: 'projected', access: 'read', element: 'f32' },
    );
  if (v.add === 'residual') tensors.push({ name: 'residual', access: 'read', element: output });
  if (v.activation?.use === 'derivative') tensors.push({ name: 'hidden', access: 'read', element: output });
  for (const i of indices(v.outputs)) tensors.push({ name: `y${i}`, access: 'read_write', element: output });
  if (v.activation?.use === 'apply and keep') tensors.push({ name: 'hidden', access: 'read_write', element: output });
  return tensors;
}

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

/** The products of input i: lane n of the subgroup loads value k + n of every row, and every lane gets it by broadcast. */
function lanesProducts({ tile }: MatmulVariant, i: number): string {
  const rows = indices(tile.rows);
  const lanes = tile.threadCols;
  return `
  for (var k = 0u; k < p.k${i}; k += ${lanes}u) {
    let inside = k + tx < p.k${i};
    let column = min(k + tx, p.k${i} - 1u);
${lines(rows.map((r) => `    let v${r} = select(0.0, x${i}[row${r} * p.k${i} + column], inside);`))}
${lines(
  indices(lanes).map(
    (j) => `    { let m = vec4<f32>(matrix[at + (k + ${j}u) * p.stride]);
${lines(rows.map((r) => `      s${r} = fma(vec4<f32>(subgroupBroadcast(v${r}, ${j}u)), m, s${r});`))} }`,
  ),
)}
  }
  at += p.k${i} * p.stride;`;
}

const products = (v: MatmulVariant, i: number): string => {
  if (v.tile.memory === 'staged') return stagedProducts(v, i);
  return v.tile.memory === 'lanes' ? lanesProducts(v, i) : directProducts(v, i);
};

function loraForward({ tile, outputs }: MatmulVariant): string {
  const rows = indices(tile.rows);
  const field = (name: string) => choose(indices(outputs).map((t) => `p.${name}${t}`));
  return `
  let slot = bitcast<i32>(constants[${field('slots')} + group]);
  if (slot >= 0) {
    let b = u32(slot) * p.size + ${field('factorOffset')} + 4u * column * p.rank;
    let scale = ${field('scale')};
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[b + r], params[b + p.rank + r], params[b + 2u * p.rank + r], params[b + 3u * p.rank + r]);
${lines(rows.map((n) => `      s${n} += projected[row${n} * p.projections + term * p.rank + r] * factor;`))}
    }
  }`;
}

function loraBackward({ tile, lora }: MatmulVariant, t: number): string {
  const rows = indices(tile.rows);
  const dropout = lora === 'backward with dropout';
  const sum = dropout ? 'd' : 's';
  return `
  { let slot = bitcast<i32>(constants[p.slots${t} + group]);
  if (slot >= 0) {
    let a = u32(slot) * p.size + p.factorOffset${t} + 4u * column;
${dropout ? lines(rows.map((n) => `    var d${n} = vec4<f32>();`)) : ''}
    for (var r = 0u; r < p.rank; r++) {
      let at = a + r * p.cols0;
      let factor = p.scale${t} * vec4<f32>(params[at], params[at + 1u], params[at + 2u], params[at + 3u]);
${lines(rows.map((n) => `      ${sum}${n} += projected[row${n} * p.projections + ${t}u * p.rank + r] * factor;`))}
    }
${
  dropout
    ? `    let key = constants[p.keys${t} + group];
    let rate = bitcast<f32>(constants[p.rates${t} + group]);
${lines(rows.map((n) => `    s${n} += d${n} * keepFactors(key, rate, (row${n} - base) * p.cols0 + 4u * column);`))}`
    : ''
}
  } }`;
}

/** fn storeT(row, column, sum): finishes and writes four values of output T. */
function storeFunction({ outputWidth, add, activation }: MatmulVariant, t: number): string {
  const finish = (element: 'f32' | 'vec4<f32>') => {
    const steps = [`var value: ${element} = sum;`];
    if (add === 'residual') steps.push('value += residual[at];');
    if (add === 'accumulate') steps.push(`value += y${t}[at];`);
    if (activation?.use === 'derivative') steps.push('value *= activationDerivative(hidden[at]);');
    if (activation?.use === 'apply and keep') steps.push('hidden[at] = value;');
    if (activation && activation.use !== 'derivative') steps.push('value = activate(value);');
    return [...steps, `y${t}[at] = value;`].join('\n  ');
  };
  if (outputWidth === 4)
    return `
fn store${t}(row: u32, column: u32, sum: vec4<f32>) {
  let at = row * (p.cols${t} / 4u) + column;
  ${finish('vec4<f32>')}
}`;
  return `
fn finish${t}(at: u32, sum: f32) {
  ${finish('f32')}
}
fn store${t}(row: u32, column: u32, sum: vec4<f32>) {
  for (var j = 0u; j < min(4u, p.cols${t} - 4u * column); j++) { finish${t}(row * p.cols${t} + 4u * column + j, sum[j]); }
}`;
}

const keyOf = (v: MatmulVariant): string => {
  const { tile, activation } = v;
  const parts = [
    `matmul ${tileRows(tile)}×${4 * tileCols(tile)} ${tile.memory}`,
    `${v.inputs}→${v.outputs} ×${v.inputWidth}→×${v.outputWidth}`,
    v.half ? 'f16' : '',
    v.bias ? 'bias' : '',
    v.lora === 'none' ? '' : `LoRA ${v.lora}`,
    v.add === 'none' ? '' : v.add,
    activation ? `${activation.kind} ${activation.use}` : '',
  ];
  return parts.filter(Boolean).join(', ');
};

export const matmulKernel = (v: MatmulVariant): Kernel =>
  kernelOf(keyOf(v), (key) => {
    const { tile, activation } = v;
    const rows = indices(tile.rows);
    const outputs = indices(v.outputs);
    const kSum = indices(v.inputs)
      .map((i) => `p.k${i}`)
      .join(' + ');
    const vectors = (t: number) => `((p.cols${t} + 3u) / 4u)`;
    return defineKernel({
      key,
      kind: 'matmul',
      fields: matmulFields(v),
      tensors: matmulTensors(v),
      directives: `${v.half ? 'enable f16;' : ''}${tile.memory === 'lanes' ? 'enable subgroups;' : ''}`,
      body: `
${activation ? geluFunctions(activation.kind, elementOf(v.outputWidth), activation.use === 'derivative') : ''}
${v.lora === 'backward with dropout' ? KEEP_FACTORS : ''}
${tile.memory === 'staged' ? lines(indices(v.inputs).map(loader(v.inputWidth))) : ''}
${lines(outputs.map((t) => storeFunction(v, t)))}
${
  tile.memory === 'staged'
    ? `var<workgroup> xTile: array<vec4<f32>, ${tileRows(tile) * PITCH}>;
var<workgroup> matrixTile: array<vec4<f32>, ${DEPTH * tile.threadCols}>;`
    : ''
}
@compute @workgroup_size(${tile.threadCols}, ${tile.threadRows})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>${tile.memory === 'lanes' ? ', @builtin(subgroup_invocation_id) lane: u32' : ''}) {
  let tx = ${tile.memory === 'lanes' ? 'lane' : 'l.x'};
  let ty = l.y;
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let top = w.y * ${tileRows(tile)}u;
  let left = w.x * ${tileCols(tile)}u;
${lines(rows.map((r) => `  let row${r} = base + min(top + ${r * tile.threadRows}u + ty, p.rows - 1u);`))}
${lines(rows.map((r) => `  var s${r} = vec4<f32>();`))}
${
  tile.memory === 'staged'
    ? `  let thread = ty * ${tile.threadCols}u + tx;
  var before = 0u; // rows of the matrix that belong to earlier inputs
${lines(indices(v.inputs).map((i) => products(v, i)))}`
    : `  var at = p.first + left + tx;
${lines(indices(v.inputs).map((i) => products(v, i)))}`
}
  var column = left + tx;
  if (column >= p.stride) { return; }
${
  v.bias
    ? `  let bias = vec4<f32>(matrix[p.first + (${kSum}) * p.stride + column]);
${lines(rows.map((r) => `  s${r} += bias;`))}`
    : ''
}
  var term = 0u;
${lines(outputs.slice(1).map((t) => `  if (term == ${t - 1}u && column >= ${vectors(t - 1)}) { term = ${t}u; column -= ${vectors(t - 1)}; }`))}
${v.lora === 'forward' ? loraForward(v) : ''}
${v.lora.startsWith('backward') ? lines(indices(v.inputs).map((t) => loraBackward(v, t))) : ''}
${lines(
  outputs.map(
    (t) => `  if (term == ${t}u) {
${lines(rows.map((r) => `    if (top + ${r * tile.threadRows}u + ty < p.rows) { store${t}(row${r}, column, s${r}); }`))}
  }`,
  ),
)}
}`,
    });
  });
