/** Attention of one head of one sequence at a time: items are sequence × head. */
import { floatArg, intArg, pointerArg, scratchOf } from './control';
import { exp4, laneMask, loadLanes, madd, storeLanes, sumLanes, sumOfFour } from './math';
import { stridedProduct } from './tile';

/** to[size, padded] = xᵀ for x [tokens, size] with rows of `stride` bytes; columns behind the last token become zero. */
function transpose(x: usize, stride: usize, tokens: i32, size: i32, to: usize, padded: i32): void {
  const zero = f32x4.splat(0);
  const row = (<usize>padded) << 2;
  for (let j = 0; j < padded; j += 4) {
    const source = x + <usize>j * stride;
    for (let d = 0; d < size; d += 4) {
      const from = source + ((<usize>d) << 2);
      const r0 = j < tokens ? v128.load(from) : zero;
      const r1 = j + 1 < tokens ? v128.load(from + stride) : zero;
      const r2 = j + 2 < tokens ? v128.load(from + 2 * stride) : zero;
      const r3 = j + 3 < tokens ? v128.load(from + 3 * stride) : zero;
      const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high2 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const target = to + <usize>d * row + ((<usize>j) << 2);
      v128.store(target, v128.shuffle<f32>(low, low2, 0, 1, 4, 5));
      if (d + 1 < size) v128.store(target + row, v128.shuffle<f32>(low, low2, 2, 3, 6, 7));
      if (d + 2 < size) v128.store(target + 2 * row, v128.shuffle<f32>(high, high2, 0, 1, 4, 5));
      if (d + 3 < size) v128.store(target + 3 * row, v128.shuffle<f32>(high, high2, 2, 3, 6, 7));
    }
  }
}

/**
 * rows[r] = softmax(scale · rows[r]) for four rows of `stride` bytes, of which row r sees the first `visible` + r · step entries; zeros behind
 * them up to a multiple of four. Four rows at once, because what follows one another in a row (maximum, exponentials, sum, quotient) waits.
 * `keep` is 0 or where the first `count` rows are copied to, `tokens` entries each.
 */
function softmaxOfFour(rows: usize, stride: usize, visible: i32, step: i32, scale: f32, keep: usize, count: i32, tokens: i32): void {
  const least = f32x4.splat(-Infinity);
  const whole = (<usize>(visible & ~3)) << 2;
  const end = (<usize>((visible + 3 * step + 3) & ~3)) << 2;
  const r1 = rows + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  let t0 = least;
  let t1 = least;
  let t2 = least;
  let t3 = least;
  for (let i: usize = 0; i < whole; i += 16) {
    t0 = f32x4.pmax(t0, v128.load(rows + i));
    t1 = f32x4.pmax(t1, v128.load(r1 + i));
    t2 = f32x4.pmax(t2, v128.load(r2 + i));
    t3 = f32x4.pmax(t3, v128.load(r3 + i));
  }
  for (let i = whole; i < end; i += 16) {
    const seen = visible - (<i32>i >> 2);
    t0 = f32x4.pmax(t0, v128.bitselect(v128.load(rows + i), least, laneMask(seen)));
    t1 = f32x4.pmax(t1, v128.bitselect(v128.load(r1 + i), least, laneMask(seen + step)));
    t2 = f32x4.pmax(t2, v128.bitselect(v128.load(r2 + i), least, laneMask(seen + 2 * step)));
    t3 = f32x4.pmax(t3, v128.bitselect(v128.load(r3 + i), least, laneMask(seen + 3 * step)));
  }
  const low = f32x4.pmax(v128.shuffle<f32>(t0, t1, 0, 4, 1, 5), v128.shuffle<f32>(t0, t1, 2, 6, 3, 7));
  const high = f32x4.pmax(v128.shuffle<f32>(t2, t3, 0, 4, 1, 5), v128.shuffle<f32>(t2, t3, 2, 6, 3, 7));
  const top = f32x4.pmax(v128.shuffle<f32>(low, high, 0, 1, 4, 5), v128.shuffle<f32>(low, high, 2, 3, 6, 7));
  const shift0 = v128.shuffle<f32>(top, top, 0, 0, 0, 0);
  const shift1 = v128.shuffle<f32>(top, top, 1, 1, 1, 1);
  const shift2 = v128.shuffle<f32>(top, top, 2, 2, 2, 2);
  const shift3 = v128.shuffle<f32>(top, top, 3, 3, 3, 3);
  const s = f32x4.splat(scale);
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let i: usize = 0; i < end; i += 16) {
    let e0 = exp4(f32x4.mul(s, f32x4.sub(v128.load(rows + i), shift0)));
    let e1 = exp4(f32x4.mul(s, f32x4.sub(v128.load(r1 + i), shift1)));
    let e2 = exp4(f32x4.mul(s, f32x4.sub(v128.load(r2 + i), shift2)));
    let e3 = exp4(f32x4.mul(s, f32x4.sub(v128.load(r3 + i), shift3)));
    if (i >= whole) {
      const seen = visible - (<i32>i >> 2);
      e0 = v128.and(e0, laneMask(seen));
      e1 = v128.and(e1, laneMask(seen + step));
      e2 = v128.and(e2, laneMask(seen + 2 * step));
      e3 = v128.and(e3, laneMask(seen + 3 * step));
    }
    v128.store(rows + i, e0);
    v128.store(r1 + i, e1);
    v128.store(r2 + i, e2);
    v128.store(r3 + i, e3);
    sum0 = f32x4.add(sum0, e0);
    sum1 = f32x4.add(sum1, e1);
    sum2 = f32x4.add(sum2, e2);
    sum3 = f32x4.add(sum3, e3);
  }
  const inverse = f32x4.div(f32x4.splat(1), sumOfFour(sum0, sum1, sum2, sum3));
  scaleRow(rows, end, v128.shuffle<f32>(inverse, inverse, 0, 0, 0, 0), keep, tokens);
  if (count > 1 || !keep) scaleRow(r1, end, v128.shuffle<f32>(inverse, inverse, 1, 1, 1, 1), keep ? keep + ((<usize>tokens) << 2) : 0, tokens);
  if (count > 2 || !keep) scaleRow(r2, end, v128.shuffle<f32>(inverse, inverse, 2, 2, 2, 2), keep ? keep + ((<usize>tokens) << 3) : 0, tokens);
  if (count > 3 || !keep) scaleRow(r3, end, v128.shuffle<f32>(inverse, inverse, 3, 3, 3, 3), keep ? keep + 3 * ((<usize>tokens) << 2) : 0, tokens);
}

