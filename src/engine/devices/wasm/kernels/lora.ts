/**
 * The low-rank path: used with dropout and for few rows, and for the gradients of the factors. Segments name the group (extra).
 * Common args: 0 params, 1 bytes per slot, 2 A offset, 3 B offset (bytes), 4 rank, 5 scale, 6 slotOfGroup, 7 rates or 0, 8 keys,
 * 9 rowsPerGroup, 10 inFeatures, 11 outFeatures; then those of each kernel.
 */
import { floatArg, intArg, pointerArg, scratchOf, tileOf } from './control';
import { madd, storeLanes } from './math';
import { addTile, addTileTransposed, dots2x4, stridedTile } from './tile';

// @inline
function slotParams(c: usize, group: usize): usize {
  return pointerArg(c, 0) + load<usize>(pointerArg(c, 6) + (group << 2)) * <usize>intArg(c, 1);
}

// @inline
function rateOf(c: usize, group: usize): f32 {
  const rates = pointerArg(c, 7);
  return rates ? load<f32>(rates + (group << 2)) : 0;
}

/** Four elements of the dropout mask: 0 or 1/(1 − rate). The hash is that of core/hash.ts. */
// @inline
function mask4(key: i32, index: i32, rate: f32): v128 {
  const counters = i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3));
  let h = i32x4.add(i32x4.splat(key), i32x4.mul(counters, i32x4.splat(0x9e3779b9)));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x7feb352d));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b));
  h = v128.xor(h, i32x4.shr_u(h, 16));
  const uniform = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(h, 8)), f32x4.splat(1.0 / 16777216));
  return v128.and(f32x4.ge(uniform, f32x4.splat(rate)), f32x4.splat(1 / (1 - rate)));
}

/** to[n] = mask ∘ x. */
function dropRow(x: usize, to: usize, n: i32, key: i32, first: i32, rate: f32): void {
  for (let i = 0; i < n; i += 4) {
    const at = (<usize>i) << 2;
    storeLanes(to + at, f32x4.mul(v128.load(x + at), mask4(key, first + i, rate)), n - i);
  }
}

/** to [rank, stride] = B ᵀ. */
function transposeB(b: usize, to: usize, outputs: i32, rank: i32, stride: usize): void {
  for (let o = 0; o < outputs; o++)
    for (let r = 0; r < rank; r++) {
      store<f32>(to + <usize>r * stride + ((<usize>o) << 2), load<f32>(b));
      b += 4;
    }
}

/** u0, u1 [rank padded to 4] = inner products of x0 and x1 with the `rank` rows of a. */
function project(x0: usize, x1: usize, a: usize, stride: usize, n: i32, rank: i32, u0: usize, u1: usize): void {
  for (let r = 0; r < rank; r += 4) {
    const a0 = a + <usize>r * stride;
    const a1 = r + 1 < rank ? a0 + stride : a0;
    const a2 = r + 2 < rank ? a1 + stride : a1;
    const a3 = r + 3 < rank ? a2 + stride : a2;
    const at = (<usize>r) << 2;
    dots2x4(x0, x1, a0, a1, a2, a3, n, u0 + at, u1 + at);
  }
}

/** to[n] += Σ_r scale · u[r] · a[r, n], times the mask when rate > 0. */
function expand(
  u: usize,
  a: usize,
  stride: usize,
  rank: i32,
  n: i32,
  scale: f32,
  to: usize,
  key: i32,
  first: i32,
  rate: f32,
): void {
  for (let i = 0; i < n; i += 4) {
    const at = (<usize>i) << 2;
    let sum = f32x4.splat(0);
    for (let r = 0; r < rank; r++)
      sum = madd(v128.load32_splat(u + ((<usize>r) << 2)), v128.load(a + <usize>r * stride + at), sum);
    sum = f32x4.mul(sum, f32x4.splat(scale));
    if (rate > 0) sum = f32x4.mul(sum, mask4(key, first + i, rate));
    storeLanes(to + at, f32x4.add(v128.load(to + at), sum), n - i);
  }
}

/** y += scale · (drop(x) Aᵀ) Bᵀ. args: 12 x, 13 y. Scratch: Bᵀ, u (rank + 4), one row of x. Items are rows. */
export function loraForward(c: usize, from: i32, to: i32, group: usize): void {
  const rank = intArg(c, 4);
  const inputs = intArg(c, 10);
  const outputs = intArg(c, 11);
  const params = slotParams(c, group);
  const a = params + pointerArg(c, 2);
  const rate = rateOf(c, group);
  const key = rate > 0 ? load<i32>(pointerArg(c, 8) + (group << 2)) : 0;
  const stride = ((<usize>outputs) << 2) + 16;
  const b = scratchOf(c);
  const u = b + <usize>rank * stride;
  const row0 = u + ((<usize>(rank + 4)) << 2);
  transposeB(params + pointerArg(c, 3), b, outputs, rank, stride);
  for (let row = from; row < to; row++) {
    let x = pointerArg(c, 12) + ((<usize>(row * inputs)) << 2);
    const first = (row - <i32>group * intArg(c, 9)) * inputs;
    if (rate > 0) {
      dropRow(x, row0, inputs, key, first, rate);
      x = row0;
    }
    project(x, x, a, (<usize>inputs) << 2, inputs, rank, u, u);
    expand(u, b, stride, rank, outputs, floatArg(c, 5), pointerArg(c, 13) + ((<usize>(row * outputs)) << 2), 0, 0, 0);
  }
}

