/** The three GELUs and their derivatives, as they are defined. */
import type { Activation } from '../../../model/backbone.ts';
import { erf } from './erf.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const TANH_SCALE = Math.sqrt(2 / Math.PI);
const TANH_CUBIC = 0.044715;

export function activate(x: number, kind: Activation): number {
  switch (kind) {
    case 'quick_gelu':
      return x * sigmoid(1.702 * x);
    case 'gelu':
      return 0.5 * x * (1 + erf(x / Math.SQRT2));
    case 'gelu_tanh':
      return 0.5 * x * (1 + Math.tanh(TANH_SCALE * (x + TANH_CUBIC * x ** 3)));
  }
}

export function activationDerivative(x: number, kind: Activation): number {
  switch (kind) {
    case 'quick_gelu': {
      const s = sigmoid(1.702 * x);
      return s + 1.702 * x * s * (1 - s);
    }
    case 'gelu':
      return 0.5 * (1 + erf(x / Math.SQRT2)) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
    case 'gelu_tanh': {
      const t = Math.tanh(TANH_SCALE * (x + TANH_CUBIC * x ** 3));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * TANH_SCALE * (1 + 3 * TANH_CUBIC * x * x);
    }
  }
}
