/** Evaluations with so many classes that their features and scores, and not the images, are what a device cannot bind at once. */
import { describe, expect, it } from 'vitest';
import type { AdapterTargets } from '../../../core/adapter-layout.ts';
import type { Backbone } from '../../../model/backbone.ts';
import { evaluationBudget } from '../../budget.ts';
import { createReferenceDevice, type ReferenceDevice } from '../../devices/reference/reference-device.ts';
import { clip, evaluate, vit } from './test-evaluator.ts';
import { loadedEngine, randomAdapter, randomGates, testLayout, testObjective } from '../test-models.ts';

/** One text state of 60 classes fits, and a head of 200; those of forty variants do not. */
const MOST_BYTES = 50_000;

/** A device that refuses larger tensors, as WebGPU does. */
function bounded(mostBytes: number): ReferenceDevice {
  const device = createReferenceDevice();
  const check = (made: unknown): void => {
    if (typeof made !== 'object' || made === null) return;
    if ('rows' in made && 'cols' in made && 4 * Number(made.rows) * Number(made.cols) > mostBytes)
      throw new RangeError(`A [${String(made.rows)}, ${String(made.cols)}] tensor is too large.`);
    for (const part of Object.values(made))
      if (part !== null && typeof part === 'object' && 'rows' in part) check(part);
  };
  const operations = Object.entries(device).map(([name, operation]: [string, unknown]) => {
    if (typeof operation !== 'function' || name === 'shape') return [name, operation];
    return [
      name,
      (...args: unknown[]): unknown => {
        const made = (operation as (...given: unknown[]) => unknown)(...args);
        check(made);
        return made;
      },
    ];
  });
  return { ...device, ...(Object.fromEntries(operations) as ReferenceDevice) };
}

const MODELS: [string, number, Backbone, Partial<AdapterTargets>][] = [
  ['CLIP, both towers', 60, clip, { towers: ['vision', 'text'] }],
  ['CLIP, text tower', 60, clip, { towers: ['text'] }],
  ['a head', 200, vit, {}],
];

describe.each(MODELS)('many classes: %s', (_, classes, backbone, targets) => {
  it('give the same numbers where few fit at once', async () => {
    const layout = testLayout(backbone, targets, classes);
    const spec = { objective: testObjective(backbone, classes), layout, scale: 0.7 };
    const adapters = [1, 2].map((seed) => randomAdapter(layout, seed));
    const variants = Array.from({ length: 40 }, (__, v) => ({
      adapter: adapters[v % 2],
      gates: randomGates(layout, 1, v), // hardly two alike
    }));
    const budget = { rows: 4096, tensorBytes: MOST_BYTES, adapterBytes: MOST_BYTES };
    const found = await evaluate(loadedEngine(bounded(MOST_BYTES), backbone, budget), spec, variants);
    const roomy = { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
    const expected = await evaluate(loadedEngine(createReferenceDevice(), backbone, roomy), spec, variants);
    found.loss.forEach((loss, i) => expect(loss).toBeCloseTo(expected.loss[i], 5));
    found.logits?.forEach((logit, i) => expect(logit).toBeCloseTo(expected.logits?.[i] ?? NaN, 4));
    expect(found.predicted).toEqual(expected.predicted);
  });
});

it('adapters of an evaluation are no larger together than what a device binds', () => {
  const limit = 128 * 2 ** 20;
  const gpu = { name: '', vendor: '', architecture: '', software: false, features: [] };
  const budget = evaluationBudget({
    backend: 'webgpu',
    device: 'a card',
    threads: 1,
    software: false,
    gpu: { ...gpu, limits: { maxStorageBufferBindingSize: limit } },
  });
  expect(budget).toMatchObject({ tensorBytes: limit, adapterBytes: limit });
});
