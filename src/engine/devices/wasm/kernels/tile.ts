/**
 * Register-blocked inner products: the only places where matrices are multiplied. Those with a loop of many sums are inlined: a call passes up to
 * twelve arguments by the stack and saves every register, which costs 12 to 16 % of a training step in V8.
 */
import { madd, storeLanes, sumOfFour } from './math';

/**
 * y[4, 8] = x[4, k] · panel[k, 8] + bias + residual, of which `rows` × `cols` are stored. The four rows of x start at x0 … x3 (rows that
 * do not exist repeat the last one), y and residual have rows of `stride` bytes; bias and residual may be 0.
 *
 * The loop is not unrolled on purpose: eight sums, two vectors of weights and the splats fit the 16 registers there are, while V8 moves all
 * loads of an unrolled body to its start and keeps most of them, and the sums, on the stack.
 */
// @inline
export function packedTile(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  w: usize,
  k: i32,
  y: usize,
  stride: usize,
  rows: i32,
  cols: i32,
  bias: usize,
  residual: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = x0 + ((<usize>k) << 2);
  while (x0 < end) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let s = v128.load32_splat(x0);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x1);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x2);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x3);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    w += 32;
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
  }
  finishTile(a0, a1, b0, b1, c0, c1, d0, d1, y, stride, rows, cols, bias, residual);
}

/** The same with x packed as [k, 4] at `x`: one address to advance instead of four. */
// @inline
export function quadTile(
  x: usize,
  w: usize,
  k: i32,
  y: usize,
  stride: usize,
  rows: i32,
  cols: i32,
  bias: usize,
  residual: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = x + ((<usize>k) << 4);
  while (x < end) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let s = v128.load32_splat(x);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x, 4);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x, 8);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x, 12);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    w += 32;
    x += 16;
  }
  finishTile(a0, a1, b0, b1, c0, c1, d0, d1, y, stride, rows, cols, bias, residual);
}

/** Stores `rows` × `cols` of a tile of eight sums, plus bias and residual. */
// @inline
function finishTile(
  a0: v128,
  a1: v128,
  b0: v128,
  b1: v128,
  c0: v128,
  c1: v128,
  d0: v128,
  d1: v128,
  y: usize,
  stride: usize,
  rows: i32,
  cols: i32,
  bias: usize,
  residual: usize,
): void {
  if (bias) {
    const w0 = v128.load(bias);
    const w1 = v128.load(bias, 16);
    a0 = f32x4.add(a0, w0);
    a1 = f32x4.add(a1, w1);
    b0 = f32x4.add(b0, w0);
    b1 = f32x4.add(b1, w1);
    c0 = f32x4.add(c0, w0);
    c1 = f32x4.add(c1, w1);
    d0 = f32x4.add(d0, w0);
    d1 = f32x4.add(d1, w1);
  }
  finishRow(y, residual, a0, a1, cols);
  if (rows < 2) return;
  finishRow(y + stride, residual ? residual + stride : 0, b0, b1, cols);
  if (rows < 3) return;
  finishRow(y + 2 * stride, residual ? residual + 2 * stride : 0, c0, c1, cols);
  if (rows < 4) return;
  finishRow(y + 3 * stride, residual ? residual + 3 * stride : 0, d0, d1, cols);
}

// @inline
function finishRow(y: usize, residual: usize, left: v128, right: v128, cols: i32): void {
  if (residual) {
    left = f32x4.add(left, v128.load(residual));
    right = f32x4.add(right, v128.load(residual, 16));
  }
  if (cols >= 8) {
    v128.store(y, left);
    v128.store(y, right, 16);
  } else {
    storeLanes(y, left, cols);
    storeLanes(y + 16, right, cols - 4);
  }
}

/**
 * out[4, 8] = Σ_k x_r[k] · w[k, 0…7], of which `rows` × `cols` are stored in rows of `stride` bytes; x_r at x0 … x3 (rows that do not exist
 * repeat the last one) advance by xStep bytes and w by wStep bytes per k.
 */
