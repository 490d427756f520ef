/**
 * Attention and its gradient for software adapters (llvmpipe), where a load costs as much as a dozen multiplications, a barrier more, and
 * compile time grows faster than the code. A thread owns four queries (or keys) of a head: whatever it loads of a key it uses four times.
 * Heads are worked off two loads at a time, so that the code is as short for large heads as for small ones. Scores wait in private
 * memory, one vec4 (of the four queries) per key. Same arithmetic as attention.ts and
 * attention-gradient.ts, except that the softmax is not online.
 */
import { defineKernel, kernelOf, type Kernel, type TensorBinding } from '../kernel.ts';
import { ATTENTION_FIELDS } from './attention.ts';
import { headElement, headStride, type HeadShape } from './head-vectors.ts';
import { GRID_INDEX, LIVE_INDEX } from './indexing.ts';

/** Rows a thread owns. */
export const BLOCK_ROWS = 4;
/** Threads of a workgroup: the vector width of llvmpipe. */
export const BLOCK_THREADS = 8;
const ROWS = Array.from({ length: BLOCK_ROWS }, (_, n) => n);

/** What the WGSL of attention by blocks is generated for. */
export interface BlockVariant {
  readonly head: HeadShape;
  readonly causal: boolean;
  /** Keys (or queries) that a thread goes through, at most. */
  readonly length: number;
}

/** Keys (or queries) a thread can go through: WGSL allows 8192 bytes of private and of function memory each. */
export const MAX_BLOCK_LENGTH = 8192 / (4 * BLOCK_ROWS);

/** Loads of a head that are worked off together: a divisor of all of them. */
const pieceLength = ({ size, width }: HeadShape): number => ((size / width) % 2 === 0 ? 2 : 1);

/** Writes the passes of a thread over the keys [p.first, end): see the docstring of the file. */
class Passes {
  private readonly piece: readonly number[];

  constructor(
    private readonly head: HeadShape,
    /** `for` header over the rows j the thread goes through, and the declaration of `other`, where row j starts. */
    private readonly eachOther: string,
    private readonly other: string,
  ) {
    this.piece = Array.from({ length: pieceLength(head) }, (_, c) => c);
  }

  private eachPiece(body: string): string {
    return `for (var at = 0u; at < unit; at += ${this.piece.length}u) {
    ${body}
  }`;
  }

  private lines(line: (n: number, c: number) => string): string {
    return ROWS.flatMap((n) => this.piece.map((c) => line(n, c))).join('\n');
  }

  /** array[row j] = own rows of `mine` · row j of `theirs`. */
  score(array: string, mine: string, theirs: string): string {
    const dots = ROWS.map((n) =>
      this.piece
        .map((c) => `${this.head.width === 4 ? `dot(mine_${n}_${c}, theirs_${c})` : `mine_${n}_${c} * theirs_${c}`}`)
        .join(' + '),
    );
    return this.eachPiece(`${this.lines((n, c) => `let mine_${n}_${c} = ${mine}[own${n} + at + ${c}u];`)}
    ${this.eachOther} {
      ${this.other}
      ${this.piece.map((c) => `let theirs_${c} = ${theirs}[other + at + ${c}u];`).join('\n')}
      let dots = vec4(${dots.join(',\n')});
      let known = select(${array}[j], vec4<f32>(), at == 0u);
      ${array}[j] = known + dots;
    }`);
  }

  /** result[own rows] = factor · Σ_j array[row j] · row j of `theirs`; factor is a vec4 of the own rows. */
  sum(result: string, array: string, theirs: string, factor: string): string {
    return this.eachPiece(`${this.lines((n, c) => `var sum_${n}_${c} = ${headElement(this.head)}();`)}
    ${this.eachOther} {
      ${this.other}
      let weights = ${array}[j];
      ${this.piece.map((c) => `let theirs_${c} = ${theirs}[other + at + ${c}u];`).join('\n')}
      ${this.lines((n, c) => `sum_${n}_${c} = fma(${headElement(this.head)}(weights[${n}]), theirs_${c}, sum_${n}_${c});`)}
    }
    ${ROWS.map(
      (n) => `if (valid${n}) {
      ${this.piece.map((c) => `${result}[own${n} + at + ${c}u] = ${factor}[${n}] * sum_${n}_${c};`).join('\n')}
    }`,
    ).join('\n')}`);
  }

