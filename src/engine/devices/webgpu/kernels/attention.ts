/**
 * Softmax attention of one query per thread: out [sequences·queries, D] = softmax(q kᵀ / √size) v per head. The softmax is computed
 * online over blocks of keys, so that no [queries, tokens] matrix is written; of it only the logarithm of the sum of exponentials is kept,
 * [sequences·heads·queries, 1]. All keys of a head are read by every thread at the same time, straight from memory or, for long sequences on
 * a GPU, from workgroup memory (other-rows.ts has the traffic).
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import {
  accumulate,
  declare,
  declareZero,
  dotProduct,
  headElement,
  headStride,
  loadChunk,
  store,
  type HeadShape,
} from './head-vectors.ts';
import { GRID_INDEX, LIVE_FIELDS, LIVE_INDEX } from './indexing.ts';
import { otherRows } from './other-rows.ts';

/** Keys whose scores are computed before the sums are rescaled. */
const BLOCK = [0, 1, 2, 3] as const;

/**
 * Fields of all attention kernels. `workers` is how many workgroups (or threads) work; `tiles` how many of them share the queries (or keys) of a head (packed: how many queries it has); `first` is the
 * workgroup with which the dispatch begins (pieces.ts).
 */
export const ATTENTION_FIELDS = [
  ['workers', 'u32'],
  ['first', 'u32'],
  ['tiles', 'u32'],
  ['heads', 'u32'],
  ['queries', 'u32'],
  ['tokens', 'u32'],
  ['scale', 'f32'],
  ...LIVE_FIELDS,
] as const;

/** What the WGSL of attention is generated for. */
export interface AttentionVariant {
  readonly head: HeadShape;
  readonly causal: boolean;
  /** Threads of a workgroup: the queries (or keys) of a tile. */
  readonly threads: number;
  /** Whether the rows that all threads go through are brought to workgroup memory first. */
  readonly staged: boolean;
  /** Whether a workgroup goes on with the queries of the next head where those of one end; never staged. */
  readonly packed: boolean;
  /**
   * How four neighbouring threads that share a row, each with its part of the head, add up what they have: by the exchanges of a subgroup or, where there are none, in
   * workgroup memory. Null: a thread has a row of its own. Neither staged nor packed where rows are shared.
   */
  readonly sharing: 'subgroup' | 'memory' | null;
}

/** Threads that share a row where not each has its own. */
export const SHARING_THREADS = 4;

const threadsOfRow = ({ sharing }: AttentionVariant): number => (sharing ? SHARING_THREADS : 1);

/** What a thread holds of a head. */
export const partOf = (variant: AttentionVariant): HeadShape => ({
  ...variant.head,
  size: variant.head.size / threadsOfRow(variant),
});

/** Where the part of a thread starts in a row, in array elements. */
export const partStart = (variant: AttentionVariant): string =>
  variant.sharing ? `head * UNIT + l.x % ${SHARING_THREADS}u * ${headStride(partOf(variant))}u` : 'head * UNIT';

/** let name = a · b, over the whole row; the parts of b given by `chunk`. */
interface RowProduct {
  readonly name: string;
  readonly a: string;
  readonly chunk: (c: number) => string;
}

/** Products of rows. Those that are shared in workgroup memory are added up together, at one barrier. @param at how many that are in this kernel, at most */
export function rowProducts(variant: AttentionVariant, at: 2 | 4, products: readonly RowProduct[]): string {
  const head = partOf(variant);
  const total = variant.sharing === 'subgroup' ? (sum: string) => `sumOfLanes(${sum})` : undefined;
  if (variant.sharing !== 'memory')
    return products.map(({ name, a, chunk }) => dotProduct(head, name, a, chunk, total)).join('\n');
  const parts = Array.from({ length: at }, (_, i) => (i < products.length ? `${products[i].name}_part` : '0.0'));
  const totals = `${products[0].name}_totals`;
  return [
    ...products.map(({ name, a, chunk }) => dotProduct(head, `${name}_part`, a, chunk)),
    `let ${totals} = sumOfThreads(vec${at}(${parts.join(', ')}), l.x);`,
    ...products.map(({ name }, i) => `let ${name} = ${totals}[${i}];`),
  ].join('\n');
}

/** Writes what is one value per row. */
export const onFirstThread = ({ sharing }: AttentionVariant, statement: string): string =>
  sharing ? `if (l.x % ${SHARING_THREADS}u == 0u) { ${statement} }` : statement;

/** `enable …` of the kernels. */
export const attentionDirectives = ({ sharing }: AttentionVariant): string =>
  sharing === 'subgroup' ? 'enable subgroups;' : '';

const SUM_OF_LANES = `
fn sumOfLanes(value: f32) -> f32 {
  let pair = value + subgroupShuffleXor(value, 1u);
  return pair + subgroupShuffleXor(pair, 2u);
}`;

/** Two halves in turns: one barrier is enough, because whoever is behind still reads the other half. */
const sumOfThreads = (threads: number, at: 2 | 4): string => `
var<workgroup> parts: array<vec${at}<f32>, ${2 * threads}>;
var<private> half = 0u;
fn sumOfThreads(part: vec${at}<f32>, thread: u32) -> vec${at}<f32> {
  half = ${threads}u - half;
  parts[half + thread] = part;
  workgroupBarrier();
  let first = half + thread / ${SHARING_THREADS}u * ${SHARING_THREADS}u;
  return (parts[first] + parts[first + 1u]) + (parts[first + 2u] + parts[first + 3u]);
}`;

