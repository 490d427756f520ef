/**
 * Scores of images against classes, and cross-entropy. w of group g starts g · classes rows in, or at row 0 when shared.
 */
import { floatArg, intArg, pointerArg, tileOf } from './control';
import { exp4, laneMask, loadLanes, logarithm, madd, storeLanes, sumLanes } from './math';
import { dots2x4, storeTile, stridedTile } from './tile';

/** args: x, w, bias or 0, out, features, classes, rows per group, w shared, bias shared, factor. Items are rows. */
export function groupScores(c: usize, from: i32, to: i32): void {
  const features = intArg(c, 4);
  const classes = intArg(c, 5);
  const rowsPerGroup = intArg(c, 6);
  const bytes = (<usize>features) << 2;
  const factor = f32x4.splat(floatArg(c, 9));
  const tile = tileOf();
  for (let row = from; row < to;) {
    const group = row / rowsPerGroup;
    const pair = row + 1 < min(to, (group + 1) * rowsPerGroup);
    const w = pointerArg(c, 1) + (intArg(c, 7) ? 0 : <usize>(group * classes) * bytes);
    const bias = pointerArg(c, 2) + (intArg(c, 8) ? 0 : (<usize>(group * classes)) << 2);
    const x0 = pointerArg(c, 0) + <usize>row * bytes;
    const x1 = pair ? x0 + bytes : x0;
    const out = pointerArg(c, 3) + ((<usize>(row * classes)) << 2);
    for (let k = 0; k < classes; k += 4) {
      const a0 = w + <usize>k * bytes;
      const a1 = k + 1 < classes ? a0 + bytes : a0;
      const a2 = k + 2 < classes ? a1 + bytes : a1;
      const a3 = k + 3 < classes ? a2 + bytes : a2;
      dots2x4(x0, x1, a0, a1, a2, a3, features, tile, tile + 16);
      let first = f32x4.mul(factor, v128.load(tile));
      let second = f32x4.mul(factor, v128.load(tile, 16));
      const at = (<usize>k) << 2;
      if (pointerArg(c, 2)) {
        first = f32x4.add(first, v128.load(bias + at));
        second = f32x4.add(second, v128.load(bias + at));
      }
      storeLanes(out + at, first, classes - k);
      if (pair) storeLanes(out + ((<usize>classes) << 2) + at, second, classes - k);
    }
    row += pair ? 2 : 1;
  }
}

/** args: dScores, w, dx, features, classes, rows per group, w shared, factor. Items are rows. */
export function groupScoresInputGradient(c: usize, from: i32, to: i32): void {
  const features = intArg(c, 3);
  const classes = intArg(c, 4);
  const rowsPerGroup = intArg(c, 5);
  const bytes = (<usize>features) << 2;
  const scoreBytes = (<usize>classes) << 2;
  const tile = tileOf();
  for (let row = from; row < to;) {
    const group = row / rowsPerGroup;
    const rows = min(4, min(to, (group + 1) * rowsPerGroup) - row);
    const w = pointerArg(c, 1) + (intArg(c, 6) ? 0 : <usize>(group * classes) * bytes);
    const d0 = pointerArg(c, 0) + <usize>row * scoreBytes;
    const d1 = rows > 1 ? d0 + scoreBytes : d0;
    const d2 = rows > 2 ? d1 + scoreBytes : d1;
    const d3 = rows > 3 ? d2 + scoreBytes : d2;
    for (let i = 0; i < features; i += 8) {
      const at = (<usize>i) << 2;
      stridedTile(d0, d1, d2, d3, 4, w + at, bytes, classes, tile);
      storeTile(tile, pointerArg(c, 2) + <usize>row * bytes + at, bytes, rows, features - i, floatArg(c, 7));
    }
    row += rows;
  }
}

/** args: dScores, x, dw, features, classes, rows per w, factor. Items are groups of w × four classes × eight features. */
export function groupScoresWeightGradient(c: usize, from: i32, to: i32): void {
  const features = intArg(c, 3);
  const classes = intArg(c, 4);
  const rows = intArg(c, 5);
  const bytes = (<usize>features) << 2;
  const scoreBytes = (<usize>classes) << 2;
  const across = (features + 7) >> 3;
  const down = (classes + 3) >> 2;
  const tile = tileOf();
  for (let item = from; item < to; item++) {
    const column = (item % across) << 3;
    const k = ((item / across) % down) << 2;
    const group = item / (across * down);
    const p = pointerArg(c, 0) + <usize>(group * rows) * scoreBytes + ((<usize>k) << 2);
    const x = pointerArg(c, 1) + <usize>(group * rows) * bytes + ((<usize>column) << 2);
    stridedTile(p, p + 4, p + 8, p + 12, scoreBytes, x, bytes, rows, tile);
    const target = pointerArg(c, 2) + <usize>(group * classes + k) * bytes + ((<usize>column) << 2);
    storeTile(tile, target, bytes, min(4, classes - k), features - column, floatArg(c, 6));
  }
}

/** args: scores, labels, loss, predicted, dScores or 0, classes, gradient scale. Items are rows. */
export function crossEntropy(c: usize, from: i32, to: i32): void {
  const gradient = pointerArg(c, 4);
  const classes = intArg(c, 5);
  const scale = floatArg(c, 6);
  for (let row = from; row < to; row++) {
    const at = (<usize>row) << 2;
    const scores = pointerArg(c, 0) + ((<usize>(row * classes)) << 2);
    const label = load<usize>(pointerArg(c, 1) + at) << 2;
    let top: f32 = -Infinity;
    let best = 0;
    for (let k = 0; k < classes; k++) {
      const score = load<f32>(scores + ((<usize>k) << 2));
      if (score > top) {
        top = score;
        best = k;
      }
    }
    const shift = f32x4.splat(top);
    let sum = f32x4.splat(0);
    for (let k = 0; k < classes; k += 4) {
      const e = exp4(f32x4.sub(v128.load(scores + ((<usize>k) << 2)), shift));
      sum = f32x4.add(sum, classes - k < 4 ? v128.and(e, laneMask(classes - k)) : e);
    }
    const total = sumLanes(sum);
    const loss: f32 = total == total ? <f32>logarithm(<f64>total) + (top - load<f32>(scores + label)) : NaN;
    store<f32>(pointerArg(c, 2) + at, loss);
    store<f32>(pointerArg(c, 3) + at, <f32>best);
    if (!gradient) continue;
    const out = gradient + ((<usize>(row * classes)) << 2);
    const factor = f32x4.splat(scale / total);
    for (let k = 0; k < classes; k += 4) {
      const e = exp4(f32x4.sub(v128.load(scores + ((<usize>k) << 2)), shift));
      storeLanes(out + ((<usize>k) << 2), f32x4.mul(e, factor), classes - k);
    }
    store<f32>(out + label, load<f32>(out + label) - scale);
  }
}

/** args: x, out, cols. Items are rows. Short sums in single, their total in double precision. */
export function rowNorms(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 2);
  for (let row = from; row < to; row++) {
    const x = pointerArg(c, 0) + ((<usize>(row * cols)) << 2);
    let total: f64 = 0;
    for (let start = 0; start < cols; start += 256) {
      const end = min(cols, start + 256);
      let sum = f32x4.splat(0);
      for (let i = start; i < end; i += 4) {
        const v = loadLanes(x + ((<usize>i) << 2), end - i);
        sum = madd(v, v, sum);
      }
      total += <f64>sumLanes(sum);
    }
    store<f32>(pointerArg(c, 1) + ((<usize>row) << 2), <f32>sqrt<f64>(total));
  }
}
