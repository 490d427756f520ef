import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allGates, type AdapterTargets } from '../../../core/adapter-layout.ts';
import type { Backbone } from '../../../model/backbone.ts';
import type { Device } from '../../device.ts';
import { OutOfMemoryError } from '../../errors.ts';
import { openNodeDevice } from '../../node.ts';
import { createReferenceDevice } from '../../devices/reference/reference-device.ts';
import { CLASSES, loadedEngine, randomAdapter, testLayout, testPopulation } from '../test-models.ts';
import {
  clip,
  vit,
  COUNT,
  patches,
  labels,
  specOf,
  someVariants,
  evaluate,
  rowOf,
  expectSame,
} from './test-evaluator.ts';

let wasm: Device<unknown>;
beforeAll(async () => void (wasm = await openNodeDevice('wasm', { threads: 2 })));
afterAll(() => wasm.dispose());

const DEVICES: [string, () => Device<unknown>][] = [
  ['float64 reference', () => createReferenceDevice()],
  ['wasm', () => wasm],
];
const MODELS: [string, Backbone, Partial<AdapterTargets>][] = [
  ['CLIP', clip, {}],
  ['ViT', vit, {}],
  ['CLIP with DoRA', clip, { dora: true }],
];
const CASES = DEVICES.flatMap(([device, open]) =>
  MODELS.map(([model, backbone, targets]) => [model, device, backbone, targets, open] as const),
);

describe.each(CASES)('the evaluator: %s on %s', (_model, _device, backbone, targets, open) => {
  it('gives variants together what each gets alone, in any order', async () => {
    const engine = loadedEngine(open(), backbone);
    const spec = specOf(backbone, testLayout(backbone, targets));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.nat(1000), async (count, seed) => {
        const variants = someVariants(spec.layout, count, seed);
        const together = await evaluate(engine, spec, variants);
        const reversed = await evaluate(engine, spec, [...variants].reverse());
        for (let v = 0; v < count; v++) {
          const alone = await evaluate(engine, spec, [variants[v]]);
          expectSame(rowOf(together, v), rowOf(alone, 0));
          expectSame(rowOf(reversed, count - 1 - v), rowOf(alone, 0));
        }
        expect(reversed.blocks).toBe(together.blocks);
      }),
      { numRuns: 5, seed: 1 },
    );
  });

  it('gives the same numbers whatever fits at once', async () => {
    const device = open();
    const spec = specOf(backbone, testLayout(backbone, targets));
    const variants = someVariants(spec.layout, 9, 7);
    const results = [];
    for (const budget of [
      { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 },
      { rows: 1, tensorBytes: 2 ** 30, adapterBytes: 1 },
      { rows: 13, tensorBytes: 2 ** 30, adapterBytes: 8 * spec.layout.size },
      { rows: 40, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 },
      { rows: 4096, tensorBytes: 4000, adapterBytes: 2 ** 20 },
    ]) {
      const engine = loadedEngine(device, backbone, budget);
      results.push(await evaluate(engine, spec, variants));
    }
    for (const result of results.slice(1))
      for (let v = 0; v < variants.length; v++) expectSame(rowOf(result, v), rowOf(results[0], v));
    expect(results[3].blocks).toBe(results[0].blocks); // smaller passes, the same work
  });

  it('does half as much at a time when the device runs out of memory, and gives up when that is nothing', async () => {
    const spec = specOf(backbone, testLayout(backbone, targets));
    const variants = someVariants(spec.layout, 5, 7);
    const expected = await evaluate(loadedEngine(createReferenceDevice(), backbone), spec, variants);

    const device = createReferenceDevice();
    let refusals = 3;
    const readAll = device.readAll.bind(device);
    device.readAll = (tensors) => {
      if (refusals-- > 0) return Promise.reject(new OutOfMemoryError('No memory left.'));
      return readAll(tensors);
    };
    const engine = loadedEngine(device, backbone, { rows: 400, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 });
    const result = await evaluate(engine, spec, variants);
    for (let v = 0; v < variants.length; v++) expectSame(rowOf(result, v), rowOf(expected, v));

    refusals = Infinity;
    await expect(evaluate(engine, spec, variants)).rejects.toThrow(OutOfMemoryError);
  });

  it('gives the backbone for closed gates and for adapters of zeros', async () => {
    const spec = specOf(backbone, testLayout(backbone, targets));
    const { layout } = spec;
    const head = layout.head ? randomAdapter(layout, 5) : null;
    const zeros = new Float32Array(layout.size);
    const trained = randomAdapter(layout, 4);
    if (head && layout.head)
      [zeros, trained].forEach((a) => a.set(head.subarray(layout.head!.weightOffset), layout.head!.weightOffset));
    const closed = allGates(layout).fill(0);
    const engine = loadedEngine(open(), backbone);
    const result = await evaluate(engine, spec, [
      { adapter: zeros, gates: closed },
      { adapter: zeros, gates: allGates(layout) },
      { adapter: trained, gates: closed },
      { adapter: trained, gates: allGates(layout) },
    ]);
    expectSame(rowOf(result, 1), rowOf(result, 0));
    expectSame(rowOf(result, 2), rowOf(result, 0));
    expect(rowOf(result, 3).loss[0]).not.toBeCloseTo(rowOf(result, 0).loss[0], 3);
  });

  it('agrees with the trainer about loss and accuracy', async () => {
    const engine = loadedEngine(open(), backbone);
    const { spec, batch, layout } = testPopulation(backbone, { runs: 2, probability: 0.5, targets });
    const first = batch(0, { patches, labels });
    const trainer = engine.createTrainer(spec);
    const { loss, accuracy } = await trainer.step(first);
    trainer.dispose();
    const variants = spec.initial.map((adapter, run) => ({
      adapter,
      gates: first.gates.slice(run * layout.pairs.length, (run + 1) * layout.pairs.length),
    }));
    const result = await evaluate(engine, specOf(backbone, testLayout(backbone, targets)), variants);
    for (let run = 0; run < 2; run++) {
      const row = rowOf(result, run);
      expect(row.loss.reduce((a, b) => a + b, 0) / COUNT).toBeCloseTo(loss[run], 5);
      expect(row.predicted.filter((p, i) => p === labels[i]).length / COUNT).toBeCloseTo(accuracy[run], 6);
    }
  });

  it('reports progress up to 1, and frees everything, also when it is aborted', async () => {
    const device = open();
    const engine = loadedEngine(device, backbone, { rows: 40, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 });
    const before = device.memoryBytes();
    const spec = specOf(backbone, testLayout(backbone, targets));
    const variants = someVariants(spec.layout, 9, 3);
    const evaluator = engine.createEvaluator(spec);
    const set = evaluator.imageSet(patches, labels);
    const opened = device.memoryBytes();
    const shares: number[] = [];
    await evaluator.evaluate(variants, set, { onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(device.memoryBytes()).toBe(opened);

    const reason = new Error('enough');
    for (const stopAt of [0, 1, 2]) {
      const abort = new AbortController();
      let chunks = 0;
      if (stopAt === 0) abort.abort(reason);
      const stopped = evaluator.evaluate(variants, set, {
        signal: abort.signal,
        onProgress: () => ++chunks === stopAt && abort.abort(reason),
      });
      await expect(stopped).rejects.toBe(reason);
      expect(chunks).toBe(stopAt);
      expect(device.memoryBytes()).toBe(opened);
    }
    const paused = evaluator.evaluate(variants, set, { between: () => Promise.reject(reason) });
    await expect(paused).rejects.toBe(reason);
    expect(device.memoryBytes()).toBe(opened);

    set.dispose();
    set.dispose(); // harmless
    await expect(evaluator.evaluate(variants, set)).rejects.toThrow('was disposed');
    evaluator.dispose();
    expect(device.memoryBytes()).toBe(before);
  });
});

