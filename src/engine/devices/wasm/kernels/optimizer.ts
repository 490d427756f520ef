/** AdamW and factors on the segments of flat vectors. */
import { floatArg, intArg, pointerArg } from './control';
import { madd, storeLanes } from './math';

/**
 * args: params, gradients, m, v, cols, segments (offset, length), number of segments, coefficients, decay, beta1, beta2, epsilon,
 * weight decay, 1 − beta1, 1 − beta2 (not to be computed in float32). Items are slot × segment.
 */
export function adamw(c: usize, from: i32, to: i32): void {
  const count = intArg(c, 6);
  const beta1 = f32x4.splat(floatArg(c, 9));
  const beta2 = f32x4.splat(floatArg(c, 10));
  const rest1 = f32x4.splat(floatArg(c, 13));
  const rest2 = f32x4.splat(floatArg(c, 14));
  const epsilon = f32x4.splat(floatArg(c, 11));
  for (let item = from; item < to; item++) {
    const slot = item / count;
    const s = <usize>(item - slot * count);
    const coefficients = pointerArg(c, 7) + ((<usize>item) << 4);
    if (load<f32>(coefficients) == 0) continue;
    const rate = v128.load32_splat(coefficients, 4);
    const correction1 = v128.load32_splat(coefficients, 8);
    const correction2 = v128.load32_splat(coefficients, 12);
    const decay = f32x4.splat(floatArg(c, 12) * load<f32>(pointerArg(c, 8) + (s << 2)));
    const segment = pointerArg(c, 5) + (s << 3);
    const first = (<usize>(slot * intArg(c, 4) + load<i32>(segment))) << 2;
    const length = load<i32>(segment, 4);
    const params = pointerArg(c, 0) + first;
    const gradients = pointerArg(c, 1) + first;
    const firstMoments = pointerArg(c, 2) + first;
    const secondMoments = pointerArg(c, 3) + first;
    for (let i = 0; i < length; i += 4) {
      const at = (<usize>i) << 2;
      const g = v128.load(gradients + at);
      const m = madd(rest1, g, f32x4.mul(beta1, v128.load(firstMoments + at)));
      const v = madd(rest2, f32x4.mul(g, g), f32x4.mul(beta2, v128.load(secondMoments + at)));
      const p = v128.load(params + at);
      const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction2)), epsilon);
      const direction = f32x4.div(f32x4.mul(m, correction1), denominator);
      const step = f32x4.mul(rate, madd(decay, p, direction));
      storeLanes(firstMoments + at, m, length - i);
      storeLanes(secondMoments + at, v, length - i);
      storeLanes(params + at, f32x4.sub(p, step), length - i);
    }
  }
}

/** args: x, cols, segments (offset, length), number of segments, factors. Items are slot × segment. */
export function scaleSegments(c: usize, from: i32, to: i32): void {
  const count = intArg(c, 3);
  for (let item = from; item < to; item++) {
    const slot = item / count;
    const factor = v128.load32_splat(pointerArg(c, 4) + ((<usize>item) << 2));
    const segment = pointerArg(c, 2) + ((<usize>(item - slot * count)) << 3);
    const x = pointerArg(c, 0) + ((<usize>(slot * intArg(c, 1) + load<i32>(segment))) << 2);
    const length = load<i32>(segment, 4);
    for (let i = 0; i < length; i += 4) {
      const at = x + ((<usize>i) << 2);
      storeLanes(at, f32x4.mul(v128.load(at), factor), length - i);
    }
  }
}
