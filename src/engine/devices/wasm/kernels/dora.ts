/** DoRA: magnitudes over norms of updated weights, outputs scaled by them, and the gradient of the magnitudes. */
import { floatArg, intArg, pointerArg, scratchOf } from './control';
import { madd, storeLanes } from './math';
import { addEight } from './norm';

/** Inputs whose squares are added up before they join the sum of a row: keeps the rounding of long rows small. */
const BLOCK: i32 = 128;

// @inline
function normOf(squares: v128): v128 {
  return f32x4.sqrt(f32x4.add(squares, f32x4.splat(1e-24)));
}

// @inline
function addSquare(sum: v128, v: v128): v128 {
  return madd(v, v, sum);
}

/** to = (frozen + change) / updated, inverse = 1 / updated, the first `count` of them. */
// @inline
function storeScales(to: usize, inverse: usize, frozen: v128, updated: v128, change: usize, count: i32): void {
  const norm = normOf(updated);
  storeLanes(to, f32x4.div(f32x4.add(normOf(frozen), v128.load(change)), norm), count);
  storeLanes(inverse, f32x4.div(f32x4.splat(1), norm), count);
}

/**
 * args: 0 packed W (gemm.ts), 1 params, 2 bytes per slot, 3 A offset, 4 B offset, 5 offset of the magnitudes (bytes), 6 rank, 7 scale,
 * 8 inputs, 9 outputs, 10 scales. Items are slot × panel of eight outputs. Scratch: scale · B, [rank, 8].
 */
export function doraScales(c: usize, from: i32, to: i32): void {
  const rank = intArg(c, 6);
  const scale = floatArg(c, 7);
  const inputs = intArg(c, 8);
  const outputs = intArg(c, 9);
  const panels = (outputs + 7) >> 3;
  const lanes = scratchOf(c);
  const rankStep = (<usize>inputs) << 2;
  for (let item = from; item < to; item++) {
    const slot = item / panels;
    const first = (item - slot * panels) << 3;
    const count = outputs - first;
    const params = pointerArg(c, 1) + <usize>slot * <usize>intArg(c, 2);
    const b = params + pointerArg(c, 4);
    for (let r = 0; r < rank; r++)
      for (let j = 0; j < 8; j++) {
        const value = j < count ? scale * load<f32>(b + ((<usize>((first + j) * rank + r)) << 2)) : 0;
        store<f32>(lanes + ((<usize>((r << 3) + j)) << 2), value);
      }
    let w = pointerArg(c, 0) + ((<usize>((first >> 3) * inputs)) << 5);
    let a = params + pointerArg(c, 3);
    let frozen0 = f32x4.splat(0);
    let frozen1 = frozen0;
    let updated0 = frozen0;
    let updated1 = frozen0;
    for (let start = 0; start < inputs; start += BLOCK) {
      let f0 = f32x4.splat(0);
      let f1 = f0;
      let u0 = f0;
      let u1 = f0;
      for (let n = min(BLOCK, inputs - start); n > 0; n--) {
        const w0 = v128.load(w);
        const w1 = v128.load(w, 16);
        let v0 = w0;
        let v1 = w1;
        let factor = a;
        for (let r = 0, l = lanes; r < rank; r++, l += 32) {
          const s = v128.load32_splat(factor);
          v0 = madd(s, v128.load(l), v0);
          v1 = madd(s, v128.load(l, 16), v1);
          factor += rankStep;
        }
        f0 = addSquare(f0, w0);
        f1 = addSquare(f1, w1);
        u0 = addSquare(u0, v0);
        u1 = addSquare(u1, v1);
        w += 32;
        a += 4;
      }
      frozen0 = f32x4.add(frozen0, f0);
      frozen1 = f32x4.add(frozen1, f1);
      updated0 = f32x4.add(updated0, u0);
      updated1 = f32x4.add(updated1, u1);
    }
    const change = params + pointerArg(c, 5) + ((<usize>first) << 2);
    const at = pointerArg(c, 10) + ((<usize>(2 * slot * outputs + first)) << 2);
    const inverse = at + ((<usize>outputs) << 2);
    storeScales(at, inverse, frozen0, updated0, change, count);
    if (count > 4) storeScales(at + 16, inverse + 16, frozen1, updated1, change + 16, count - 4);
  }
}

