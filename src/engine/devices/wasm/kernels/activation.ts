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

// @inline
function value(x: v128, kind: i32): v128 {
  if (kind == 0) return f32x4.mul(x, sigmoid4(f32x4.mul(x, f32x4.splat(QUICK))));
  if (kind == 1) return f32x4.mul(x, normalDistribution(x, gaussian(x)));
  return f32x4.mul(x, sigmoid4(tanhArgument(x)));
}

/** s + z s (1 − s) z′, the derivative of x · sigmoid(z(x)) with `slope` = x · z′(x). */
// @inline
function sigmoidDerivative(s: v128, slope: v128): v128 {
  return madd(slope, f32x4.mul(s, f32x4.sub(f32x4.splat(1), s)), s);
}

// @inline
function derivative(x: v128, kind: i32): v128 {
  if (kind == 0) {
    const z = f32x4.mul(x, f32x4.splat(QUICK));
    return sigmoidDerivative(sigmoid4(z), z);
  }
  if (kind == 1) {
    const gauss = gaussian(x);
    const density = f32x4.mul(gauss, f32x4.splat(0.3989422804014327));
    return madd(x, density, normalDistribution(x, gauss));
  }
  const inner = madd(f32x4.splat(3 * CUBIC), f32x4.mul(x, x), f32x4.splat(1));
  return sigmoidDerivative(sigmoid4(tanhArgument(x)), f32x4.mul(f32x4.mul(x, f32x4.splat(TANH)), inner));
}

/** args: kind, cols, x, y. */
export function activation(c: usize, from: i32, to: i32): void {
  const kind = intArg(c, 0);
  const cols = intArg(c, 1);
  const x = pointerArg(c, 2);
  const y = pointerArg(c, 3);
  const end = (<usize>(to * cols)) << 2;
  let i = (<usize>(from * cols)) << 2;
  for (; i + 16 <= end; i += 16) v128.store(y + i, value(v128.load(x + i), kind));
  storeLanes(y + i, value(v128.load(x + i), kind), (<i32>(end - i)) >> 2);
}

/** args: kind, cols, dy, x, dx. */
export function activationGradient(c: usize, from: i32, to: i32): void {
  const kind = intArg(c, 0);
  const cols = intArg(c, 1);
  const dy = pointerArg(c, 2);
  const x = pointerArg(c, 3);
  const dx = pointerArg(c, 4);
  const end = (<usize>(to * cols)) << 2;
  let i = (<usize>(from * cols)) << 2;
  for (; i + 16 <= end; i += 16) v128.store(dx + i, f32x4.mul(v128.load(dy + i), derivative(v128.load(x + i), kind)));
  storeLanes(dx + i, f32x4.mul(v128.load(dy + i), derivative(v128.load(x + i), kind)), (<i32>(end - i)) >> 2);
}
