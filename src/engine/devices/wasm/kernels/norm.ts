/** Layer normalisation and unit-length rows. */
import { floatArg, intArg, pointerArg } from './control';
import { laneMask, loadLanes, madd, storeLanes, sumLanes } from './math';

/** args: x, gain, bias, y, stats, cols, epsilon. Items are rows. */
export function layerNorm(c: usize, from: i32, to: i32): void {
  const gain = pointerArg(c, 1);
  const bias = pointerArg(c, 2);
  const cols = intArg(c, 5);
  const bytes = (<usize>cols) << 2;
  const whole = (<usize>(cols & ~3)) << 2;
  const tail = cols & 3;
  const perColumn: f32 = 1 / <f32>cols;
  for (let row = from; row < to; row++) {
    const x = pointerArg(c, 0) + <usize>row * bytes;
    const y = pointerArg(c, 3) + <usize>row * bytes;
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < whole; i += 16) sum = f32x4.add(sum, v128.load(x + i));
    if (tail) sum = f32x4.add(sum, loadLanes(x + whole, tail));
    const mean = f32x4.splat(sumLanes(sum) * perColumn);
    let squares = f32x4.splat(0);
    for (let i: usize = 0; i < whole; i += 16) {
      const d = f32x4.sub(v128.load(x + i), mean);
      squares = madd(d, d, squares);
    }
    if (tail) {
      const d = v128.and(f32x4.sub(v128.load(x + whole), mean), laneMask(tail));
      squares = madd(d, d, squares);
    }
    const deviation: f32 = 1 / sqrt<f32>(sumLanes(squares) * perColumn + floatArg(c, 6));
    const inverse = f32x4.splat(deviation);
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + i), mean), inverse);
      const value = madd(d, v128.load(gain + i), v128.load(bias + i));
      if (i < whole) v128.store(y + i, value);
      else storeLanes(y + i, value, tail);
    }
    const stats = pointerArg(c, 4) + ((<usize>row) << 3);
    store<f32>(stats, f32x4.extract_lane(mean, 0));
    store<f32>(stats, deviation, 4);
  }
}

/** args: dy, x, stats, gain, add or 0, dx, cols. Items are rows. dx may be add. */
export function layerNormGradient(c: usize, from: i32, to: i32): void {
  const gain = pointerArg(c, 3);
  const add = pointerArg(c, 4);
  const cols = intArg(c, 6);
  const bytes = (<usize>cols) << 2;
  const whole = (<usize>(cols & ~3)) << 2;
  const tail = cols & 3;
  const perColumn: f32 = 1 / <f32>cols;
  for (let row = from; row < to; row++) {
    const at = <usize>row * bytes;
    const dy = pointerArg(c, 0) + at;
    const x = pointerArg(c, 1) + at;
    const dx = pointerArg(c, 5) + at;
    const stats = pointerArg(c, 2) + ((<usize>row) << 3);
    const mean = v128.load32_splat(stats);
    const inverse = v128.load32_splat(stats, 4);
    let sum = f32x4.splat(0);
    let dots = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      let d = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
      let normal = f32x4.mul(f32x4.sub(v128.load(x + i), mean), inverse);
      if (i >= whole) {
        const mask = laneMask(tail);
        d = v128.and(d, mask);
        normal = v128.and(normal, mask);
      }
      sum = f32x4.add(sum, d);
      dots = madd(d, normal, dots);
    }
    const meanD = f32x4.splat(sumLanes(sum) * perColumn);
    const meanDot = f32x4.splat(sumLanes(dots) * perColumn);
    for (let i: usize = 0; i < bytes; i += 16) {
      const d = f32x4.mul(v128.load(dy + i), v128.load(gain + i));
      const normal = f32x4.mul(f32x4.sub(v128.load(x + i), mean), inverse);
      let value = f32x4.mul(inverse, f32x4.sub(f32x4.sub(d, meanD), f32x4.mul(normal, meanDot)));
      if (add) value = f32x4.add(value, v128.load(add + at + i));
      if (i < whole) v128.store(dx + i, value);
      else storeLanes(dx + i, value, tail);
    }
  }
}

/** to[0…7] += (left, right), the first `count` of them. */
export function addEight(to: usize, left: v128, right: v128, count: i32): void {
  storeLanes(to, f32x4.add(v128.load(to), left), count);
  if (count > 4) storeLanes(to + 16, f32x4.add(v128.load(to, 16), right), count - 4);
}

/** args: x, y, norms, cols. Items are rows. */
export function normalizeRows(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 3);
  const bytes = (<usize>cols) << 2;
  for (let row = from; row < to; row++) {
    const x = pointerArg(c, 0) + <usize>row * bytes;
    const y = pointerArg(c, 1) + <usize>row * bytes;
    let sum = f32x4.splat(0);
    for (let i = 0; i < cols; i += 4) {
      const v = loadLanes(x + ((<usize>i) << 2), cols - i);
      sum = madd(v, v, sum);
    }
    const norm = sqrt<f32>(sumLanes(sum) + 1e-24);
    const inverse = f32x4.splat(1 / norm);
    for (let i = 0; i < cols; i += 4) {
      const at = (<usize>i) << 2;
      storeLanes(y + at, f32x4.mul(v128.load(x + at), inverse), cols - i);
    }
    store<f32>(pointerArg(c, 2) + ((<usize>row) << 2), norm);
  }
}

/** dx = (dy − y (dy·y)) / norm. args: dy, y, norms, dx, cols. Items are rows. */
export function normalizeRowsGradient(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 4);
  const bytes = (<usize>cols) << 2;
  for (let row = from; row < to; row++) {
    const dy = pointerArg(c, 0) + <usize>row * bytes;
    const y = pointerArg(c, 1) + <usize>row * bytes;
    const dx = pointerArg(c, 3) + <usize>row * bytes;
    let sum = f32x4.splat(0);
    for (let i = 0; i < cols; i += 4) {
      const at = (<usize>i) << 2;
      sum = madd(loadLanes(dy + at, cols - i), loadLanes(y + at, cols - i), sum);
    }
    const dot = f32x4.splat(sumLanes(sum));
    const inverse = f32x4.splat(1 / load<f32>(pointerArg(c, 2) + ((<usize>row) << 2)));
    for (let i = 0; i < cols; i += 4) {
      const at = (<usize>i) << 2;
      const value = f32x4.mul(f32x4.sub(v128.load(dy + at), f32x4.mul(v128.load(y + at), dot)), inverse);
      storeLanes(dx + at, value, cols - i);
    }
  }
}