// @inline
export function stridedProduct(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  xStep: usize,
  w: usize,
  wStep: usize,
  k: i32,
  out: usize,
  stride: usize,
  rows: i32,
  cols: i32,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (; k > 0; k--) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let s = v128.load32_splat(x0);
    a0 = madd(s, w0, a0);
    a1 = madd(s, w1, a1);
    s = v128.load32_splat(x1);
    b0 = madd(s, w0, b0);
    b1 = madd(s, w1, b1);
    s = v128.load32_splat(x2);
    c0 = madd(s, w0, c0);
    c1 = madd(s, w1, c1);
    s = v128.load32_splat(x3);
    d0 = madd(s, w0, d0);
    d1 = madd(s, w1, d1);
    w += wStep;
    x0 += xStep;
    x1 += xStep;
    x2 += xStep;
    x3 += xStep;
  }
  finishRow(out, 0, a0, a1, cols);
  if (rows < 2) return;
  finishRow(out + stride, 0, b0, b1, cols);
  if (rows < 3) return;
  finishRow(out + 2 * stride, 0, c0, c1, cols);
  if (rows < 4) return;
  finishRow(out + 3 * stride, 0, d0, d1, cols);
}

/** tile[4, 8] = Σ_k x_r[k] · w[k, 0…7]: the same into a tile. Columns of w that do not exist give lanes to ignore. */
// @inline
export function stridedTile(
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  xStep: usize,
  w: usize,
  wStep: usize,
  k: i32,
  tile: usize,
): void {
  stridedProduct(x0, x1, x2, x3, xStep, w, wStep, k, tile, 32, 4, 8);
}

/** out[rows, cols] = scale · tile, rows of `stride` bytes. */
export function storeTile(tile: usize, out: usize, stride: usize, rows: i32, cols: i32, scale: f32): void {
  const s = f32x4.splat(scale);
  for (let r = 0; r < rows; r++) {
    storeLanes(out, f32x4.mul(s, v128.load(tile)), cols);
    storeLanes(out + 16, f32x4.mul(s, v128.load(tile, 16)), cols - 4);
    tile += 32;
    out += stride;
  }
}

/** out[rows, cols] += scale · tile, rows of `stride` bytes. */
export function addTile(tile: usize, out: usize, stride: usize, rows: i32, cols: i32, scale: f32): void {
  const s = f32x4.splat(scale);
  for (let r = 0; r < rows; r++) {
    storeLanes(out, madd(s, v128.load(tile), v128.load(out)), cols);
    if (cols > 4) storeLanes(out + 16, madd(s, v128.load(tile, 16), v128.load(out, 16)), cols - 4);
    tile += 32;
    out += stride;
  }
}

/** outᵀ: out[cols, rows] += scale · tileᵀ, rows of out of `stride` bytes. */
export function addTileTransposed(tile: usize, out: usize, stride: usize, rows: i32, cols: i32, scale: f32): void {
  for (let c = 0; c < cols; c++)
    for (let r = 0; r < rows; r++) {
      const to = out + <usize>c * stride + ((<usize>r) << 2);
      store<f32>(to, load<f32>(to) + scale * load<f32>(tile + ((<usize>r) << 5) + ((<usize>c) << 2)));
    }
}

/** out0[0…3] = x0 · a_j and out1[0…3] = x1 · a_j, inner products of length n of contiguous rows. */
export function dots2x4(
  x0: usize,
  x1: usize,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  n: i32,
  out0: usize,
  out1: usize,
): void {
  let p0 = f32x4.splat(0);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  let q0 = p0;
  let q1 = p0;
  let q2 = p0;
  let q3 = p0;
  const end = (<usize>(n & ~3)) << 2;
  let i: usize = 0;
  for (; i < end; i += 16) {
    const u = v128.load(x0 + i);
    const v = v128.load(x1 + i);
    let a = v128.load(a0 + i);
    p0 = madd(u, a, p0);
    q0 = madd(v, a, q0);
    a = v128.load(a1 + i);
    p1 = madd(u, a, p1);
    q1 = madd(v, a, q1);
    a = v128.load(a2 + i);
    p2 = madd(u, a, p2);
    q2 = madd(v, a, q2);
    a = v128.load(a3 + i);
    p3 = madd(u, a, p3);
    q3 = madd(v, a, q3);
  }
  let p = sumOfFour(p0, p1, p2, p3);
  let q = sumOfFour(q0, q1, q2, q3);
  for (const last = (<usize>n) << 2; i < last; i += 4) {
    const a = f32x4(load<f32>(a0 + i), load<f32>(a1 + i), load<f32>(a2 + i), load<f32>(a3 + i));
    p = madd(v128.load32_splat(x0 + i), a, p);
    q = madd(v128.load32_splat(x1 + i), a, q);
  }
  v128.store(out0, p);
  v128.store(out1, q);
}
