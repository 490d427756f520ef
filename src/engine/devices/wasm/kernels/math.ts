/** Four-lane mathematics and the handling of the last lanes of a row. */

/** a · b + c: rounded once in builds with relaxed SIMD, on processors that have it (fused multiply-add), and twice otherwise. */
// @inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Lanes 0 … count − 1 all ones. */
export function laneMask(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Stores the first `count` lanes; any count ≥ 4 stores all. */
export function storeLanes(to: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, v);
    return;
  }
  if (count > 0) store<f32>(to, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(v, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(v, 2), 8);
}

/** The first `count` lanes, the others zero; any count ≥ 4 loads all. Reads 16 bytes in any case. */
// @inline
export function loadLanes(from: usize, count: i32): v128 {
  const v = v128.load(from);
  return count >= 4 ? v : v128.and(v, laneMask(count));
}

// @inline
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** (Σ a0, Σ a1, Σ a2, Σ a3) over the lanes, each in the order of sumLanes. */
// @inline
export function sumOfFour(a0: v128, a1: v128, a2: v128, a3: v128): v128 {
  const low = f32x4.add(v128.shuffle<f32>(a0, a1, 0, 4, 1, 5), v128.shuffle<f32>(a0, a1, 2, 6, 3, 7));
  const high = f32x4.add(v128.shuffle<f32>(a2, a3, 0, 4, 1, 5), v128.shuffle<f32>(a2, a3, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(low, high, 0, 1, 4, 5), v128.shuffle<f32>(low, high, 2, 3, 6, 7));
}

/**
 * e^x to about one unit in the last place: x = n·ln2 + r with |r| ≤ ln2/2, e^r by a polynomial of degree 7 whose coefficients are a
 * minimax fit (Cephes expf). Arguments are clamped to the normal range; NaN stays NaN.
 */
// @inline
export function exp4(argument: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(argument, f32x4.splat(-87.33654)), f32x4.splat(88.37626));
  const magic = f32x4.splat(12582912.0); // 1.5 · 2²³: adding it rounds to an integer in the low mantissa bits
  const shifted = madd(x, f32x4.splat(1.44269504), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.1219444e-4), r);
  // Evaluated by pairs of coefficients: a shorter chain of dependent operations than Horner's rule.
  const r2 = f32x4.mul(r, r);
  const high = madd(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  const middle = madd(f32x4.splat(8.3334519073e-3), r, f32x4.splat(4.1665795894e-2));
  const low = madd(f32x4.splat(1.6666665459e-1), r, f32x4.splat(5.0000001201e-1));
  const series = madd(madd(high, r2, middle), r2, low);
  const p = madd(series, r2, f32x4.add(r, f32x4.splat(1)));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return f32x4.mul(p, power);
}

// @inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** Natural logarithm of a positive normal number, by the series of artanh. */
export function logarithm(x: f64): f64 {
  let bits = reinterpret<i64>(x);
  let exponent = <i32>((bits >> 52) & 0x7ff) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent++;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let series: f64 = 1.0 / 17;
  series = series * q + 1.0 / 15;
  series = series * q + 1.0 / 13;
  series = series * q + 1.0 / 11;
  series = series * q + 1.0 / 9;
  series = series * q + 1.0 / 7;
  series = series * q + 1.0 / 5;
  series = series * q + 1.0 / 3;
  series = series * q + 1.0;
  return 2 * s * series + <f64>exponent * 0.6931471805599453;
}
