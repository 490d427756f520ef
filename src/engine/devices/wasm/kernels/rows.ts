/** Filling, copying, gathering and scattering rows, and sums over rows. Index arguments point to int32 arrays. */
import { intArg, pointerArg, tileOf } from './control';
import { storeLanes } from './math';
import { addEight } from './norm';
import { addTile, stridedTile } from './tile';

/** args: destination. Items are floats. */
export function fill(c: usize, from: i32, to: i32): void {
  memory.fill(pointerArg(c, 0) + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
}

/** args: destination, source. Items are floats. */
export function copy(c: usize, from: i32, to: i32): void {
  const at = (<usize>from) << 2;
  memory.copy(pointerArg(c, 0) + at, pointerArg(c, 1) + at, (<usize>(to - from)) << 2);
}

/** to[cols] += x[cols]. */
function addRow(to: usize, x: usize, cols: i32): void {
  for (let i = 0; i < cols; i += 4) {
    const at = (<usize>i) << 2;
    storeLanes(to + at, f32x4.add(v128.load(to + at), v128.load(x + at)), cols - i);
  }
}

/** args: x, index, out, bytes per row. Items are rows of out. */
export function gatherRows(c: usize, from: i32, to: i32): void {
  const bytes = <usize>intArg(c, 3);
  for (let row = from; row < to; row++) {
    const source = load<usize>(pointerArg(c, 1) + ((<usize>row) << 2));
    memory.copy(pointerArg(c, 2) + <usize>row * bytes, pointerArg(c, 0) + source * bytes, bytes);
  }
}

/**
 * args: x, out, cols, starts [items + 1], list of rows of x, target rows or 0. Item r adds the rows list[starts[r] … starts[r + 1]) to
 * target row r; without targets, out row r is overwritten.
 */
export function scatterRows(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 2);
  const bytes = (<usize>cols) << 2;
  const targets = pointerArg(c, 5);
  for (let item = from; item < to; item++) {
    const starts = pointerArg(c, 3) + ((<usize>item) << 2);
    const row = targets ? load<usize>(targets + ((<usize>item) << 2)) : <usize>item;
    const out = pointerArg(c, 1) + row * bytes;
    if (!targets) memory.fill(out, 0, bytes);
    for (let i = load<i32>(starts); i < load<i32>(starts, 4); i++)
      addRow(out, pointerArg(c, 0) + load<usize>(pointerArg(c, 4) + ((<usize>i) << 2)) * bytes, cols);
  }
}

/** to = a + b. */
function sumOfRows(to: usize, a: usize, b: usize, cols: i32): void {
  for (let i = 0; i < cols; i += 4) {
    const at = (<usize>i) << 2;
    storeLanes(to + at, f32x4.add(v128.load(a + at), v128.load(b + at)), cols - i);
  }
}

/** args: patches, class token, positions, out, tokens, cols. Items are rows of out. */
export function assembleTokens(c: usize, from: i32, to: i32): void {
  const tokens = intArg(c, 4);
  const cols = intArg(c, 5);
  const bytes = (<usize>cols) << 2;
  for (let row = from; row < to; row++) {
    const sequence = row / tokens;
    const t = row - sequence * tokens;
    const patch = pointerArg(c, 0) + <usize>(sequence * (tokens - 1) + t - 1) * bytes;
    const positions = pointerArg(c, 2) + <usize>t * bytes;
    sumOfRows(pointerArg(c, 3) + <usize>row * bytes, t ? patch : pointerArg(c, 1), positions, cols);
  }
}

/** args: ids, table, positions, out, tokens, cols. Items are rows of out. */
export function embedTokens(c: usize, from: i32, to: i32): void {
  const tokens = intArg(c, 4);
  const cols = intArg(c, 5);
  const bytes = (<usize>cols) << 2;
  for (let row = from; row < to; row++) {
    const id = load<usize>(pointerArg(c, 0) + ((<usize>row) << 2));
    const positions = pointerArg(c, 2) + <usize>(row % tokens) * bytes;
    sumOfRows(pointerArg(c, 3) + <usize>row * bytes, pointerArg(c, 1) + id * bytes, positions, cols);
  }
}

/** args: params, bytes per slot, byte offset, slots, out, bytes per item. Items are groups. */
export function sliceSlots(c: usize, from: i32, to: i32): void {
  const bytes = <usize>intArg(c, 5);
  for (let g = from; g < to; g++) {
    const slot = load<usize>(pointerArg(c, 3) + ((<usize>g) << 2));
    const source = pointerArg(c, 0) + slot * <usize>intArg(c, 1) + <usize>intArg(c, 2);
    memory.copy(pointerArg(c, 4) + <usize>g * bytes, source, bytes);
  }
}

/** args: gradients, bytes per slot, byte offset, slots, x, floats per item. Items are groups. */
export function addToSlots(c: usize, from: i32, to: i32): void {
  const count = intArg(c, 5);
  for (let g = from; g < to; g++) {
    const slot = load<usize>(pointerArg(c, 3) + ((<usize>g) << 2));
    const target = pointerArg(c, 0) + slot * <usize>intArg(c, 1) + <usize>intArg(c, 2);
    addRow(target, pointerArg(c, 4) + ((<usize>(g * count)) << 2), count);
  }
}

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

/** Rows, outputs and inputs of the blocks of weightGradient: a block of x and of dy fits the first-level cache. */
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
