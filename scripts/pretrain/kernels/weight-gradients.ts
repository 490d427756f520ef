/** Gradients of all weights: of linear maps, layer norms, broadcast rows and tables. */
import { intArg, pointerArg, tileOf } from '../../../src/engine/devices/wasm/kernels/control';
import { madd } from '../../../src/engine/devices/wasm/kernels/math';
import { addEight } from '../../../src/engine/devices/wasm/kernels/norm';
import { addRow } from '../../../src/engine/devices/wasm/kernels/rows';
import { addTile, stridedTile } from '../../../src/engine/devices/wasm/kernels/tile';

/** target[row mod period] += x[row]. args: x, rows, cols, period, target. Items are period × blocks of eight columns. */
export function sumRows(c: usize, from: i32, to: i32): void {
  const rows = intArg(c, 1);
  const cols = intArg(c, 2);
  const period = intArg(c, 3);
  const blocks = (cols + 7) >> 3;
  const step = (<usize>(period * cols)) << 2;
  for (let item = from; item < to; item++) {
    const start = item / blocks;
    const column = (item - start * blocks) << 3;
    const at = (<usize>(start * cols + column)) << 2;
    let x = pointerArg(c, 0) + at;
    let left = f32x4.splat(0);
    let right = left;
    for (let row = start; row < rows; row += period) {
      left = f32x4.add(left, v128.load(x));
      right = f32x4.add(right, v128.load(x, 16));
      x += step;
    }
    addEight(pointerArg(c, 4) + at, left, right, cols - column);
  }
}

/** Block sizes of weightGradient in rows, outputs and inputs: a block of x and of dy fits the L1 cache. */
const ROWS: i32 = 128;
const OUTPUTS: i32 = 32;
const INPUTS: i32 = 64;

/** target [outputs, inputs] += dyᵀ x. args: dy, x, rows, outputs, inputs, target. Items are blocks of the target. */
export function weightGradient(c: usize, from: i32, to: i32): void {
  const rows = intArg(c, 2);
  const outputs = intArg(c, 3);
  const inputs = intArg(c, 4);
  const across = (inputs + INPUTS - 1) / INPUTS;
  const dyStride = (<usize>outputs) << 2;
  const xStride = (<usize>inputs) << 2;
  const tile = tileOf();
  for (let item = from; item < to; item++) {
    const down = item / across;
    const firstOutput = down * OUTPUTS;
    const firstInput = (item - down * across) * INPUTS;
    const lastOutput = min(outputs, firstOutput + OUTPUTS);
    const lastInput = min(inputs, firstInput + INPUTS);
    for (let row = 0; row < rows; row += ROWS) {
      const count = min(ROWS, rows - row);
      const dy = pointerArg(c, 0) + <usize>row * dyStride;
      const x = pointerArg(c, 1) + <usize>row * xStride;
      for (let o = firstOutput; o < lastOutput; o += 4) {
        const p = dy + ((<usize>o) << 2);
        for (let i = firstInput; i < lastInput; i += 8) {
          stridedTile(p, p + 4, p + 8, p + 12, dyStride, x + ((<usize>i) << 2), xStride, count, tile);
          const target = pointerArg(c, 5) + ((<usize>(o * inputs + i)) << 2);
          addTile(tile, target, xStride, min(4, outputs - o), min(8, inputs - i), 1);
        }
      }
    }
  }
}

/** gain gradient += Σ dy ∘ x̂, bias gradient += Σ dy. args: dy, x, stats, rows, cols, gain target, bias target or 0. Items are blocks of eight columns. */
export function layerNormWeightGradient(c: usize, from: i32, to: i32): void {
  const rows = intArg(c, 3);
  const cols = intArg(c, 4);
  const bytes = (<usize>cols) << 2;
  for (let block = from; block < to; block++) {
    const shift = (<usize>block) << 5;
    let dy = pointerArg(c, 0) + shift;
    let x = pointerArg(c, 1) + shift;
    let stats = pointerArg(c, 2);
    let g0 = f32x4.splat(0);
    let g1 = g0;
    let b0 = g0;
    let b1 = g0;
    for (let row = 0; row < rows; row++) {
      const mean = v128.load32_splat(stats);
      const inverse = v128.load32_splat(stats, 4);
      const d0 = v128.load(dy);
      const d1 = v128.load(dy, 16);
      g0 = madd(d0, f32x4.mul(f32x4.sub(v128.load(x), mean), inverse), g0);
      g1 = madd(d1, f32x4.mul(f32x4.sub(v128.load(x, 16), mean), inverse), g1);
      b0 = f32x4.add(b0, d0);
      b1 = f32x4.add(b1, d1);
      dy += bytes;
      x += bytes;
      stats += 8;
    }
    addEight(pointerArg(c, 5) + shift, g0, g1, cols - (block << 3));
    if (pointerArg(c, 6)) addEight(pointerArg(c, 6) + shift, b0, b1, cols - (block << 3));
  }
}

/** target row rows[r] += the rows list[starts[r] … starts[r + 1]) of x. args: x, target, cols, starts [items + 1], list, rows. Items are entries of rows. */
export function scatterRowsInto(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 2);
  const bytes = (<usize>cols) << 2;
  for (let item = from; item < to; item++) {
    const at = (<usize>item) << 2;
    const starts = pointerArg(c, 3) + at;
    const out = pointerArg(c, 1) + load<usize>(pointerArg(c, 5) + at) * bytes;
    for (let i = load<i32>(starts); i < load<i32>(starts, 4); i++)
      addRow(out, pointerArg(c, 0) + load<usize>(pointerArg(c, 4) + ((<usize>i) << 2)) * bytes, cols);
  }
}
