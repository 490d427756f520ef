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
const BLOCK = [0, 1, 2, 3];

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

export interface AttentionVariant {
  readonly head: HeadShape;
  readonly causal: boolean;
  /** Threads of a workgroup: the queries (or keys) of a tile. */
  readonly threads: number;
  /** Whether the rows that all threads go through are brought to workgroup memory first. */
  readonly staged: boolean;
  /** Whether a workgroup goes on with the queries of the next head where those of one end; never staged. */
  readonly packed: boolean;
}

export const variantName = ({ head, causal, threads, staged, packed }: AttentionVariant): string =>
  `heads of ${head.size} /${head.width}${causal ? ', causal' : ''}, ${threads} threads${staged ? ', staged' : ''}${packed ? ', packed' : ''}`;

/** Start of `main`: finds tile, head and sequence of the workgroup (of the thread, if packed), and `mine`, its row of the head. */
export const attentionStart = ({ head, threads, packed }: AttentionVariant) =>
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
    : `
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

/** The row of the head that a thread owns. */
export const ownRow = ({ packed }: AttentionVariant): string => (packed ? 'mine' : 'tile * THREADS + l.x');

/** Behind the last key that a query of the workgroup (of the thread, if packed) sees. */
export const lastKey = ({ causal, packed }: AttentionVariant): string => {
  if (!causal) return 'p.tokens';
  return packed ? 'visible' : 'min((tile + 1u) * THREADS, p.tokens)';
};

export function attentionKernel(variant: AttentionVariant, keep: boolean) {
  const { head, causal, threads, staged } = variant;
  const keys = otherRows(head, ['k', 'v'], 'keys', 'p.tokens', threads, staged);
  return kernelOf(`attention${keep ? ' kept' : ''}, ${variantName(variant)}`, (key) =>
    defineKernel({
      key,
      kind: 'attention',
      fields: ATTENTION_FIELDS,
      tensors: [
        { name: 'q', access: 'read', element: headElement(head) },
        { name: 'k', access: 'read', element: headElement(head) },
        { name: 'v', access: 'read', element: headElement(head) },
        { name: 'y', access: 'read_write', element: headElement(head) },
        ...(keep ? [{ name: 'logSums', access: 'read_write', element: 'f32' } as const] : []),
      ],
      body: `${GRID_INDEX}${LIVE_INDEX}${keys.declarations}${attentionStart(variant)}
  let query = ${ownRow(variant)};
  let row = sequence * p.queries + min(query, p.queries - 1u);
  let own = row * stride + head * UNIT;
  let keys = sequence * p.tokens * stride + head * UNIT;
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
    `${BLOCK.map((n) => dotProduct(head, `dot${n}`, 'q', (c) => keys.chunk('k', n, c))).join('\n')}
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
${keep ? `  logSums[(sequence * p.heads + head) * p.queries + query] = top + log(total);` : ''}
}`,
    }),
  );
}
