/** Multi-head softmax attention and its gradient in float64. */
import type { AttentionOperations } from '../../device.ts';
import type { AttentionShape } from '../../operands.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, isLive, poison, type ReferenceTensor } from './tensor.ts';

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
      forHeads(shape, (s, h) => {
        for (let i = 0; i < queries; i++) {
          const visible = causal ? i + 1 : tokens;
          const scores = Array.from({ length: visible }, (_, j) => {
            let dot = 0;
            for (let c = h * size; c < (h + 1) * size; c++)
              dot += qs[(s * queries + i) * width + c] * ks[(s * tokens + j) * width + c];
            return dot / Math.sqrt(size);
          });
          const top = Math.max(...scores);
          const weights = scores.map((score) => Math.exp(score - top));
          const total = weights.reduce((sum, w) => sum + w, 0);
          weights.forEach((weight, j) => {
            const p = weight / total;
            if (softmax) softmax.data[((s * heads + h) * queries + i) * tokens + j] = p;
            for (let c = h * size; c < (h + 1) * size; c++)
              outs[(s * queries + i) * width + c] += p * vs[(s * tokens + j) * width + c];
          });
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
      forHeads(shape, (s, h) => {
        for (let i = 0; i < queries; i++) {
          const queryRow = (s * queries + i) * width;
          const p = probabilities.data.subarray(((s * heads + h) * queries + i) * tokens).subarray(0, tokens);
          const dp = Array.from({ length: tokens }, (_, j) => {
            let dot = 0;
            for (let c = h * size; c < (h + 1) * size; c++)
              dot += dOuts[queryRow + c] * vs[(s * tokens + j) * width + c];
            return dot;
          });
          const inner = dp.reduce((sum, d, j) => sum + d * p[j], 0);
          for (let j = 0; j < tokens; j++) {
            const keyRow = (s * tokens + j) * width;
            const dScore = (p[j] * (dp[j] - inner)) / Math.sqrt(size);
            for (let c = h * size; c < (h + 1) * size; c++) {
              dqs[queryRow + c] += dScore * ks[keyRow + c];
              dks[keyRow + c] += dScore * qs[queryRow + c];
              dvs[keyRow + c] += p[j] * dOuts[queryRow + c];
            }
          }
        }
      });
      return { dq: poison(dq, shape.groups), dk: poison(dk, shape.groups), dv: poison(dv, shape.groups) };
    },
  };
}
