/**
 * Gradients of the LoRA factors of all maps of one input and all groups, in one dispatch:
 *
 *   dA_t [rank, in] += scale_t · Σ_rows v_t[row, ·] ⊗ drop_t(x)[row, ·]        dB_t [out, rank] += scale_t · Σ_rows dy_t[row, ·] ⊗ u_t[row, ·]
 *
 * with u and v of lora-project.ts. An entry (term, slot, first, number) of `entries` stands for the groups list[first … first + number) that use
 * the slot for the term. A workgroup forms 64 columns × four ranks of one factor of one entry: sixteen threads side by side read a row
 * together, `parts` of them share the rows, and their partial sums are added in order. No atomics; the result does not depend on timing.
 *
 * Several workgroups may share the rows of every group. Then it takes two dispatches: the sums of every workgroup go to `partials` [workgroups, 4 ranks · 64 columns],
 * and `joinLoraGradientKernel` adds them up, in the order of their rows, and to the gradients.
 */
import { defineKernel, kernelOf, type FieldType } from '../kernel.ts';
import { KEEP_FACTORS } from './dropout.ts';
import { elementOf, type Width } from './elements.ts';
import { halvesFunctions, weightAt, weightsTensor } from './halves.ts';
import { choose, indices } from './terms.ts';

/** What the WGSL of the gradients of A and B is generated for. */
export interface LoraGradientVariant {
  readonly terms: number;
  readonly dropout: boolean;
  /** x was kept as halves. */
  readonly half?: boolean;
  /** 4 when in and out of all maps are multiples of four. */
  readonly width: Width;
  /** Threads that share the rows of a sum; at least GRADIENT_RANKS, since they also write one rank each. */
  readonly parts: number;
  /** Workgroups that share them. Of more than one, each writes its sums to `partials` instead of adding them to the gradients. */
  readonly workgroups: number;
}

/** Vectors of columns, and ranks, of a workgroup. */
export const GRADIENT_VECTORS = 16;
export const GRADIENT_RANKS = 4;
/** Sums that a workgroup forms. */
export const GRADIENT_SUMS = 4 * GRADIENT_VECTORS * GRADIENT_RANKS;

/** Bytes of workgroup memory for the partial sums. */
export const gradientBytes = (parts: number): number => 16 * GRADIENT_RANKS * GRADIENT_VECTORS * parts;

/** Fields of the uniform block, in order: of the dispatch, then of every term. */
function loraGradientFields({ terms, dropout }: Pick<LoraGradientVariant, 'terms' | 'dropout'>): [string, FieldType][] {
  const perTerm = ['outputs', 'aOffset', 'bOffset', 'scale', ...(dropout ? ['rates', 'keys'] : [])];
  return [
    ['entries', 'u32'],
    ['list', 'u32'],
    ['rows', 'u32'],
    ['inputs', 'u32'],
    ['rank', 'u32'],
    ['size', 'u32'],
    ...perTerm.flatMap((name) =>
      indices(terms).map((t): [string, FieldType] => [`${name}${t}`, name === 'scale' ? 'f32' : 'u32']),
    ),
  ];
}

/** fn sum_NAME: Σ over the rows of this part of the outer product of `factor` (four ranks) and `name` (four columns). */
function sumFunction(
  { terms, width, parts, workgroups }: LoraGradientVariant,
  name: string,
  factor: string,
  dropout: boolean,
  half = false,
): string {
  const load =
    width === 4
      ? weightAt(name, half, 4, 'row * (cols / 4u) + vector')
      : `vec4<f32>(${indices(4)
          .map((j) => weightAt(name, half, 1, `row * cols + min(4u * vector + ${j}u, cols - 1u)`))
          .join(', ')})`;
  const [from, to] = workgroups === 1 ? ['part', 'p.rows'] : ['begin + part', 'min(begin + share, p.rows)'];
  const ownRows =
    workgroups === 1
      ? ''
      : `
  let share = (p.rows + ${workgroups - 1}u) / ${workgroups}u; // rows of a workgroup
  let begin = slice * share;`;
  return `
fn sum_${name}(${workgroups === 1 ? '' : 'slice: u32, '}first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>${dropout ? ', keys: u32, rates: u32' : ''}) -> Sums {
  var sums = Sums();${ownRows}
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
${dropout ? '    let key = constants[keys + group];\n    let rate = bitcast<f32>(constants[rates + group]);' : ''}
    for (var r = ${from}; r < ${to}; r += ${parts}u) {
      let row = group * p.rows + r;
      var value = ${load};
      ${dropout ? 'value *= keepFactors(key, rate, r * cols + 4u * vector);' : ''}
      let at = row * ${terms}u * p.rank;
      sums.a += ${factor}[at + ranks.x] * value;
      sums.b += ${factor}[at + ranks.y] * value;
      sums.c += ${factor}[at + ranks.z] * value;
      sums.d += ${factor}[at + ranks.w] * value;
    }
  }
  return sums;
}`;
}

const ofTerm = (terms: number, name: string): string => choose(indices(terms).map((t) => `p.${name}${t}`));

/** Where a workgroup is: rank, entry, term, slot, factor, columns. @param factor 0: A, 1: B */
const place = (terms: number, factor: string): string => `
  let rankBlocks = (p.rank + ${GRADIENT_RANKS - 1}u) / ${GRADIENT_RANKS}u;
  let rank = w.x % rankBlocks * ${GRADIENT_RANKS}u;
  let entry = p.entries + 4u * w.y;
  let term = constants[entry];
  let slot = constants[entry + 1u];
  let ofA = ${factor} == 0u;
  let cols = select(${ofTerm(terms, 'outputs')}, p.inputs, ofA);
  let vectors = (cols + 3u) / 4u;
  let left = w.x / rankBlocks * ${GRADIENT_VECTORS}u;
  if (left >= vectors) { return; } // of the whole workgroup`;