/** dx += scale · mask ∘ ((dy B) A). args: 12 dy, 13 dx. Scratch: Bᵀ, u (rank + 4). Items are rows. */
export function loraBackward(c: usize, from: i32, to: i32, group: usize): void {
  const rank = intArg(c, 4);
  const inputs = intArg(c, 10);
  const outputs = intArg(c, 11);
  const params = slotParams(c, group);
  const rate = rateOf(c, group);
  const key = rate > 0 ? load<i32>(pointerArg(c, 8) + (group << 2)) : 0;
  const stride = ((<usize>outputs) << 2) + 16;
  const b = scratchOf(c);
  const u = b + <usize>rank * stride;
  transposeB(params + pointerArg(c, 3), b, outputs, rank, stride);
  for (let row = from; row < to; row++) {
    const dy = pointerArg(c, 12) + ((<usize>(row * outputs)) << 2);
    project(dy, dy, b, stride, outputs, rank, u, u);
    const dx = pointerArg(c, 13) + ((<usize>(row * inputs)) << 2);
    const first = (row - <i32>group * intArg(c, 9)) * inputs;
    expand(u, params + pointerArg(c, 2), (<usize>inputs) << 2, rank, inputs, floatArg(c, 5), dx, key, first, rate);
  }
}

/**
 * u = drop(x) Aᵀ and du = dy B, both [rows, rank padded to 4]; with dropout also keeps drop(x).
 * args: 12 dy, 13 x, 14 u, 15 du, 16 dropped x or 0. Scratch: Bᵀ. Items are rows.
 */
export function loraProject(c: usize, from: i32, to: i32, group: usize): void {
  const rank = intArg(c, 4);
  const inputs = intArg(c, 10);
  const outputs = intArg(c, 11);
  const params = slotParams(c, group);
  const rate = rateOf(c, group);
  const key = rate > 0 ? load<i32>(pointerArg(c, 8) + (group << 2)) : 0;
  const stride = ((<usize>outputs) << 2) + 16;
  const xStride = (<usize>inputs) << 2;
  const dyStride = (<usize>outputs) << 2;
  const uStride = (<usize>((rank + 3) & ~3)) << 2;
  const b = scratchOf(c);
  transposeB(params + pointerArg(c, 3), b, outputs, rank, stride);
  let source = pointerArg(c, 13);
  const dropped = pointerArg(c, 16);
  if (dropped) {
    for (let row = from; row < to; row++) {
      const at = <usize>row * xStride;
      const first = (row - <i32>group * intArg(c, 9)) * inputs;
      if (rate > 0) dropRow(source + at, dropped + at, inputs, key, first, rate);
      else memory.copy(dropped + at, source + at, xStride);
    }
    source = dropped;
  }
  for (let row = from; row < to; row += 2) {
    const next = min(row + 1, to - 1);
    const u0 = pointerArg(c, 14) + <usize>row * uStride;
    const u1 = pointerArg(c, 14) + <usize>next * uStride;
    const x0 = source + <usize>row * xStride;
    const x1 = source + <usize>next * xStride;
    project(x0, x1, params + pointerArg(c, 2), xStride, inputs, rank, u0, u1);
    const du0 = pointerArg(c, 15) + <usize>row * uStride;
    const du1 = pointerArg(c, 15) + <usize>next * uStride;
    const dy0 = pointerArg(c, 12) + <usize>row * dyStride;
    const dy1 = pointerArg(c, 12) + <usize>next * dyStride;
    project(dy0, dy1, b, stride, outputs, rank, du0, du1);
  }
}

/**
 * gradients += scale · (duᵀ drop(x) → A, dyᵀ u → B). args: 12 dy, 13 drop(x), 14 u, 15 du, 16 gradients, 17 table of distinct slots (slot,
 * first and number of its groups in 18), 18 groups. Items are slot × four ranks × eight columns of A, then of B.
 */
export function loraAccumulate(c: usize, from: i32, to: i32): void {
  const rank = intArg(c, 4);
  const scale = floatArg(c, 5);
  const inputs = intArg(c, 10);
  const outputs = intArg(c, 11);
  const rowsPerGroup = intArg(c, 9);
  const uStride = (<usize>((rank + 3) & ~3)) << 2;
  const columnsA = (inputs + 7) >> 3;
  const columns = columnsA + ((outputs + 7) >> 3);
  const quads = (rank + 3) >> 2;
  const tile = tileOf();
  for (let item = from; item < to; item++) {
    const column = item % columns;
    const quad = (item / columns) % quads;
    const entry = pointerArg(c, 17) + <usize>(item / (columns * quads)) * 12;
    const ofA = column < columnsA;
    const first = (ofA ? column : column - columnsA) << 3;
    const width = ofA ? inputs : outputs;
    const wide = pointerArg(c, ofA ? 13 : 12);
    const skinny = pointerArg(c, ofA ? 15 : 14) + ((<usize>quad) << 4);
    const target = pointerArg(c, 16) + load<usize>(entry) * <usize>intArg(c, 1) + pointerArg(c, ofA ? 2 : 3);
    const rows = min(4, rank - (quad << 2));
    const cols = min(8, width - first);
    const list = pointerArg(c, 18) + (load<usize>(entry, 4) << 2);
    for (let g = 0; g < load<i32>(entry, 8); g++) {
      const row = load<i32>(list + ((<usize>g) << 2)) * rowsPerGroup;
      const p = skinny + <usize>row * uStride;
      const q = wide + ((<usize>(row * width + first)) << 2);
      stridedTile(p, p + 4, p + 8, p + 12, uStride, q, (<usize>width) << 2, rowsPerGroup, tile);
      if (ofA) {
        const at = target + ((<usize>((quad << 2) * inputs + first)) << 2);
        addTile(tile, at, (<usize>inputs) << 2, rows, cols, scale);
      } else {
        const at = target + ((<usize>(first * rank + (quad << 2))) << 2);
        addTileTransposed(tile, at, (<usize>rank) << 2, rows, cols, scale);
      }
    }
  }
}