  /** Runs `body` for every row j. */
  each(body: string): string {
    return `${this.eachOther} {
    ${body}
  }`;
  }
}

/** let name = vec4 of what `value` gives for the own rows. */
const ofRows = (name: string, value: (n: number) => string): string =>
  `let ${name} = vec4(${ROWS.map(value).join(', ')});`;

function define(
  name: string,
  { head, causal, length }: BlockVariant,
  [privateArray, functionArray]: readonly [string, string?],
  tensors: readonly TensorBinding[],
  /** Rows of a sequence the thread owns, and those it goes through. */
  [mine, theirs]: readonly ['queries' | 'tokens', 'queries' | 'tokens'],
  body: (passes: Passes) => string,
): Kernel {
  const from = causal && mine === 'tokens' ? 'first' : '0u';
  const to = causal && mine === 'queries' ? `min(first + ${BLOCK_ROWS}u, p.tokens)` : `p.${theirs}`;
  const passes = new Passes(
    head,
    `for (var j = ${from}; j < end; j++)`,
    `let other = (sequence * p.${theirs} + j) * stride + head * UNIT;`,
  );
  return kernelOf(
    `${name} by blocks, heads of ${head.size} /${head.width}${causal ? ', causal' : ''}, ${length} rows`,
    (key) =>
      defineKernel({
        key,
        kind: 'attention',
        fields: ATTENTION_FIELDS,
        tensors,
        body: `var<private> ${privateArray}: array<vec4<f32>, ${length}>;
${GRID_INDEX}${LIVE_INDEX}
const UNIT = ${headStride(head)}u;
@compute @workgroup_size(${BLOCK_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
${functionArray ? `  var ${functionArray}: array<vec4<f32>, ${length}>;\n` : ''}  let index = (p.first + gridIndex(w)) * ${BLOCK_THREADS}u + l.x;
  if (index >= p.workers) { return; }
  let first = index % p.tiles * ${BLOCK_ROWS}u;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;
  let unit = stride / p.heads; // UNIT, but no constant: a loop over pieces must not be unrolled
  let end = ${to};
  ${ROWS.map(
    (n) => `let valid${n} = first + ${n}u < p.${mine};
  let own${n} = (sequence * p.${mine} + min(first + ${n}u, p.${mine} - 1u)) * stride + head * UNIT;`,
  ).join('\n')}
  let scalar = (sequence * p.heads + head) * p.queries;
  ${body(passes)}
}`,
      }),
  );
}

const vectors = ({ head }: BlockVariant, name: string, access: TensorBinding['access'] = 'read'): TensorBinding => ({
  name,
  access,
  element: headElement(head),
});

/** let seen = which own queries see key j. */
const SEEN = ofRows('seen', (n) => `j <= first + ${n}u`);
const OWN_SCALAR = (n: number) => `scalar + min(first + ${n}u, p.queries - 1u)`;

