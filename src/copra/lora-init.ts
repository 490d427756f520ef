/** Initial adapters. Equal seeds give equal factors whatever the method, so that arms differ only in their gates. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';

/**
 * A ~ U(−1/√in, 1/√in) (PEFT's Kaiming-uniform default), B = 0: the first output is the backbone's. A head starts with
 * bias 0 and weights ~ U(−b, b), b = 0.1/√features, which makes the first prediction nearly uniform over the classes.
 * @returns a flat vector of `layout.size`
 */
export function initialAdapter(layout: AdapterLayout, seed: number): Float32Array {
  const adapter = new Float32Array(layout.size);
  const fillUniform = (index: number, offset: number, length: number, bound: number) => {
    const rng = stream(seed, 'init', index);
    for (let i = 0; i < length; i++) adapter[offset + i] = (2 * rng.uniform() - 1) * bound;
  };
  layout.pairs.forEach(({ aOffset, inFeatures }, pair) => {
    fillUniform(pair, aOffset, layout.rank * inFeatures, 1 / Math.sqrt(inFeatures));
  });
  if (layout.head) {
    const { weightOffset, classes, features } = layout.head;
    fillUniform(layout.pairs.length, weightOffset, classes * features, 0.1 / Math.sqrt(features));
  }
  return adapter;
}