/** The rank and the columns of thread l.x; others are done. */
const ownSum = `
  let r = rank + l.x / ${GRADIENT_VECTORS}u;
  let column = 4u * (left + l.x % ${GRADIENT_VECTORS}u);
  if (l.x >= ${GRADIENT_SUMS / 4}u || r >= p.rank || column >= cols) { return; }`;

/** Adds `sum` to the gradients. */
const addSum = (terms: number): string => `
  sum *= ${ofTerm(terms, 'scale')};
  let target0 = slot * p.size + select(${ofTerm(terms, 'bOffset')} + column * p.rank + r, ${ofTerm(terms, 'aOffset')} + r * p.inputs + column, ofA);
  let step = select(p.rank, 1u, ofA);
  for (var j = 0u; j < min(4u, cols - column); j++) { gradients[target0 + j * step] += sum[j]; }`;

/** Where the sum of a thread lies, `slice` being the workgroup among those that share its rows. */
const partialAt = (slice: string, factor: string): string =>
  `partials[(((2u * ${slice} + ${factor}) * count.y + w.y) * count.x + w.x) * ${GRADIENT_SUMS / 4}u + l.x]`;

export const loraGradientKernel = (variant: LoraGradientVariant) => {
  const { terms, dropout, width, parts, workgroups, half = false } = variant;
  const whole = workgroups === 1;
  const threads = GRADIENT_VECTORS * parts;
  const name = `LoRA gradient ${terms} ×${width}${dropout ? ', dropout' : ''}${parts === 8 ? '' : `, ${parts} parts`}${whole ? '' : `, rows over ${workgroups} workgroups`}${half ? ', of halves' : ''}`;
  return kernelOf(name, (key) => {
    const all = indices(terms);
    const slice = whole ? '' : 'w.z / 2u, ';
    return defineKernel({
      key,
      kind: 'lora',
      fields: loraGradientFields(variant),
      tensors: [
        weightsTensor('x', half, width),
        ...all.map((t) => ({ name: `dy${t}`, access: 'read', element: elementOf(width) }) as const),
        { name: 'u', access: 'read', element: 'f32' },
        { name: 'v', access: 'read', element: 'f32' },
        whole
          ? { name: 'gradients', access: 'read_write', element: 'f32' }
          : { name: 'partials', access: 'read_write', element: 'vec4<f32>' },
      ],
      body: `${dropout ? KEEP_FACTORS : ''}${half && width === 4 ? halvesFunctions('packed') : ''}
struct Sums { a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32> }
${sumFunction(variant, 'x', 'v', dropout, half)}
${all.map((t) => sumFunction(variant, `dy${t}`, 'u', false)).join('\n')}
var<workgroup> partialSums: array<vec4<f32>, ${4 * threads}>;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>${whole ? '' : ', @builtin(num_workgroups) count: vec3<u32>'}) {${place(terms, whole ? 'w.z' : 'w.z % 2u')}
  let first = constants[entry + 2u];
  let number = constants[entry + 3u];
  let vector = min(left + l.x % ${GRADIENT_VECTORS}u, vectors - 1u);
  let part = l.x / ${GRADIENT_VECTORS}u;
  let ranks = term * p.rank + min(vec4<u32>(rank) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(p.rank - 1u));
  var sums = Sums();
  if (ofA) { sums = sum_x(${slice}first, number, part, cols, vector, ranks${dropout ? `, ${ofTerm(terms, 'keys')}, ${ofTerm(terms, 'rates')}` : ''}); }
  else {
${all.map((t) => `    if (term == ${t}u) { sums = sum_dy${t}(${slice}first, number, part, cols, vector, ranks); }`).join('\n')}
  }
  partialSums[l.x] = sums.a;
  partialSums[${threads}u + l.x] = sums.b;
  partialSums[${2 * threads}u + l.x] = sums.c;
  partialSums[${3 * threads}u + l.x] = sums.d;
  workgroupBarrier();${ownSum}
  let at = l.x / ${GRADIENT_VECTORS}u * ${threads}u + l.x % ${GRADIENT_VECTORS}u;
  var sum = partialSums[at];
  for (var k = 1u; k < ${parts}u; k++) { sum += partialSums[at + k * ${GRADIENT_VECTORS}u]; }
${whole ? addSum(terms) : `  ${partialAt('(w.z / 2u)', 'w.z % 2u')} = sum;`}
}`,
    });
  });
};

/** Adds up the sums of workgroups that share rows; a workgroup for each of those that a gradient by one workgroup would take. */
export const joinLoraGradientKernel = (terms: number, workgroups: number) =>
  kernelOf(`LoRA gradient ${terms}, of ${workgroups} workgroups`, (key) =>
    defineKernel({
      key,
      kind: 'lora',
      fields: loraGradientFields({ terms, dropout: false }),
      tensors: [
        { name: 'partials', access: 'read', element: 'vec4<f32>' },
        { name: 'gradients', access: 'read_write', element: 'f32' },
      ],
      body: `
@compute @workgroup_size(${GRADIENT_SUMS / 4})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>) {${place(terms, 'w.z')}${ownSum}
  var sum = vec4<f32>();
  for (var n = 0u; n < ${workgroups}u; n++) { sum += ${partialAt('n', 'w.z')}; }${addSum(terms)}
}`,
    }),
  );
