/** A product for tests of its forms. */
import type { ProductProblem } from './product-forms.ts';

/** One input and one output in vectors of four, with a bias and nothing else. */
export const PLAIN_VARIANT: ProductProblem['variant'] = {
  inputs: 1,
  outputs: 1,
  inputWidth: 4,
  outputWidth: 4,
  half: false,
  bias: true,
  lora: 'none',
  add: 'none',
  activation: null,
};
