/** In which order forms of products are tried: where steps are long there is time for a few. */
import { describe, expect, it } from 'vitest';
import { PRODUCTS, type ProductProblem } from './product-forms.ts';
import type { Hardware } from './forms.ts';
import { LEAST } from './test-hardware.ts';
import { PLAIN_VARIANT } from './test-products.ts';

/** A large card of NVIDIA. */
const CARD: Hardware = { ...LEAST, subgroups: true, subgroup: 32, invocations: 1024, workgroupBytes: 49152 };

const formsOf = (rows: number, depth: number, cols: number): string[] => {
  const problem: ProductProblem = {
    variant: PLAIN_VARIANT,
    segments: 1,
    rows,
    cols,
    depths: [depth],
  };
  return PRODUCTS.others(CARD, problem).map(PRODUCTS.nameOf);
};

describe('forms of a product', () => {
  it('come with large tiles first where there are many values, eight by eight for a thread', () => {
    for (const form of formsOf(1600, 768, 3072).slice(0, 3)) expect(form).toMatch(/^(128×128|64×128|128×64) .* of 8×8/);
  });

  it('come with shared sums first where there are few values and long sums', () => {
    expect(formsOf(544, 256, 64)[0]).toContain('k over 4 workgroups');
    // Short sums are not shared.
    expect(formsOf(544, 64, 256).some((form) => form.includes('k over'))).toBe(false);
  });
});
