/**
 * Packed weights and the products with them. A packing of a map with k inputs and n outputs is [⌈n/8⌉ panels, k, 8], zero behind the
 * last output; the backward packing is the same with inputs and outputs exchanged.
 */
import { intArg, floatArg, pointerArg, scratchOf } from './control';
import { packedTile, quadTile } from './tile';
import { madd } from './math';

/** args: source, destination, k, n, bytes between outputs, bytes between inputs. Items are panels. */
export function pack(c: usize, from: i32, to: i32): void {
  const source = pointerArg(c, 0);
  const destination = pointerArg(c, 1);
  const k = intArg(c, 2);
  const n = intArg(c, 3);
  const outputStep = <usize>intArg(c, 4);
  const inputStep = <usize>intArg(c, 5);
  for (let p = from; p < to; p++) {
    let w = destination + ((<usize>(p * k)) << 5);
    for (let i = 0; i < k; i++)
      for (let j = 0; j < 8; j++) {
        const o = (p << 3) + j;
        store<f32>(w, o < n ? load<f32>(source + <usize>o * outputStep + <usize>i * inputStep) : 0);
        w += 4;
      }
  }
}

/** Forward packing → backward packing. args: source, destination, inFeatures, outFeatures. Items are panels of the destination. */
export function repack(c: usize, from: i32, to: i32): void {
  const source = pointerArg(c, 0);
  const destination = pointerArg(c, 1);
  const inputs = intArg(c, 2);
  const outputs = intArg(c, 3);
  for (let p = from; p < to; p++) {
    let w = destination + ((<usize>(p * outputs)) << 5);
    for (let o = 0; o < outputs; o++) {
      const panel = source + ((<usize>((o >> 3) * inputs)) << 5) + ((<usize>(o & 7)) << 2);
      for (let j = 0; j < 8; j++) {
        const i = (p << 3) + j;
        store<f32>(w, i < inputs ? load<f32>(panel + ((<usize>i) << 5)) : 0);
        w += 4;
      }
    }
  }
}

/**
 * Packed W + scale · B · A for several slots. Element (k, j) of a panel gains scale · Σ_r L[j, r] · S[k, r], L being the factor that
 * runs over lanes (B in the forward packing) and S the one that is splatted.
 * args: base, destination, bytes per packing, params, bytes per slot, slots, L offset, L r-step, L j-step, S offset, S k-step, S r-step,
 * rank, k, n, panels, scale. Offsets and steps in bytes. Items are slot × panel.
 */
export function merge(c: usize, from: i32, to: i32): void {
  const base = pointerArg(c, 0);
  const rank = intArg(c, 12);
  const k = intArg(c, 13);
  const n = intArg(c, 14);
  const panels = intArg(c, 15);
  const scale = floatArg(c, 16);
  const laneRankStep = <usize>intArg(c, 7);
  const laneStep = <usize>intArg(c, 8);
  const inputStep = <usize>intArg(c, 10);
  const splatRankStep = <usize>intArg(c, 11);
  const lanes = scratchOf(c); // [rank, 8]
  for (let item = from; item < to; item++) {
    const entry = item / panels;
    const p = item - entry * panels;
    const params = pointerArg(c, 3) + load<usize>(pointerArg(c, 5) + ((<usize>entry) << 2)) * <usize>intArg(c, 4);
    const laneFactor = params + <usize>intArg(c, 6);
    for (let r = 0; r < rank; r++)
      for (let j = 0; j < 8; j++) {
        const o = (p << 3) + j;
        const value = o < n ? scale * load<f32>(laneFactor + <usize>r * laneRankStep + <usize>o * laneStep) : 0;
        store<f32>(lanes + ((<usize>r) << 5) + ((<usize>j) << 2), value);
      }
    let w = base + ((<usize>(p * k)) << 5);
    let to8 = pointerArg(c, 1) + <usize>entry * <usize>intArg(c, 2) + ((<usize>(p * k)) << 5);
    let splat = params + <usize>intArg(c, 9);
    let i = 0;
    for (; i + 1 < k; i += 2) {
      let a0 = v128.load(w);
      let a1 = v128.load(w, 16);
      let b0 = v128.load(w, 32);
      let b1 = v128.load(w, 48);
      let factor = splat;
      for (let r = 0, l = lanes; r < rank; r++, l += 32) {
        const l0 = v128.load(l);
        const l1 = v128.load(l, 16);
        let s = v128.load32_splat(factor);
        a0 = madd(s, l0, a0);
        a1 = madd(s, l1, a1);
        s = v128.load32_splat(factor + inputStep);
        b0 = madd(s, l0, b0);
        b1 = madd(s, l1, b1);
        factor += splatRankStep;
      }
      v128.store(to8, a0);
      v128.store(to8, a1, 16);
      v128.store(to8, b0, 32);
      v128.store(to8, b1, 48);
      w += 64;
      to8 += 64;
      splat += 2 * inputStep;
    }
    if (i < k) {
      let a0 = v128.load(w);
      let a1 = v128.load(w, 16);
      for (let r = 0, l = lanes; r < rank; r++, l += 32) {
        const s = v128.load32_splat(splat);
        a0 = madd(s, v128.load(l), a0);
        a1 = madd(s, v128.load(l, 16), a1);
        splat += splatRankStep;
      }
      v128.store(to8, a0);
      v128.store(to8, a1, 16);
    }
  }
}

