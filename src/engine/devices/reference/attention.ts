/** Multi-head softmax attention and its gradient in float64. */
import type { AttentionOperations } from '../../device.ts';
import { isLive, type AttentionShape } from '../../operands.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, poison, type ReferenceTensor } from './tensor.ts';

/** Calls `visit` with every live (sequence, head). */
function forHeads(shape: AttentionShape, visit: (sequence: number, head: number) => void): void {
  const perGroup = shape.sequences / shape.groups.count;
  for (let s = 0; s < shape.sequences; s++) {
    if (!isLive(shape.groups, Math.floor(s / perGroup))) continue;
    for (let h = 0; h < shape.heads; h++) visit(s, h);
  }
}

export function attentionOperations(memory: ReferenceMemory): AttentionOperations<ReferenceTensor> {
  return {
    attention(q, k, v, shape, keep) {
      const { sequences, queries, tokens, heads, causal } = shape;
      const width = q.cols;
      const size = width / heads;
      if (!Number.isInteger(size)) throw new Error(`attention: ${width} columns do not divide into ${heads} heads.`);
      if (causal && queries !== tokens) throw new Error('attention: causal requires as many queries as tokens.');
      expectShape(q, sequences * queries, width, 'attention q');
      expectShape(k, sequences * tokens, width, 'attention k');
      expectShape(v, sequences * tokens, width, 'attention v');
      const out = memory.tensor(sequences * queries, width);
      const softmax = keep ? memory.tensor(sequences * heads * queries, tokens) : null;
      const [outs, qs, ks, vs] = [out, q, k, v].map(({ data }) => data);
      const probabilities = softmax?.data;
      /** Of a query: scores, then their exponentials. */
      const weights = new Float64Array(tokens);
      forHeads(shape, (s, h) => {
        for (let i = 0; i < queries; i++) {
          const visible = causal ? i + 1 : tokens;
          const queryRow = (s * queries + i) * width;
          const first = ((s * heads + h) * queries + i) * tokens;
          let top = -Infinity;
          for (let j = 0; j < visible; j++) {
            const keyRow = (s * tokens + j) * width;
            let dot = 0;
            for (let c = h * size; c < (h + 1) * size; c++) dot += qs[queryRow + c] * ks[keyRow + c];
            weights[j] = dot / Math.sqrt(size);
            top = Math.max(top, weights[j]);
          }
          let total = 0;
          for (let j = 0; j < visible; j++) total += weights[j] = Math.exp(weights[j] - top);
          for (let j = 0; j < visible; j++) {
            const p = weights[j] / total;
            const keyRow = (s * tokens + j) * width;
            if (probabilities) probabilities[first + j] = p;
            for (let c = h * size; c < (h + 1) * size; c++) outs[queryRow + c] += p * vs[keyRow + c];
          }
        }
      });
      return { out: poison(out, shape.groups), softmax: softmax && poison(softmax, shape.groups) };
    },

    attentionGradient(dOut, q, k, v, probabilities, shape) {
      const { sequences, queries, tokens, heads } = shape;
      const width = q.cols;
      const size = width / heads;
      expectShape(dOut, sequences * queries, width, 'attentionGradient dOut');
      expectShape(probabilities, sequences * heads * queries, tokens, 'attentionGradient probabilities');
      const dq = memory.tensor(q.rows, width);
      const dk = memory.tensor(k.rows, width);
      const dv = memory.tensor(v.rows, width);
      const [dOuts, qs, ks, vs, dqs, dks, dvs] = [dOut, q, k, v, dq, dk, dv].map(({ data }) => data);
      const ps = probabilities.data;
      /** Of a query. */
      const dp = new Float64Array(tokens);
      forHeads(shape, (s, h) => {
        for (let i = 0; i < queries; i++) {
          const queryRow = (s * queries + i) * width;
          const first = ((s * heads + h) * queries + i) * tokens;
          let inner = 0;
          for (let j = 0; j < tokens; j++) {
            const keyRow = (s * tokens + j) * width;
            let dot = 0;
            for (let c = h * size; c < (h + 1) * size; c++) dot += dOuts[queryRow + c] * vs[keyRow + c];
            dp[j] = dot;
            inner += dot * ps[first + j];
          }
          for (let j = 0; j < tokens; j++) {
            const keyRow = (s * tokens + j) * width;
            const p = ps[first + j];
            const dScore = (p * (dp[j] - inner)) / Math.sqrt(size);
            for (let c = h * size; c < (h + 1) * size; c++) {
              dqs[queryRow + c] += dScore * ks[keyRow + c];
              dks[keyRow + c] += dScore * qs[queryRow + c];
              dvs[keyRow + c] += p * dOuts[queryRow + c];
            }
          }
        }
      });
      return { dq: poison(dq, shape.groups), dk: poison(dk, shape.groups), dv: poison(dv, shape.groups) };
    },
  };
}
