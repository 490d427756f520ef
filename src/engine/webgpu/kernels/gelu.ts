/** WGSL of the three GELUs and their derivatives, for kernels that apply them to what they load or store. */
import type { Activation } from '../../../model/backbone.ts';

/** Scalar, or four values at once. */
export type GeluType = 'f32' | 'vec4<f32>';

/** The exponent is bounded, because WGSL leaves open what happens to values that overflow. */
const sigmoid = (T: GeluType) => `
fn sigmoid(z: ${T}) -> ${T} { return 1.0 / (1.0 + exp(min(-z, ${T}(80.0)))); }`;

/**
 * Φ(x), the normal distribution function, from Abramowitz & Stegun 7.1.26 (|error| ≤ 8·10⁻⁸); `gauss` is e^(−x²/2).
 */
const normalDistribution = (T: GeluType) => `
fn gaussian(x: ${T}) -> ${T} { return exp(max(-0.5 * x * x, ${T}(-80.0))); }
fn normalDistribution(x: ${T}, gauss: ${T}) -> ${T} {
  let t = 1.0 / (1.0 + 0.23164189 * abs(x)); // 0.3275911 / √2
  let p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let upper = 0.5 * p * gauss;
  return select(1.0 - upper, upper, x < ${T}(0.0));
}`;

/** z with tanh GELU = x · sigmoid(z): tanh z = 2 sigmoid(2z) − 1. 1.5957691 is 2 √(2/π). */
const tanhArgument = (T: GeluType) => `
fn tanhArgument(x: ${T}) -> ${T} { return 1.5957691 * x * (1.0 + 0.044715 * x * x); }`;

/** fn activate(x) -> f(x) and fn activationSlope(x) -> f′(x). */
export function geluFunctions(kind: Activation, T: GeluType): string {
  switch (kind) {
    case 'quick_gelu':
      return `${sigmoid(T)}
fn activate(x: ${T}) -> ${T} { return x * sigmoid(1.702 * x); }
fn activationSlope(x: ${T}) -> ${T} {
  let s = sigmoid(1.702 * x);
  return s + 1.702 * x * s * (1.0 - s);
}`;
    case 'gelu':
      return `${normalDistribution(T)}
fn activate(x: ${T}) -> ${T} { return x * normalDistribution(x, gaussian(x)); }
fn activationSlope(x: ${T}) -> ${T} {
  let gauss = gaussian(x);
  return normalDistribution(x, gauss) + 0.39894228 * x * gauss;
}`;
    case 'gelu_tanh':
      return `${sigmoid(T)}${tanhArgument(T)}
fn activate(x: ${T}) -> ${T} { return x * sigmoid(tanhArgument(x)); }
fn activationSlope(x: ${T}) -> ${T} {
  let s = sigmoid(tanhArgument(x));
  return s + 1.5957691 * x * (1.0 + 0.134145 * x * x) * s * (1.0 - s);
}`;
  }
}
