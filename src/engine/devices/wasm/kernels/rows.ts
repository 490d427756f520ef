/** Filling, copying, gathering and scattering rows. Index arguments point to int32 arrays. */
import { intArg, pointerArg } from './control';
import { storeLanes } from './math';

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
export function addRow(to: usize, x: usize, cols: i32): void {
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

/** Row r of out = the sum of the rows list[starts[r] … starts[r + 1]) of x. args: x, out, cols, starts [items + 1], list. Items are rows of out. */
export function scatterRows(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 2);
  const bytes = (<usize>cols) << 2;
  for (let item = from; item < to; item++) {
    const starts = pointerArg(c, 3) + ((<usize>item) << 2);
    const out = pointerArg(c, 1) + <usize>item * bytes;
    memory.fill(out, 0, bytes);
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
