/** WGSL of the three GELUs and their derivatives, for f32 or vec4<f32>. */
import type { Activation } from '../../../../model/backbone.ts';

type Element = 'f32' | 'vec4<f32>';

/** σ(z); z is cut off where σ is below the smallest number anyway, so that nothing overflows. */
const sigmoid = (element: Element) => `
fn sigmoid(z: ${element}) -> ${element} { return 1.0 / (1.0 + exp(-max(z, ${element}(-80.0)))); }`;

/** Φ(x), the normal distribution function: Abramowitz & Stegun 7.1.26, |error| ≤ 8·10⁻⁸; `gauss` is e^(−x²/2). */
const normalDistribution = (element: Element) => `
fn normalDistribution(x: ${element}, gauss: ${element}) -> ${element} {
  let t = 1.0 / (1.0 + 0.23164190 * abs(x));
  let series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let upper = 0.5 * series * gauss;
  return select(1.0 - upper, upper, x < ${element}(0.0));
}`;

/** tanh z = 2σ(2z) − 1, hence the doubled √(2/π). */
const TANH = { scale: '1.5957691216057308', cubic: '0.044715', slope: '0.134145' };

/** fn activate(x) and, with `derivative`, fn activationDerivative(x). */
export function geluFunctions(kind: Activation, element: Element, derivative: boolean): string {
  const value = (body: string) => `\nfn activate(x: ${element}) -> ${element} {${body}}`;
  const slope = (body: string) =>
    derivative ? `\nfn activationDerivative(x: ${element}) -> ${element} {${body}}` : '';
  switch (kind) {
    case 'quick_gelu':
      return `${sigmoid(element)}${value(` return x * sigmoid(1.702 * x); `)}${slope(`
  let z = 1.702 * x;
  let s = sigmoid(z);
  return s + z * s * (1.0 - s);
`)}`;
    case 'gelu':
      return `${normalDistribution(element)}${value(` return x * normalDistribution(x, exp(-0.5 * x * x)); `)}${slope(`
  let gauss = exp(-0.5 * x * x);
  return normalDistribution(x, gauss) + x * gauss * 0.3989422804014327;
`)}`;
    case 'gelu_tanh':
      return `${sigmoid(element)}${value(`
  return x * sigmoid(${TANH.scale} * (x + ${TANH.cubic} * x * x * x));
`)}${slope(`
  let s = sigmoid(${TANH.scale} * (x + ${TANH.cubic} * x * x * x));
  return s + ${TANH.scale} * x * (1.0 + ${TANH.slope} * x * x) * s * (1.0 - s);
`)}`;
  }
}
