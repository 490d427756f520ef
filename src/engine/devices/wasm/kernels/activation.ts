/** The three GELUs. args: kind (0 quick, 1 erf, 2 tanh), cols, then tensors. Items are rows. */
import { intArg, pointerArg } from './control';
import { exp4, madd, sigmoid4, storeLanes } from './math';

const QUICK: f32 = 1.702;
/** √(2/π), doubled because tanh z = 2 sigmoid(2z) − 1. */
const TANH: f32 = 1.5957691216057308;
const CUBIC: f32 = 0.044715;

/**
 * Φ(x), the normal distribution function, from Abramowitz & Stegun 7.1.26 (|error| ≤ 8·10⁻⁸); `gauss` is e^(−x²/2).
 */
// @inline
function normalDistribution(x: v128, gauss: v128): v128 {
  const one = f32x4.splat(1);
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.7071067811865476 * 0.3275911));
  const t = f32x4.div(one, f32x4.add(one, z));
  let p = f32x4.splat(1.061405429);
  p = madd(p, t, f32x4.splat(-1.453152027));
  p = madd(p, t, f32x4.splat(1.421413741));
  p = madd(p, t, f32x4.splat(-0.284496736));
  p = madd(p, t, f32x4.splat(0.254829592));
  const upper = f32x4.mul(f32x4.mul(f32x4.mul(p, t), gauss), f32x4.splat(0.5));
  return v128.bitselect(upper, f32x4.sub(one, upper), f32x4.lt(x, f32x4.splat(0)));
}

// @inline
function gaussian(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

// @inline
function tanhArgument(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x);
  return f32x4.mul(f32x4.splat(TANH), madd(f32x4.splat(CUBIC), cube, x));
}

/** f(x) / x: what x is multiplied by. `gauss` is e^(−x²/2) where the kind is erf. */
// @inline
function gate(x: v128, kind: i32, gauss: v128): v128 {
  if (kind == 0) return sigmoid4(f32x4.mul(x, f32x4.splat(QUICK)));
  if (kind == 1) return normalDistribution(x, gauss);
  return sigmoid4(tanhArgument(x));
}

/** s + z s (1 − s) z′, the derivative of x · sigmoid(z(x)) with `slope` = x · z′(x). */
// @inline
function sigmoidDerivative(s: v128, slope: v128): v128 {
  return madd(slope, f32x4.mul(s, f32x4.sub(f32x4.splat(1), s)), s);
}

/** f′(x) from g = gate(x). */
// @inline
function derivative(x: v128, g: v128, kind: i32, gauss: v128): v128 {
  if (kind == 0) return sigmoidDerivative(g, f32x4.mul(x, f32x4.splat(QUICK)));
  if (kind == 1) return madd(x, f32x4.mul(gauss, f32x4.splat(0.3989422804014327)), g);
  const inner = madd(f32x4.splat(3 * CUBIC), f32x4.mul(x, x), f32x4.splat(1));
  return sigmoidDerivative(g, f32x4.mul(f32x4.mul(x, f32x4.splat(TANH)), inner));
}

// @inline
function gaussOf(x: v128, kind: i32): v128 {
  return kind == 1 ? gaussian(x) : x;
}

/**
 * args: kind, cols, x, y, slopes or 0. Slopes are the derivatives, which share all that is dear with the values; they and y may be x. The loops
 * call no function, or V8 would reload their constants in every round.
 */
export function activation(c: usize, from: i32, to: i32): void {
  const kind = intArg(c, 0);
  const cols = intArg(c, 1);
  const x = pointerArg(c, 2);
  const y = pointerArg(c, 3);
  const slopes = pointerArg(c, 4);
  const end = (<usize>(to * cols)) << 2;
  let i = (<usize>(from * cols)) << 2;
  for (; i + 16 <= end; i += 16) {
    const v = v128.load(x + i);
    const gauss = gaussOf(v, kind);
    const g = gate(v, kind, gauss);
    if (slopes) v128.store(slopes + i, derivative(v, g, kind, gauss));
    v128.store(y + i, f32x4.mul(v, g));
  }
  if (i == end) return;
  const v = v128.load(x + i);
  const gauss = gaussOf(v, kind);
  const g = gate(v, kind, gauss);
  const rest = (<i32>(end - i)) >> 2;
  if (slopes) storeLanes(slopes + i, derivative(v, g, kind, gauss), rest);
  storeLanes(y + i, f32x4.mul(v, g), rest);
}

/** args: kind, cols, dy, x, dx. dx may be dy. */
export function activationGradient(c: usize, from: i32, to: i32): void {
  const kind = intArg(c, 0);
  const cols = intArg(c, 1);
  const dy = pointerArg(c, 2);
  const x = pointerArg(c, 3);
  const dx = pointerArg(c, 4);
  const end = (<usize>(to * cols)) << 2;
  let i = (<usize>(from * cols)) << 2;
  for (; i + 16 <= end; i += 16) v128.store(dx + i, f32x4.mul(v128.load(dy + i), slopeAt(x + i, kind)));
  storeLanes(dx + i, f32x4.mul(v128.load(dy + i), slopeAt(x + i, kind)), (<i32>(end - i)) >> 2);
}

// @inline
function slopeAt(x: usize, kind: i32): v128 {
  const v = v128.load(x);
  const gauss = gaussOf(v, kind);
  return derivative(v, gate(v, kind, gauss), kind, gauss);
}

/** y = x ∘ slopes. args: cols, x, slopes, y. y may be x. Items are rows. */
export function multiply(c: usize, from: i32, to: i32): void {
  const cols = intArg(c, 0);
  const x = pointerArg(c, 1);
  const slopes = pointerArg(c, 2);
  const y = pointerArg(c, 3);
  const end = (<usize>(to * cols)) << 2;
  let i = (<usize>(from * cols)) << 2;
  for (; i + 16 <= end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), v128.load(slopes + i)));
  storeLanes(y + i, f32x4.mul(v128.load(x + i), v128.load(slopes + i)), (<i32>(end - i)) >> 2);
}