/** y rows [from, to) × panels [firstPanel, lastPanel). args as gemmRows. Panels stay in the first-level cache while rows pass. */
function block(c: usize, from: i32, to: i32, firstPanel: i32, lastPanel: i32, weights: usize): void {
  const k = intArg(c, 2);
  const n = intArg(c, 3);
  const bias = pointerArg(c, 4);
  const residual = pointerArg(c, 5);
  const xStride = (<usize>k) << 2;
  const yStride = (<usize>n) << 2;
  const x = pointerArg(c, 0);
  const y = pointerArg(c, 1);
  for (let p = firstPanel; p < lastPanel; p++) {
    const w = weights + ((<usize>(p * k)) << 5);
    const shift = (<usize>p) << 5;
    const cols = n - (p << 3);
    const panelBias = bias ? bias + shift : 0;
    for (let row = from; row < to; row += 4) {
      const rows = min(4, to - row);
      const x0 = x + <usize>row * xStride;
      const x1 = rows > 1 ? x0 + xStride : x0;
      const x2 = rows > 2 ? x1 + xStride : x1;
      const x3 = rows > 3 ? x2 + xStride : x2;
      const at = <usize>row * yStride + shift;
      packedTile(x0, x1, x2, x3, w, k, y + at, yStride, rows, cols, panelBias, residual ? residual + at : 0);
    }
  }
}

/** to [⌈rows/4⌉, k, 4] = rows of x, the last one repeated. */
function packQuads(x: usize, stride: usize, rows: i32, k: i32, to: usize): void {
  for (let row = 0; row < rows; row += 4) {
    const x0 = x + <usize>row * stride;
    const x1 = row + 1 < rows ? x0 + stride : x0;
    const x2 = row + 2 < rows ? x1 + stride : x1;
    const x3 = row + 3 < rows ? x2 + stride : x2;
    const end = (<usize>k) << 2;
    let i: usize = 0;
    for (; i + 16 <= end; i += 16) {
      const a = v128.load(x0 + i);
      const b = v128.load(x1 + i);
      const c = v128.load(x2 + i);
      const d = v128.load(x3 + i);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 16);
      v128.store(to, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 32);
      v128.store(to, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7), 48);
      to += 64;
    }
    for (; i < end; i += 4) {
      store<f32>(to, load<f32>(x0 + i));
      store<f32>(to, load<f32>(x1 + i), 4);
      store<f32>(to, load<f32>(x2 + i), 8);
      store<f32>(to, load<f32>(x3 + i), 12);
      to += 16;
    }
  }
}

/** `block` over all panels with x packed first: pays where many panels read the same rows, or rows are long. Scratch: the packed rows. */
function quadBlock(c: usize, from: i32, to: i32, weights: usize): void {
  const k = intArg(c, 2);
  const n = intArg(c, 3);
  const bias = pointerArg(c, 4);
  const residual = pointerArg(c, 5);
  const xStride = (<usize>k) << 2;
  const yStride = (<usize>n) << 2;
  const y = pointerArg(c, 1);
  const packed = scratchOf(c);
  packQuads(pointerArg(c, 0) + <usize>from * xStride, xStride, to - from, k, packed);
  for (let p = 0, panels = (n + 7) >> 3; p < panels; p++) {
    const w = weights + ((<usize>(p * k)) << 5);
    const shift = (<usize>p) << 5;
    const panelBias = bias ? bias + shift : 0;
    let x = packed;
    for (let row = from; row < to; row += 4) {
      const at = <usize>row * yStride + shift;
      quadTile(x, w, k, y + at, yStride, min(4, to - row), n - (p << 3), panelBias, residual ? residual + at : 0);
      x += 4 * xStride;
    }
  }
}

/**
 * y = x · packed + bias + residual. args: x, y, k, n, bias or 0, residual or 0, whether to pack x. Items are rows; weights come from the
 * segment.
 */
export function gemmRows(c: usize, from: i32, to: i32, weights: usize): void {
  if (intArg(c, 6)) quadBlock(c, from, to, weights);
  else block(c, from, to, 0, (intArg(c, 3) + 7) >> 3, weights);
}

/** The same for few rows: items are panels, and every item visits all rows. args as gemmRows, then segments and their number. */
export function gemmPanels(c: usize, from: i32, to: i32): void {
  let segment = pointerArg(c, 6);
  for (let s = intArg(c, 7); s > 0; s--) {
    const start = load<i32>(segment, 4);
    block(c, start, start + load<i32>(segment, 8), from, to, load<usize>(segment, 12));
    segment += 16;
  }
}