/** row[0 … end) *= factor, copied to `keep` unless that is 0, where zeros follow up to `tokens` entries. */
// @inline
function scaleRow(row: usize, end: usize, factor: v128, keep: usize, tokens: i32): void {
  for (let i: usize = 0; i < end; i += 16) {
    const p = f32x4.mul(v128.load(row + i), factor);
    v128.store(row + i, p);
    if (keep) storeLanes(keep + i, p, tokens - (<i32>i >> 2));
  }
  if (keep) for (let i = end; i < (<usize>tokens) << 2; i += 16) storeLanes(keep + i, f32x4.splat(0), tokens - (<i32>i >> 2));
}

/** args: q, k, v, out, probabilities or 0, queries, tokens, heads, head size, causal, scale. Scratch: Kᵀ and four rows of scores. */
export function attention(c: usize, from: i32, to: i32): void {
  const keep = pointerArg(c, 4);
  const queries = intArg(c, 5);
  const tokens = intArg(c, 6);
  const heads = intArg(c, 7);
  const size = intArg(c, 8);
  const causal = intArg(c, 9);
  const scale = floatArg(c, 10);
  const stride = (<usize>(heads * size)) << 2;
  const padded = (tokens + 7) & ~7;
  const scoreStride = (<usize>padded) << 2;
  const keys = scratchOf(c);
  const scores = keys + <usize>size * scoreStride;
    for (let item = from; item < to; item++) {
    const sequence = item / heads;
    const column = (<usize>((item - sequence * heads) * size)) << 2;
    const q = pointerArg(c, 0) + <usize>(sequence * queries) * stride + column;
    const v = pointerArg(c, 2) + <usize>(sequence * tokens) * stride + column;
    const out = pointerArg(c, 3) + <usize>(sequence * queries) * stride + column;
    transpose(pointerArg(c, 1) + <usize>(sequence * tokens) * stride + column, stride, tokens, size, keys, padded);
    for (let i = 0; i < queries; i += 4) {
      const rows = min(4, queries - i);
      const visible = causal ? i + rows : tokens;
      const q0 = q + <usize>i * stride;
      const q1 = rows > 1 ? q0 + stride : q0;
      const q2 = rows > 2 ? q1 + stride : q1;
      const q3 = rows > 3 ? q2 + stride : q2;
      for (let j = 0; j < visible; j += 8) {
        const shift = (<usize>j) << 2;
        stridedProduct(q0, q1, q2, q3, 4, keys + shift, scoreStride, size, scores + shift, scoreStride, rows, 8);
      }
      const kept = keep ? keep + ((<usize>((item * queries + i) * tokens)) << 2) : 0;
      softmaxOfFour(scores, scoreStride, causal ? i + 1 : tokens, causal, scale, kept, rows, tokens);
      const p1 = rows > 1 ? scores + scoreStride : scores;
      const p2 = rows > 2 ? p1 + scoreStride : p1;
      const p3 = rows > 3 ? p2 + scoreStride : p2;
      for (let d = 0; d < size; d += 8) {
        const shift = (<usize>d) << 2;
        stridedProduct(scores, p1, p2, p3, 4, v + shift, stride, visible, out + <usize>i * stride + shift, stride, rows, size - d);
      }
    }
  }
}

