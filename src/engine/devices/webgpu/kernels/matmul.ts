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
 * workgroup lies in one group of rows: whether its group has LoRA is a uniform branch. A dispatch may begin at any row tile (pieces.ts).
 *
 * Memory traffic: every tile reads its rows of x once per column tile and its columns of the matrix once per row tile. Numerics: float32 fused
 * multiply-adds in order of k, also with float16 weights; where teams share k, each in order of its own and then the teams in theirs.
 *
 * Where several workgroups share k (tuning.ts, `split`), it takes two dispatches. The first is a product without anything around it: its output holds, for every group
 * that is listed and every one of its workgroups, sums [rows, 4 · stride]. The second has a `joined` tile, reads these instead of x, adds them up in the order of k and
 * does everything around.
 */
import { defineKernel, kernelOf, type Kernel } from '../kernel.ts';
import { KEEP_FACTORS } from './dropout.ts';
import { elementOf } from './elements.ts';
import { geluFunctions } from './gelu.ts';
import { halvesDirective, halvesFunctions, PACK_HALVES, weightsFrom } from './halves.ts';
import { loraBackward, loraForward, storeFunction, storeRows } from './matmul-epilogue.ts';
import { includesLora, productDeclarations, productSums, SUMS } from './matmul-products.ts';
import {
  matmulFields,
  matmulKey,
  matmulTensors,
  OUTPUT_ALIGNMENT,
  sharesK,
  type MatmulVariant,
} from './matmul-variant.ts';
import { indices, lines } from './terms.ts';
import { tileCols, tileRows } from './tuning.ts';

export const matmulKernel = (v: MatmulVariant): Kernel =>
  kernelOf(matmulKey(v), (key) => {
    const { tile, activation, inputHalf = false, keptHalf = false } = v;
    const readsKept = inputHalf || (keptHalf && activation?.use === 'derivative');
    const writesKept = keptHalf && activation?.use === 'apply and keep';
    // What is kept as halves is f′ itself.
    const needsDerivative = keptHalf ? writesKept : activation?.use === 'derivative';
    const rows = indices(tile.rows);
    const outputs = indices(v.outputs);
    const kSum = indices(v.inputs)
      .map((i) => `p.k${i}`)
      .join(' + ');
    const vectors = (t: number) =>
      `((p.cols${t} + ${4 * OUTPUT_ALIGNMENT - 1}u) / ${4 * OUTPUT_ALIGNMENT}u * ${OUTPUT_ALIGNMENT}u)`;
    // All of a subgroup lies in one output; where lanes exchange values, they have to know.
    const positionOf = (at: string) => (tile.memory === 'lanes' ? 'left' : at);
    const locate = (at: string) => `  var term = 0u;
  var start = 0u;
${lines(outputs.slice(1).map((t) => `  if (term == ${t - 1}u && ${positionOf(at)} >= start + ${vectors(t - 1)}) { term = ${t}u; start += ${vectors(t - 1)}; }`))}
  let column = ${at} - start;`;
    const finish = (at: string, sums: string) => `${
      v.bias
        ? `  let bias = ${weightsFrom(v.half)}(matrix[p.first + (${kSum}) * p.stride + ${at}]);
${lines(rows.map((r) => `  ${sums}${r} += bias;`))}`
        : ''
    }
${v.lora === 'forward' && !includesLora(v) ? loraForward(v, sums) : ''}
${v.lora.startsWith('backward') && !includesLora(v) ? loraBackward(v, sums) : ''}
${storeRows(v, sums)}`;
    // A tile of two vectors of columns finishes one after the other: they may lie in different outputs.
    const sumsAndFinish =
      tile.vectors === 1
        ? `${locate('left + tx')}
${productSums(v)}
${finish('left + tx', 's')}`
        : `${productSums(v)}
${lines(
  ['left + tx', `left + ${tile.threadCols}u + tx`].map(
    (at, c) => `  {
${locate(at)}
${finish(at, SUMS[c])}
  }`,
  ),
)}`;
    return defineKernel({
      key,
      kind: 'matmul',
      fields: matmulFields(v),
      tensors: matmulTensors(v),
      directives: `${halvesDirective(v.half)}${tile.memory === 'lanes' ? 'enable subgroups;' : ''}${tile.asks ? 'enable subgroup_size_control;' : ''}`,
      body: `
${activation ? geluFunctions(activation.kind, elementOf(v.outputWidth), needsDerivative) : ''}${writesKept ? PACK_HALVES : ''}
${v.lora === 'backward with dropout' ? KEEP_FACTORS : ''}
${lines(outputs.map((t) => storeFunction(v, t)))}
${halvesFunctions(readsKept ? 'packed' : v.half)}
${productDeclarations(v)}
@compute @workgroup_size(${tile.threadCols}, ${tile.threadRows}${tile.slices === 1 ? '' : `, ${tile.slices}`})${tile.asks ? ` @subgroup_size(${tile.threadCols})` : ''}
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>${tile.memory === 'lanes' ? ', @builtin(subgroup_invocation_id) lane: u32' : ''}) {
  let tx = ${tile.memory === 'lanes' ? 'lane' : 'l.x'};
  let ty = l.y;
  let group = constants[p.groups + ${sharesK(v) ? `w.z / ${tile.split}u` : 'w.z'}];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * ${tileRows(tile)}u;
  let left = w.x * ${tileCols(tile)}u;
${lines(rows.map((r) => `  let row${r} = base + min(top + ${r * tile.threadRows}u + ty, p.rows - 1u);`))}
${lines(SUMS.slice(0, tile.vectors).flatMap((sums) => rows.map((r) => `  var ${sums}${r} = vec4<f32>();`)))}
${sumsAndFinish}
}`,
    });
  });