/** Kernel of attention; `length` bounds the tokens. */
export const attentionBlockKernel = (variant: BlockVariant, kept: boolean): Kernel =>
  define(
    kept ? 'attention kept' : 'attention',
    variant,
    ['weights'],
    [
      vectors(variant, 'q'),
      vectors(variant, 'k'),
      vectors(variant, 'v'),
      vectors(variant, 'y', 'read_write'),
      ...(kept ? [{ name: 'logSums', access: 'read_write', element: 'f32' } as const] : []),
    ],
    ['queries', 'tokens'],
    (passes) => `${passes.score('weights', 'q', 'k')}
  var top = vec4(-3.0e38);
  ${passes.each(
    variant.causal ? `${SEEN} top = max(top, select(vec4(-3.0e38), weights[j], seen));` : `top = max(top, weights[j]);`,
  )}
  var total = vec4<f32>();
  ${passes.each(`${variant.causal ? SEEN : ''}
    let weight = ${variant.causal ? 'select(vec4<f32>(), ' : ''}exp(p.scale * (weights[j] - top))${variant.causal ? ', seen)' : ''};
    weights[j] = weight;
    total += weight;`)}
  let inverse = 1.0 / total;
  ${passes.sum('y', 'weights', 'v', 'inverse')}
${kept ? ROWS.map((n) => `  if (valid${n}) { logSums[${OWN_SCALAR(n)}] = p.scale * top[${n}] + log(total[${n}]); }`).join('\n') : ''}`,
  );

/** dq and scalars (logSum, δ); `length` bounds the tokens. */
export const attentionQueryGradientBlockKernel = (variant: BlockVariant): Kernel =>
  define(
    'attention gradient of q',
    variant,
    ['weights', 'changes'],
    [
      vectors(variant, 'dy'),
      vectors(variant, 'q'),
      vectors(variant, 'k'),
      vectors(variant, 'v'),
      { name: 'logSums', access: 'read', element: 'f32' },
      vectors(variant, 'dq', 'read_write'),
      { name: 'scalars', access: 'read_write', element: 'vec2<f32>' },
    ],
    ['queries', 'tokens'],
    (passes) => `${passes.score('weights', 'q', 'k')}
  ${passes.score('changes', 'dy', 'v')}
  ${ofRows('logSum', (n) => `logSums[${OWN_SCALAR(n)}]`)}
  var delta = vec4<f32>();
  ${passes.each(`${variant.causal ? SEEN : ''}
    let weight = ${variant.causal ? 'select(vec4<f32>(), ' : ''}exp(p.scale * weights[j] - logSum)${variant.causal ? ', seen)' : ''};
    weights[j] = weight;
    delta += weight * changes[j];`)}
  ${passes.each(`weights[j] *= changes[j] - delta;`)}
  ${passes.sum('dq', 'weights', 'k', 'vec4(p.scale)')}
  ${ROWS.map((n) => `if (valid${n}) { scalars[${OWN_SCALAR(n)}] = vec2(logSum[${n}], delta[${n}]); }`).join('\n')}`,
  );

/** dk and dv from scalars (logSum, δ); `length` bounds the queries. */
export const attentionKeyGradientBlockKernel = (variant: BlockVariant): Kernel =>
  define(
    'attention gradient of k and v',
    variant,
    ['weights', 'changes'],
    [
      vectors(variant, 'dy'),
      vectors(variant, 'q'),
      vectors(variant, 'k'),
      vectors(variant, 'v'),
      { name: 'scalars', access: 'read', element: 'vec2<f32>' },
      vectors(variant, 'dk', 'read_write'),
      vectors(variant, 'dv', 'read_write'),
    ],
    ['tokens', 'queries'],
    (passes) => `${passes.score('weights', 'k', 'q')}
  ${passes.score('changes', 'v', 'dy')}
  ${passes.each(`let known = scalars[scalar + j];
    ${variant.causal ? ofRows('seen', (n) => `first + ${n}u <= j`) : ''}
    let weight = ${variant.causal ? 'select(vec4<f32>(), ' : ''}exp(p.scale * weights[j] - known.x)${variant.causal ? ', seen)' : ''};
    weights[j] = weight;
    changes[j] = weight * (changes[j] - known.y);`)}
  ${passes.sum('dk', 'changes', 'q', 'vec4(p.scale)')}
  ${passes.sum('dv', 'weights', 'dy', 'vec4(1.0)')}`,
  );
