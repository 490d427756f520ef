/** WGSL of what matmul.ts does after the products: LoRA, bias, activation, and writing the result. */
import { weightAt } from './halves.ts';
import { sharesK, type MatmulVariant } from './matmul-variant.ts';
import { choose, indices, lines } from './terms.ts';

/** `sums` of every row += projected[row, first … first + rank) · factors, `factor` being four columns of row r of the factors. */
function lowRank({ tile }: MatmulVariant, sums: string, first: string, factor: string): string {
  const value = (n: number) => `projected[row${n} * p.projections + ${first} + r]`;
  return `
    for (var r = 0u; r < p.rank; r++) {
      let factor = ${factor};
${lines(indices(tile.rows).map((n) => `      ${sums}${n} = fma(vec4<f32>(${value(n)}), factor, ${sums}${n});`))}
    }`;
}

/** y_t += scale · u_t B_tᵀ. @param sums names the sums of these columns, here and below */
export function loraForward(v: MatmulVariant, sums: string): string {
  const field = (name: string) => choose(indices(v.outputs).map((t) => `p.${name}${t}`));
  const b = ['b + r', 'b + p.rank + r', 'b + 2u * p.rank + r', 'b + 3u * p.rank + r'].map((at) => `params[${at}]`);
  return `
  let slot = bitcast<i32>(constants[${field('slots')} + group]);
  if (slot >= 0) {
    let b = u32(slot) * p.size + ${field('factorOffset')} + 4u * column * p.rank;
    let scale = ${field('scale')};${lowRank(v, sums, 'term * p.rank', `scale * vec4<f32>(${b.join(', ')})`)}
  }`;
}

/** s_n += d_n where dropout keeps the input. */
function maskedSums({ tile, inputs }: MatmulVariant, sums: string): string {
  const rows = indices(tile.rows);
  const field = (name: string) => choose(indices(inputs).map((t) => `p.${name}${t}`));
  const dropout = `
    let key = constants[${field('keys')} + group];
    let rate = bitcast<f32>(constants[${field('rates')} + group]);`;
  const keep = (row: string) => `keepFactors(key, rate, (${row} - base) * p.cols0 + 4u * column)`;
  if (tile.memory !== 'lanes')
    return `${dropout}\n${lines(rows.map((n) => `    ${sums}${n} += d${n} * ${keep(`row${n}`)};`))}`;
  return `${dropout}
    var kept = array<vec4<f32>, ${tile.rows}>(${rows.map((n) => `d${n}`).join(', ')});
    for (var n = 0u; n < height; n++) { kept[n] *= ${keep('(base + top + n)')}; }
${lines(rows.map((n) => `    s${n} += kept[${n}];`))}`;
}

/** dx += Σ_t scale_t · keep ∘ (v_t A_t) */
export function loraBackward(v: MatmulVariant, sums: string): string {
  const dropout = v.lora === 'backward with dropout';
  const field = (name: string) => choose(indices(v.inputs).map((t) => `p.${name}${t}`));
  const a = [0, 1, 2, 3].map((c) => `params[a + r * p.cols0 + ${c}u]`);
  return `
  for (var term = 0u; term < ${v.inputs}u; term++) {
    let slot = bitcast<i32>(constants[${field('slots')} + group]);
    if (slot < 0) { continue; }
    let a = u32(slot) * p.size + ${field('factorOffset')} + 4u * column;
    let scale = ${field('scale')};
${dropout ? lines(indices(v.tile.rows).map((n) => `    var d${n} = vec4<f32>();`)) : ''}
${lowRank(v, dropout ? 'd' : sums, 'term * p.rank', `scale * vec4<f32>(${a.join(', ')})`)}
${dropout ? maskedSums(v, sums) : ''}
  }`;
}

/** Writes the sums of all rows of the tile that exist. */
export function storeRows(v: MatmulVariant, sums: string): string {
  const { tile, outputs } = v;
  const rows = indices(tile.rows);
  const store = (row: string, sum: string) =>
    outputs === 1
      ? `store0(${row}, column, ${sum});`
      : lines(indices(outputs).map((t) => `if (term == ${t}u) { store${t}(${row}, column, ${sum}); }`));
  // Unrolled where threads run side by side; on software adapters, compiling the copies takes longer than they save.
  if (tile.memory !== 'lanes')
    return lines(
      rows.map((r) => {
        const row = `top + ${r * tile.threadRows}u + ty`;
        return `  if (${row} < p.rows) { ${store(sharesK(v) ? `w.z * p.rows + ${row}` : `row${r}`, `${sums}${r}`)} }`;
      }),
    );
  return `
  var sums = array<vec4<f32>, ${tile.rows}>(${rows.map((r) => `s${r}`).join(', ')});
  for (var n = 0u; n < height; n++) { ${store('base + top + n', 'sums[n]')} }`;
}

/** fn storeT(row, column, sum): finishes and writes four values of output T. */
export function storeFunction({ outputWidth, add, activation, keptHalf = false }: MatmulVariant, t: number): string {
  const hidden = weightAt('hidden', keptHalf, outputWidth, 'at');
  const keeps = activation?.use === 'apply and keep';
  const finish = (element: 'f32' | 'vec4<f32>') => {
    const steps = [`var value: ${element} = sum;`];
    if (add === 'residual') steps.push('value += residual[at];');
    if (add === 'accumulate') steps.push(`value += y${t}[at];`);
    if (activation?.use === 'derivative')
      steps.push(keptHalf ? `value *= ${hidden};` : `value *= activationDerivative(${hidden});`);
    if (keeps) steps.push(keptHalf ? 'hidden[at] = packed(activationDerivative(value));' : 'hidden[at] = value;');
    if (activation && activation.use !== 'derivative') steps.push('value = activate(value);');
    return [...steps, `y${t}[at] = ${keeps && keptHalf ? 'packed(value)' : 'value'};`].join('\n  ');
  };
  if (outputWidth === 4)
    return `
fn store${t}(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols${t}) { return; }
  let at = row * (p.cols${t} / 4u) + column;
  ${finish('vec4<f32>')}
}`;
  return `
fn finish${t}(at: u32, sum: f32) {
  ${finish('f32')}
}
fn store${t}(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols${t}) { return; }
  for (var j = 0u; j < min(4u, p.cols${t} - 4u * column); j++) { finish${t}(row * p.cols${t} + 4u * column + j, sum[j]); }
}`;
}