/**
 * y = z + (c − 1) ∘ (z − bias) + residual; c = 1 where the slot is −1. args: 0 z, 1 bias or 0, 2 residual or 0, 3 y, 4 outputs, 5 scales,
 * 6 slotOfGroup. Items are rows; segments name the group (extra).
 */
export function applyDora(c: usize, from: i32, to: i32, group: usize): void {
  const bias = pointerArg(c, 1);
  const residual = pointerArg(c, 2);
  const outputs = intArg(c, 4);
  const slot = load<i32>(pointerArg(c, 6) + (group << 2));
  const scales = slot < 0 ? 0 : pointerArg(c, 5) + ((<usize>(2 * slot * outputs)) << 2);
  const one = f32x4.splat(1);
  for (let row = from; row < to; row++) {
    const start = (<usize>(row * outputs)) << 2;
    for (let o = 0; o < outputs; o += 4) {
      const shift = (<usize>o) << 2;
      const at = start + shift;
      let value = v128.load(pointerArg(c, 0) + at);
      if (scales) {
        const plain = bias ? f32x4.sub(value, v128.load(bias + shift)) : value;
        value = madd(f32x4.sub(v128.load(scales + shift), one), plain, value);
      }
      if (residual) value = f32x4.add(value, v128.load(residual + at));
      storeLanes(pointerArg(c, 3) + at, value, outputs - o);
    }
  }
}

/**
 * gradients += Σ_rows dy ∘ (z − bias) / n. args: 0 dy, 1 z, 2 bias or 0, 3 outputs, 4 scales, 5 gradients, 6 bytes per slot, 7 offset of the
 * magnitudes (bytes), 8 rowsPerGroup, 9 table of distinct slots (slot, first and number of its groups in 10), 10 groups. Items are
 * slot × eight columns.
 */
export function doraMagnitudeGradient(c: usize, from: i32, to: i32): void {
  const bias = pointerArg(c, 2);
  const outputs = intArg(c, 3);
  const rowsPerGroup = intArg(c, 8);
  const blocks = (outputs + 7) >> 3;
  const bytes = (<usize>outputs) << 2;
  for (let item = from; item < to; item++) {
    const index = item / blocks;
    const first = (item - index * blocks) << 3;
    const shift = (<usize>first) << 2;
    const entry = pointerArg(c, 9) + <usize>(index * 12);
    const list = pointerArg(c, 10) + (load<usize>(entry, 4) << 2);
    const b0 = bias ? v128.load(bias + shift) : f32x4.splat(0);
    const b1 = bias ? v128.load(bias + shift, 16) : f32x4.splat(0);
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    for (let g = 0; g < load<i32>(entry, 8); g++) {
      const start = <usize>(load<i32>(list + ((<usize>g) << 2)) * rowsPerGroup) * bytes + shift;
      let dy = pointerArg(c, 0) + start;
      let z = pointerArg(c, 1) + start;
      for (let n = rowsPerGroup; n > 0; n--) {
        sum0 = madd(v128.load(dy), f32x4.sub(v128.load(z), b0), sum0);
        sum1 = madd(v128.load(dy, 16), f32x4.sub(v128.load(z, 16), b1), sum1);
        dy += bytes;
        z += bytes;
      }
    }
    const slot = load<usize>(entry);
    const inverse = pointerArg(c, 4) + (2 * slot + 1) * bytes + shift;
    const target = pointerArg(c, 5) + slot * <usize>intArg(c, 6) + pointerArg(c, 7) + shift;
    sum0 = f32x4.mul(sum0, v128.load(inverse));
    sum1 = f32x4.mul(sum1, v128.load(inverse, 16));
    addEight(target, sum0, sum1, outputs - first);
  }
}
