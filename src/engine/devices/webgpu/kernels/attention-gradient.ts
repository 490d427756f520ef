/**
 * Gradient of softmax attention. With s = q kᵀ / √size, p = exp(s − logSum), dP = dOut vᵀ and δ = Σ_j p dP of each query:
 * dS = p (dP − δ), dq = dS k / √size, dk = dSᵀ q / √size, dv = pᵀ dOut. p is computed again from q and k, never stored.
 */
import { defineKernel, kernelOf } from '../kernel.ts';
import {
  ATTENTION_FIELDS,
  attentionDirectives,
  attentionStart,
  lastKey,
  onFirstThread,
  ownRow,
  partOf,
  partStart,
  rowProducts,
  tileStart,
  variantName,
  type AttentionVariant,
} from './attention.ts';
import { accumulate, declare, declareZero, headElement, loadChunk, store } from './head-vectors.ts';
import { GRID_INDEX, LIVE_INDEX } from './indexing.ts';
import { otherRows } from './other-rows.ts';

/**
 * dq [sequences·queries, D] and scalars [sequences·heads·queries, 2] = (logSum, δ), one query per thread, in one pass over the keys:
 * Σ p (dP − δ) k = Σ p (dP − r) k − (δ − r) Σ p k for any r; r = dP of the first key (`reference`) takes out what all keys share, so that the difference
 * does not cancel.
 */
export function attentionQueryGradientKernel(variant: AttentionVariant) {
  const { causal, threads, staged } = variant;
  const head = partOf(variant);
  const element = headElement(head);
  const keys = otherRows(head, ['k', 'v'], 'keys', 'p.tokens', threads, staged);
  return kernelOf(`attention gradient of q, ${variantName(variant)}`, (key) =>
    defineKernel({
      key,
      kind: 'attention',
      fields: ATTENTION_FIELDS,
      directives: attentionDirectives(variant),
      tensors: [
        { name: 'dy', access: 'read', element },
        { name: 'q', access: 'read', element },
        { name: 'k', access: 'read', element },
        { name: 'v', access: 'read', element },
        { name: 'logSums', access: 'read', element: 'f32' },
        { name: 'dq', access: 'read_write', element },
        { name: 'scalars', access: 'read_write', element: 'vec2<f32>' },
      ],
      body: `${GRID_INDEX}${LIVE_INDEX}${keys.declarations}${attentionStart(variant, 2)}
  let query = ${ownRow(variant)};
  let last = min(query, p.queries - 1u);
  let own = (sequence * p.queries + last) * stride + ${partStart(variant)};
  let keys = sequence * p.tokens * stride + ${partStart(variant)};
  let scalar = (sequence * p.heads + head) * p.queries + last;
  let logSum = logSums[scalar];
  ${declare(head, 'q', (c) => `p.scale * ${loadChunk(head, 'q', 'own', c)}`)}
  ${declare(head, 'dy', (c) => loadChunk(head, 'dy', 'own', c))}
  ${declareZero(head, 'sum')}
  ${declareZero(head, 'mean')}
  ${rowProducts(variant, 2, [{ name: 'reference', a: 'dy', chunk: (c) => loadChunk(head, 'v', 'keys', c) }])}
  var delta = 0.0;
  let visible = ${causal ? 'min(query + 1u, p.tokens)' : 'p.tokens'};
  let end = ${lastKey(variant)};
  ${keys.each(
    '0u',
    'end',
    1,
    `${declare(head, 'k', (c) => keys.chunk('k', 0, c))}
    ${rowProducts(variant, 2, [
      { name: 'score', a: 'q', chunk: (c) => `k_${c}` },
      { name: 'dp', a: 'dy', chunk: (c) => keys.chunk('v', 0, c) },
    ])}
    let weight = ${causal ? 'select(0.0, exp(score - logSum), j < visible)' : 'exp(score - logSum)'};
    let change = weight * (dp - reference);
    delta += change;
    ${accumulate(head, 'sum', [{ weight: 'change', chunk: (c) => `k_${c}` }])}
    ${accumulate(head, 'mean', [{ weight: 'weight', chunk: (c) => `k_${c}` }])}`,
  )}
  if (query >= p.queries) { return; }
  ${store(head, 'dq', 'own', (c) => `p.scale * (sum_${c} - delta * mean_${c})`)}
  ${onFirstThread(variant, 'scalars[scalar] = vec2(logSum, delta + reference);')}
}`,
    }),
  );
}

/** dk and dv [sequences·tokens, D] from scalars [sequences·heads·queries, 2] = (logSum, δ), one key per thread, in one pass over the queries. */
export function attentionKeyGradientKernel(variant: AttentionVariant) {
  const { causal, threads, staged } = variant;
  const head = partOf(variant);
  const element = headElement(head);
  const queries = otherRows(head, ['q', 'dy'], 'queries', 'p.queries', threads, staged);
  return kernelOf(`attention gradient of k and v, ${variantName(variant)}`, (key) =>
    defineKernel({
      key,
      kind: 'attention',
      fields: ATTENTION_FIELDS,
      directives: attentionDirectives(variant),
      tensors: [
        { name: 'dy', access: 'read', element },
        { name: 'q', access: 'read', element },
        { name: 'k', access: 'read', element },
        { name: 'v', access: 'read', element },
        { name: 'scalars', access: 'read', element: 'vec2<f32>' },
        { name: 'dk', access: 'read_write', element },
        { name: 'dv', access: 'read_write', element },
      ],
      body: `${GRID_INDEX}${LIVE_INDEX}${queries.declarations}${attentionStart(variant, 2)}
  let key = ${ownRow(variant)};
  let own = (sequence * p.tokens + min(key, p.tokens - 1u)) * stride + ${partStart(variant)};
  let queries = sequence * p.queries * stride + ${partStart(variant)};
  let scalar = (sequence * p.heads + head) * p.queries;
  ${declare(head, 'k', (c) => `p.scale * ${loadChunk(head, 'k', 'own', c)}`)}
  ${declare(head, 'v', (c) => loadChunk(head, 'v', 'own', c))}
  ${declareZero(head, 'dk')}
  ${declareZero(head, 'dv')}
  ${queries.each(
    causal ? (variant.packed ? 'key' : tileStart(variant)) : '0u',
    'p.queries',
    1,
    `${declare(head, 'q', (c) => queries.chunk('q', 0, c))}
    ${declare(head, 'dy', (c) => queries.chunk('dy', 0, c))}
    ${rowProducts(variant, 2, [
      { name: 'score', a: 'k', chunk: (c) => `q_${c}` },
      { name: 'dp', a: 'v', chunk: (c) => `dy_${c}` },
    ])}
    let known = scalars[scalar + j];
    let weight = ${causal ? 'select(0.0, exp(score - known.x), key <= j)' : 'exp(score - known.x)'};
    let slope = weight * (dp - known.y);
    ${accumulate(head, 'dk', [{ weight: 'slope', chunk: (c) => `q_${c}` }])}
    ${accumulate(head, 'dv', [{ weight: 'weight', chunk: (c) => `dy_${c}` }])}`,
  )}
  if (key >= p.tokens) { return; }
  ${store(head, 'dk', 'own', (c) => `p.scale * dk_${c}`)}
  ${store(head, 'dv', 'own', (c) => `dv_${c}`)}
}`,
    }),
  );
}
