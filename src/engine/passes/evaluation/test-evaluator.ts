/** Variants of small models, and what an evaluator says of them, for its tests. */
import { expect } from 'vitest';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import { stream } from '../../../core/rng.ts';
import type { Backbone } from '../../../model/backbone.ts';
import type { Engine, Evaluation, EvaluatorSpec, Variant } from '../../engine.ts';
import {
  CLASSES,
  images,
  labelsOf,
  randomAdapter,
  randomGates,
  testClip,
  testLayout,
  testObjective,
  testVit,
} from '../test-models.ts';

export const clip = testClip('gelu');
export const vit = testVit();
export const COUNT = 5;
export const patches = images(COUNT, 3);
export const labels = labelsOf(COUNT);

export function specOf(backbone: Backbone, layout: AdapterLayout = testLayout(backbone)): EvaluatorSpec {
  return { objective: testObjective(backbone), layout, scale: 0.7 };
}

/** Variants of few adapters and gates that often agree, so that there is work to share. */
export function someVariants(layout: AdapterLayout, count: number, seed: number): Variant[] {
  const adapters = [1, 2, 3].map((n) => randomAdapter(layout, seed + n));
  const rng = stream(seed, 'analysis');
  const gates = Array.from({ length: 4 }, (_, i) => randomGates(layout, 1, seed + i, [0, 1, 0.3, 0.7][i]));
  return Array.from({ length: count }, () => {
    const [a, b] = [gates[rng.integer(4)], gates[rng.integer(4)]];
    const cut = rng.integer(layout.pairs.length + 1);
    return { adapter: adapters[rng.integer(3)], gates: a.map((gate, i) => (i < cut ? gate : b[i])) };
  });
}

export async function evaluate(
  engine: Engine,
  spec: EvaluatorSpec,
  variants: readonly Variant[],
): Promise<Evaluation & { blocks: number }> {
  const evaluator = engine.createEvaluator(spec);
  const set = evaluator.imageSet(patches, labels);
  try {
    const evaluation = await evaluator.evaluate(variants, set, { logits: true });
    return { ...evaluation, blocks: evaluator.blockEvaluations };
  } finally {
    set.dispose();
    evaluator.dispose();
  }
}

/** Entries of one variant. */
export function rowOf({ loss, predicted, logits }: Evaluation, variant: number) {
  const part = <A extends Float32Array | Int32Array>(values: A, width: number) => [
    ...values.subarray(variant * COUNT * width, (variant + 1) * COUNT * width),
  ];
  return { loss: part(loss, 1), predicted: part(predicted, 1), logits: logits && part(logits, CLASSES) };
}

export function expectSame(actual: ReturnType<typeof rowOf>, expected: ReturnType<typeof rowOf>): void {
  actual.loss.forEach((value, i) => expect(value).toBeCloseTo(expected.loss[i], 5));
  actual.logits?.forEach((value, i) => expect(value).toBeCloseTo(expected.logits![i], 4));
  expect(actual.predicted).toEqual(expected.predicted);
}