describe('on a card', () => {
  /** The reference device with what a card is, whose readings come late; those of these numbers find no memory. */
  function card(fail: readonly number[] = []) {
    const device = createReferenceDevice();
    const seen = { begun: 0, underWay: 0, most: 0 };
    const late = async (tensors: Parameters<typeof device.readAll>[0]) => {
      const number = ++seen.begun;
      seen.most = Math.max(seen.most, ++seen.underWay);
      const values = await device.readAll(tensors);
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen.underWay--;
      if (fail.includes(number)) throw new OutOfMemoryError('No memory left.');
      return values;
    };
    const info = { ...device.info, backend: 'webgpu' as const };
    return { device: { ...device, info, readAll: late }, seen };
  }
  const spec = specOf(vit);
  const variants = someVariants(spec.layout, 9, 3);
  const budget = { rows: 40, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };

  it('two readings are under way, and its numbers are those that come one by one', async () => {
    const { device, seen } = card();
    const engine = loadedEngine(device, vit, budget);
    const bytes = device.memoryBytes();
    const expected = await evaluate(loadedEngine(createReferenceDevice(), vit, budget), spec, variants);
    expect(await evaluate(engine, spec, variants)).toEqual(expected);
    expect(seen.begun).toBeGreaterThan(4);
    expect(seen.most).toBe(2);
    expect(device.memoryBytes()).toBe(bytes);
  });

  it.each([[[2]], [[2, 3]]])(
    'all of them end before less is asked for, where readings %j find no memory',
    async (fail) => {
      const { device, seen } = card(fail);
      const engine = loadedEngine(device, vit, { ...budget, rows: 80 });
      const bytes = device.memoryBytes();
      const upload = device.upload.bind(device);
      device.upload = (...values) => {
        expect(seen.underWay).toBe(0); // images are embedded, and adapters brought, while nothing is under way
        return upload(...values);
      };
      const { loss, predicted } = await evaluate(loadedEngine(createReferenceDevice(), vit, budget), spec, variants);
      expect(await evaluate(engine, spec, variants)).toMatchObject({ loss, predicted });
      expect(device.memoryBytes()).toBe(bytes);
    },
  );
});

describe('the evaluator refuses', () => {
  const device = createReferenceDevice();
  const evaluator = loadedEngine(device, vit).createEvaluator(specOf(vit));
  const bytes = device.memoryBytes();

  it('images and labels that do not fit', () => {
    expect(() => evaluator.imageSet(patches.slice(1), labels)).toThrow('patch values for 5 images of 48');
    expect(() => evaluator.imageSet(patches, labels.with(3, CLASSES))).toThrow(
      'Label 3 of image 3 is not one of 3 classes',
    );
    expect(device.memoryBytes()).toBe(bytes);
  });

  it('variants and image sets of another layout', async () => {
    const set = evaluator.imageSet(patches, labels);
    await expect(evaluator.evaluate([{ adapter: new Float32Array(3), gates: new Uint8Array(3) }], set)).rejects.toThrow(
      'Variant 0 does not fit',
    );
    const other = loadedEngine(createReferenceDevice(), vit).createEvaluator(specOf(vit));
    await expect(other.evaluate([], set)).rejects.toThrow('another evaluator');
    expect((await evaluator.evaluate([], set)).loss).toHaveLength(0);
    set.dispose();
  });
});
