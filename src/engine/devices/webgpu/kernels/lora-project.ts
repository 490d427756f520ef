/**
 * The skinny half of LoRA for all maps of one input, of their backward, or of both, in one dispatch: u_t = drop_t(x) A_tᵀ and
 * v_t = dy_t B_t; u, v [R, terms · rank]. A [rank, in] and B [out, rank] are those of the slot of the group; groups without one are not
 * written and cost nothing.
 *
 * A task is one of u_0 … and v_0 …. A thread forms four neighbouring ranks of a row, or a lane's share of them: the lanes of a row
 * read neighbouring vectors and are added up in order. Reads x once per task and four ranks, factors from the cache.
 */
import { defineKernel, kernelOf, type FieldType } from '../kernel.ts';
import { KEEP_FACTORS } from './dropout.ts';
import type { Width } from './elements.ts';
import { halvesFunctions, weightAt, weightsTensor } from './halves.ts';
import { choose, indices } from './terms.ts';

/** What the WGSL of u = x·Aᵀ and v = dy·B is generated for. */
export interface ProjectVariant {
  readonly terms: number;
  /** Which of u and v are formed. */
  readonly u: boolean;
  readonly v: boolean;
  readonly dropout: boolean;
  /** x was kept as halves. */
  readonly half?: boolean;
  /** 4 when in and out of all maps are multiples of four. */
  readonly width: Width;
  /** Threads that share a row; 1 needs no barrier, which suits software adapters. */
  readonly lanes: number;
}

/** Of a workgroup. */
export const PROJECT_THREADS = 64;
/** Rows of a workgroup. */
export const projectRows = (lanes: number): number => PROJECT_THREADS / lanes;
/** Bytes of workgroup memory for the shares of a sum. */
export const projectBytes = (lanes: number): number => (lanes > 1 ? 16 * PROJECT_THREADS : 0);
/** Ranks a thread forms. */
export const PROJECT_RANKS = 4;

/** Fields of the uniform block, in order: of the dispatch, then of every term. */
export function projectFields({ terms, u, v, dropout }: ProjectVariant): [string, FieldType][] {
  const perTerm = [
    'slots',
    ...(u ? ['aOffset'] : []),
    ...(v ? ['bOffset', 'outputs'] : []),
    ...(dropout ? ['rates', 'keys'] : []),
  ];
  return [
    ['groups', 'u32'],
    ['rows', 'u32'],
    ['inputs', 'u32'],
    ['rank', 'u32'],
    ['size', 'u32'],
    ...perTerm.flatMap((name) => indices(terms).map((t): [string, FieldType] => [`${name}${t}`, 'u32'])),
  ];
}

/** A tensor that is projected. */
interface Source {
  readonly name: string;
  readonly half: boolean;
}

/** fn dotNAME: Σ_k v[row, k] · factor[ranks, k], the four ranks starting at `offsets`, k in steps of `step`. */
function dotFunction({ width, lanes }: ProjectVariant, { name, half }: Source, dropout: boolean): string {
  const keep = dropout ? `, key: u32, rate: f32, firstIndex: u32` : '';
  const factor = (k: string) =>
    `vec4<f32>(params[offsets.x + ${k}], params[offsets.y + ${k}], params[offsets.z + ${k}], params[offsets.w + ${k}])`;
  const body =
    width === 4
      ? `
  for (var q = lane; q < length / 4u; q += ${lanes}u) {
    var v = ${weightAt(name, half, 4, 'row * (length / 4u) + q')};
    ${dropout ? 'v *= keepFactors(key, rate, firstIndex + 4u * q);' : ''}
    let k = 4u * q * step;
    sum += v.x * ${factor('k')};
    sum += v.y * ${factor('k + step')};
    sum += v.z * ${factor('k + 2u * step')};
    sum += v.w * ${factor('k + 3u * step')};
  }`
      : `
  for (var k = lane; k < length; k += ${lanes}u) {
    var v = ${weightAt(name, half, 1, 'row * length + k')};
    ${dropout ? 'v *= keepFactor(key, rate, firstIndex + k);' : ''}
    sum += v * ${factor('k * step')};
  }`;
  return `
fn dot_${name}(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32${keep}) -> vec4<f32> {
  var sum = vec4<f32>();${body}
  return sum;
}`;
}

