import { expect, it } from 'vitest';
import { summariseKernels } from './kernel-summary.ts';

it('adds up what was measured; sites with the same times of a whole step count once', () => {
  expect(
    summariseKernels({
      sites: {
        'product: a': { form: 'big', usual: 'u', milliseconds: [2, 1.5], error: 0.3 },
        'product: b': { form: null, usual: 'u', milliseconds: [1, 1], error: 0 },
        'product: c': { form: null, usual: 'u', milliseconds: null, error: 0 },
        'attention: a': { form: 'packed', usual: 'u', milliseconds: [4, 3], error: 0.4 },
        'attention: b': { form: 'packed', usual: 'u', milliseconds: [4, 3], error: 0.4 },
      },
    }),
  ).toEqual({ measured: 4, changed: 3, usual: 7, best: 5.5, gain: [1.5 - 1.96 * 0.5, 1.5 + 1.96 * 0.5] });
});