/** Bytes of workgroup memory in which so many threads share rows, in the kernel that takes the most. */
export const sharingBytes = (threads: number): number => 2 * threads * 16;

const SHARED_BY = { subgroup: `${SHARING_THREADS} lanes`, memory: `${SHARING_THREADS} threads` };

export const variantName = ({ head, causal, threads, staged, packed, sharing }: AttentionVariant): string =>
  `heads of ${head.size} /${head.width}${causal ? ', causal' : ''}${sharing ? `, by ${SHARED_BY[sharing]}` : ''}, ${threads} threads${staged ? ', staged' : ''}${packed ? ', packed' : ''}`;

const sharingFunctions = ({ sharing, threads }: AttentionVariant, at: 2 | 4): string => {
  if (sharing === 'memory') return sumOfThreads(threads, at);
  return sharing ? SUM_OF_LANES : '';
};

/**
 * Start of `main`: finds tile, head and sequence of the workgroup (of the thread, if packed), and `mine`, its row of the head.
 * @param at products of rows that are added up together, at most
 */
export const attentionStart = (variant: AttentionVariant, at: 2 | 4): string =>
  startOf(variant, sharingFunctions(variant, at));

const startOf = ({ head, threads, packed }: AttentionVariant, functions: string): string =>
  packed
    ? `
const THREADS = ${threads}u;
const UNIT = ${headStride(head)}u;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = (p.first + gridIndex(w)) * THREADS + l.x;
  if (index >= p.workers) { return; }
  let mine = index % p.tiles;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;`
    : `${functions}
const THREADS = ${threads}u;
const UNIT = ${headStride(head)}u;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = p.first + gridIndex(w);
  if (index >= p.workers) { return; }
  let tile = index % p.tiles;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;`;

/** Rows of a workgroup, and before it. */
export const tileStart = ({ sharing }: AttentionVariant, tile = 'tile'): string =>
  sharing ? `${tile} * THREADS / ${SHARING_THREADS}u` : `${tile} * THREADS`;

/** The row of the head that a thread owns. */
export function ownRow(variant: AttentionVariant): string {
  if (variant.packed) return 'mine';
  return `${tileStart(variant)} + l.x${variant.sharing ? ` / ${SHARING_THREADS}u` : ''}`;
}

/** Behind the last key that a query of the workgroup (of the thread, if packed) sees. */
export function lastKey(variant: AttentionVariant): string {
  if (!variant.causal) return 'p.tokens';
  return variant.packed ? 'visible' : `min(${tileStart(variant, '(tile + 1u)')}, p.tokens)`;
}

export function attentionKernel(variant: AttentionVariant, keep: boolean) {
  const { causal, threads, staged } = variant;
  const head = partOf(variant);
  const keys = otherRows(head, ['k', 'v'], 'keys', 'p.tokens', threads, staged);
  return kernelOf(`attention${keep ? ' kept' : ''}, ${variantName(variant)}`, (key) =>
    defineKernel({
      key,
      kind: 'attention',
      fields: ATTENTION_FIELDS,
      directives: attentionDirectives(variant),
      tensors: [
        { name: 'q', access: 'read', element: headElement(head) },
        { name: 'k', access: 'read', element: headElement(head) },
        { name: 'v', access: 'read', element: headElement(head) },
        { name: 'y', access: 'read_write', element: headElement(head) },
        ...(keep ? [{ name: 'logSums', access: 'read_write', element: 'f32' } as const] : []),
      ],
      body: `${GRID_INDEX}${LIVE_INDEX}${keys.declarations}${attentionStart(variant, BLOCK.length)}
  let query = ${ownRow(variant)};
  let row = sequence * p.queries + min(query, p.queries - 1u);
  let own = row * stride + ${partStart(variant)};
  let keys = sequence * p.tokens * stride + ${partStart(variant)};
  ${declare(head, 'q', (c) => `p.scale * ${loadChunk(head, 'q', 'own', c)}`)}
  ${declareZero(head, 'sum')}
  var top = -3.0e38;
  var total = 0.0;
  let visible = ${causal ? 'min(query + 1u, p.tokens)' : 'p.tokens'};
  let end = ${lastKey(variant)};
  ${keys.each(
    '0u',
    'end',
    BLOCK.length,
    `${rowProducts(
      variant,
      BLOCK.length,
      BLOCK.map((n) => ({ name: `dot${n}`, a: 'q', chunk: (c) => keys.chunk('k', n, c) })),
    )}
    ${BLOCK.map((n) => `let score${n} = select(-3.0e38, dot${n}, j + ${n}u < visible);`).join('\n')}
    let newTop = max(top, max(max(score0, score1), max(score2, score3)));
    let shrink = exp(top - newTop);
    ${BLOCK.map((n) => `let weight${n} = select(0.0, exp(score${n} - newTop), j + ${n}u < visible);`).join('\n')}
    top = newTop;
    total = total * shrink + ((weight0 + weight1) + (weight2 + weight3));
    ${accumulate(
      head,
      'sum',
      BLOCK.map((n) => ({ weight: `weight${n}`, chunk: (c) => keys.chunk('v', n, c) })),
      'shrink',
    )}`,
  )}
  if (query >= p.queries) { return; }
  ${store(head, 'y', 'own', (c) => `sum_${c} / total`)}
${keep ? `  ${onFirstThread(variant, 'logSums[(sequence * p.heads + head) * p.queries + query] = top + log(total);')}` : ''}
}`,
    }),
  );
}