export const projectKernel = (variant: ProjectVariant) => {
  const { terms, u, v, dropout, width, lanes, half = false } = variant;
  const results = [...(u ? ['u'] : []), ...(v ? ['v'] : [])];
  const name = `LoRA project ${terms} to ${results.join(' and ')}, ×${width}, ${lanes} lanes${dropout ? ', dropout' : ''}${half ? ', of halves' : ''}`;
  return kernelOf(name, (key) => {
    const all = indices(terms);
    const sources: Source[] = [
      ...(u ? [{ name: 'x', half }] : []),
      ...(v ? all.map((t) => ({ name: `dy${t}`, half: false })) : []),
    ];
    const rows = projectRows(lanes);
    const ofTerm = (name: string) => choose(all.map((t) => `p.${name}${t}`));
    const mask = dropout
      ? `, constants[${ofTerm('keys')} + group], bitcast<f32>(constants[${ofTerm('rates')} + group]), (row - base) * p.inputs`
      : '';
    const dotX = `sum = dot_x(row, lane, p.inputs, factors + ${ofTerm('aOffset')} + ranks * p.inputs, 1u${mask});`;
    const dotDy = (t: number) =>
      `if (term == ${t}u) { sum = dot_dy${t}(row, lane, p.outputs${t}, factors + p.bOffset${t} + ranks, p.rank); }`;
    const dotDys = all.map(dotDy).join('\n  ');
    const store = (target: string) => `${target}[at + j] = sum[j];`;
    return defineKernel({
      key,
      kind: 'lora',
      fields: projectFields(variant),
      tensors: [
        ...sources.map((source) => weightsTensor(source.name, source.half, width)),
        { name: 'params', access: 'read', element: 'f32' },
        ...results.map((result) => ({ name: result, access: 'read_write', element: 'f32' }) as const),
      ],
      body: `${dropout ? KEEP_FACTORS : ''}${half && width === 4 ? halvesFunctions('packed') : ''}
${sources.map((source) => dotFunction(variant, source, dropout && source.name === 'x')).join('\n')}
${lanes > 1 ? `var<workgroup> shares: array<vec4<f32>, ${PROJECT_THREADS}>;` : ''}
@compute @workgroup_size(${PROJECT_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let blocks = (p.rank + ${PROJECT_RANKS - 1}u) / ${PROJECT_RANKS}u;
  let task = w.y / blocks;
  let rank = w.y % blocks * ${PROJECT_RANKS}u;
  let ranks = min(vec4<u32>(rank) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(p.rank - 1u));
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let term = task % ${terms}u;
  let slot = bitcast<i32>(constants[${ofTerm('slots')} + group]);
  if (slot < 0) { return; } // of the whole workgroup
  let lane = l.x % ${lanes}u;
  let rowOfGroup = w.x * ${rows}u + l.x / ${lanes}u;
  let row = base + min(rowOfGroup, p.rows - 1u);
  var sum = vec4<f32>();
  let factors = u32(slot) * p.size;
  ${u && v ? `if (task < ${terms}u) { ${dotX} } else { ${dotDys} }` : u ? dotX : dotDys}
${
  lanes > 1
    ? `  shares[l.x] = sum;
  workgroupBarrier();
  if (lane != 0u) { return; }
  for (var k = 1u; k < ${lanes}u; k++) { sum += shares[l.x + k]; }`
    : ''
}
  if (rowOfGroup >= p.rows) { return; }
  let at = (row * ${terms}u + term) * p.rank + rank;
  for (var j = 0u; j < min(4u, p.rank - rank); j++) {
    ${u && v ? `if (task < ${terms}u) { ${store('u')} } else { ${store('v')} }` : store(results[0])}
  }
}`,
    });
  });
};
