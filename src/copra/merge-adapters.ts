/** Whole adapters merged into one, by the formulas of merging.ts. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { weightedSum } from '../core/flat.ts';
import { alignAdapters, type ScaledAdapter } from './align.ts';
import { peftLinear, ties, type Factors } from './merging.ts';
import { headOf } from './relayout.ts';
import { stackAdapters, stackedLayout } from './stacking.ts';

export const MERGE_METHODS = [
  {
    id: 'factors',
    name: 'Average A and B',
    description: 'The factors are averaged separately: linear fusion, the factor path of the landscape.',
  },
  {
    id: 'updates',
    name: 'Average the updates',
    description: 'Σ w·ΔW exactly, the product path. The rank is the sum of the ranks.',
  },
  {
    id: 'peft-linear',
    name: 'PEFT linear',
    description: 'What PEFT’s add_weighted_adapter calls linear: √w on A and on B, with cross terms.',
  },
  {
    id: 'peft-ties',
    name: 'PEFT TIES',
    description:
      'PEFT’s ties: small entries of A and B trimmed, one sign elected per entry, those that agree averaged.',
  },
] as const;

export type MergeMethod = (typeof MERGE_METHODS)[number]['id'];

export interface MergeOptions {
  readonly method: MergeMethod;
  /** One per adapter; averages use weights that sum to 1. */
  readonly weights: readonly number[];
  /** peft-ties: share of the entries of every factor that is kept. */
  readonly density: number;
}

/** A pair's factors of every source, merged; the result is to be used with scale 1. */
function mergePairs(
  layout: AdapterLayout,
  values: readonly Float32Array[],
  merge: (a: readonly Float32Array[], b: readonly Float32Array[]) => Factors,
): Float32Array {
  const out = new Float32Array(layout.size);
  const { rank } = layout;
  for (const { aOffset, bOffset, inFeatures, outFeatures } of layout.pairs) {
    const { a, b } = merge(
      values.map((v) => v.subarray(aOffset, aOffset + rank * inFeatures)),
      values.map((v) => v.subarray(bOffset, bOffset + rank * outFeatures)),
    );
    out.set(a, aOffset);
    out.set(b, bOffset);
  }
  return out;
}

/**
 * Adapters of other layouts or scales are aligned first (align.ts). Classifiers are averaged with the weights.
 * @throws RangeError when weights are missing, or classifiers differ in size.
 */
export function mergeAdapters(
  adapters: readonly ScaledAdapter[],
  { method, weights, density }: MergeOptions,
): ScaledAdapter {
  if (adapters.length !== weights.length)
    throw new RangeError(`Merging needs one weight per adapter, got ${adapters.length} and ${weights.length}.`);
  const { layout, scale, values } = alignAdapters(adapters);
  const withHead = (merged: Float32Array): Float32Array => {
    const heads = values.map((v) => headOf(layout, v));
    if (layout.head) merged.set(weightedSum(heads, weights), layout.head.weightOffset);
    return merged;
  };
  switch (method) {
    case 'factors':
      return { layout, scale, values: weightedSum(values, weights) };
    case 'updates':
      return { layout: stackedLayout(layout, values.length), scale, values: stackAdapters(layout, values, weights) };
    case 'peft-linear': {
      const merge = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
        peftLinear(a.map((_, k) => ({ a: a[k], b: b[k], weight: weights[k], scale })));
      return { layout, scale: 1, values: withHead(mergePairs(layout, values, merge)) };
    }
    case 'peft-ties': {
      const total = weights.map((weight) => weight * scale);
      const roots = total.map((t) => Math.sqrt(Math.abs(t)));
      const signed = roots.map((root, k) => Math.sign(total[k]) * root);
      const merge = (a: readonly Float32Array[], b: readonly Float32Array[]): Factors => ({
        a: ties(a, signed, density, 'total'),
        b: ties(b, roots, density, 'total'),
      });
      return { layout, scale: 1, values: withHead(mergePairs(layout, values, merge)) };
    }
  }
}
