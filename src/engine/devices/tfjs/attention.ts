/** Multi-head attention from stock tfjs operations. S sequences, H heads, d = D/H features per head. */
import * as tf from '@tensorflow/tfjs-core';
import type { AttentionOperations } from '../../device.ts';
import { products } from './products.ts';
import { wrapAll, type TfjsTensor } from './tensor.ts';

/** [S·tokens, D] → [S·H, tokens, d]. */
function splitHeads(x: tf.Tensor2D, sequences: number, tokens: number, heads: number): tf.Tensor3D {
  const d = x.shape[1] / heads;
  const byHead = tf.transpose(tf.reshape(x, [sequences, tokens, heads, d]), [0, 2, 1, 3]);
  return tf.reshape(byHead, [sequences * heads, tokens, d]);
}

/** [S·H, tokens, d] → [S·tokens, D]. */
function joinHeads(x: tf.Tensor, sequences: number, tokens: number, heads: number): tf.Tensor2D {
  const d = x.shape[2]!;
  const byToken = tf.transpose(tf.reshape(x, [sequences, heads, tokens, d]), [0, 2, 1, 3]);
  return tf.reshape(byToken, [sequences * tokens, heads * d]);
}

/** 0 where query i may see key j, −1e9 elsewhere: [1, tokens, tokens]. */
function causalMask(tokens: number): tf.Tensor3D {
  const mask = new Float32Array(tokens * tokens);
  for (let i = 0; i < tokens; i++) mask.fill(-1e9, i * tokens + i + 1, (i + 1) * tokens);
  return tf.tensor3d(mask, [1, tokens, tokens]);
}

const inverseRoot = (x: tf.Tensor2D, heads: number): number => 1 / Math.sqrt(x.shape[1] / heads);

export const attentionOperations: AttentionOperations<TfjsTensor> = {
  attention: (q, k, v, shape, keep) =>
    wrapAll(() => {
      const { sequences, queries, tokens, heads, causal } = shape;
      const qh = splitHeads(q.value, sequences, queries, heads);
      const kh = splitHeads(k.value, sequences, tokens, heads);
      const vh = splitHeads(v.value, sequences, tokens, heads);
      let scores = tf.mul(products(qh, kh, false, true), inverseRoot(q.value, heads)); // [S·H, queries, tokens]
      if (causal) scores = tf.add(scores, causalMask(tokens));
      const p = tf.softmax(scores) as tf.Tensor3D;
      return {
        out: joinHeads(products(p, vh), sequences, queries, heads),
        softmax: keep ? tf.reshape<tf.Rank.R2>(p, [sequences * heads * queries, tokens]) : null,
      };
    }),
  attentionGradient: (dOut, q, k, v, softmax, shape) =>
    wrapAll(() => {
      const { sequences, queries, tokens, heads } = shape;
      const qh = splitHeads(q.value, sequences, queries, heads);
      const kh = splitHeads(k.value, sequences, tokens, heads);
      const vh = splitHeads(v.value, sequences, tokens, heads);
      const d = splitHeads(dOut.value, sequences, queries, heads);
      const p = tf.reshape<tf.Rank.R3>(softmax.value, [sequences * heads, queries, tokens]);
      const dv = products(p, d, true, false); // [S·H, tokens, d]
      const dp = products(d, vh, false, true); // [S·H, queries, tokens]
      const ds = tf.mul(tf.mul(p, tf.sub(dp, tf.sum(tf.mul(dp, p), 2, true))), inverseRoot(q.value, heads));
      return {
        dq: joinHeads(products(ds, kh), sequences, queries, heads),
        dk: joinHeads(products(ds, qh, true, false), sequences, tokens, heads),
        dv: joinHeads(dv, sequences, tokens, heads),
      };
    }),
};