/** to[tokens, size] = weightsᵀ x for weights [queries, tokens] (rows of weightStride bytes), x [queries, size]. */
function transposedProduct(
  weights: usize,
  weightStride: usize,
  x: usize,
  to: usize,
  stride: usize,
  queries: i32,
  tokens: i32,
  size: i32,
): void {
  for (let j = 0; j < tokens; j += 4) {
    const w = weights + ((<usize>j) << 2);
    for (let d = 0; d < size; d += 8) {
      const shift = (<usize>d) << 2;
      stridedProduct(w, w + 4, w + 8, w + 12, weightStride, x + shift, stride, queries, to + <usize>j * stride + shift, stride, min(4, tokens - j), size - d);
    }
  }
}

/**
 * args: dOut, q, k, v, probabilities, dq, dk, dv, queries, tokens, heads, head size, scale. Scratch: Vᵀ and all rows of dScores.
 */
export function attentionGradient(c: usize, from: i32, to: i32): void {
  const queries = intArg(c, 8);
  const tokens = intArg(c, 9);
  const heads = intArg(c, 10);
  const size = intArg(c, 11);
  const scale = f32x4.splat(floatArg(c, 12));
  const stride = (<usize>(heads * size)) << 2;
  const padded = (tokens + 7) & ~7;
  const scoreStride = (<usize>padded) << 2;
  const probabilityStride = (<usize>tokens) << 2;
  const values = scratchOf(c);
  const scores = values + <usize>size * scoreStride;
    for (let item = from; item < to; item++) {
    const sequence = item / heads;
    const column = (<usize>((item - sequence * heads) * size)) << 2;
    const queryStart = <usize>(sequence * queries) * stride + column;
    const tokenStart = <usize>(sequence * tokens) * stride + column;
    const dOut = pointerArg(c, 0) + queryStart;
    const probabilities = pointerArg(c, 4) + <usize>(item * queries) * probabilityStride;
    transpose(pointerArg(c, 3) + tokenStart, stride, tokens, size, values, padded);
    for (let i = 0; i < queries; i += 4) {
      const rows = min(4, queries - i);
      const d0 = dOut + <usize>i * stride;
      const d1 = rows > 1 ? d0 + stride : d0;
      const d2 = rows > 2 ? d1 + stride : d1;
      const d3 = rows > 3 ? d2 + stride : d2;
      const s0 = scores + <usize>i * scoreStride;
      for (let j = 0; j < tokens; j += 8) {
        const shift = (<usize>j) << 2;
        stridedProduct(d0, d1, d2, d3, 4, values + shift, scoreStride, size, s0 + shift, scoreStride, rows, 8);
      }
      for (let r = 0; r < rows; r++)
        softmaxGradient(s0 + <usize>r * scoreStride, probabilities + <usize>(i + r) * probabilityStride, tokens, scale);
      const s1 = rows > 1 ? s0 + scoreStride : s0;
      const s2 = rows > 2 ? s1 + scoreStride : s1;
      const s3 = rows > 3 ? s2 + scoreStride : s2;
      for (let d = 0; d < size; d += 8) {
        const shift = (<usize>d) << 2;
        stridedProduct(s0, s1, s2, s3, 4, pointerArg(c, 2) + tokenStart + shift, stride, tokens, pointerArg(c, 5) + queryStart + <usize>i * stride + shift, stride, rows, size - d);
      }
    }
    const q = pointerArg(c, 1) + queryStart;
    transposedProduct(scores, scoreStride, q, pointerArg(c, 6) + tokenStart, stride, queries, tokens, size);
    const dv = pointerArg(c, 7) + tokenStart;
    transposedProduct(probabilities, probabilityStride, dOut, dv, stride, queries, tokens, size);
  }
}

/** row = scale · p ∘ (row − Σ p ∘ row). */
function softmaxGradient(row: usize, p: usize, tokens: i32, scale: v128): void {
  let sum = f32x4.splat(0);
  for (let j = 0; j < tokens; j += 4) {
    const at = (<usize>j) << 2;
    sum = madd(loadLanes(p + at, tokens - j), v128.load(row + at), sum);
  }
  const inner = f32x4.splat(sumLanes(sum));
  for (let j = 0; j < tokens; j += 4) {
    const at = (<usize>j) << 2;
    const weight = f32x4.mul(scale, loadLanes(p + at, tokens - j));
    v128.store(row + at, f32x4.mul(weight, f32x4.sub(v128.load(row + at), inner)));
  }
}
