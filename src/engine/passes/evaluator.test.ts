import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockEvaluationsExact } from '../../copra/shapley/coalitions.ts';
import { exactPlan } from '../../copra/shapley/plan.ts';
import { allGates, gatesOfPlayers, type AdapterLayout, type AdapterTargets } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { Engine, Evaluation, EvaluatorSpec, Variant } from '../engine.ts';
import { OutOfMemoryError } from '../errors.ts';
import { openNodeDevice } from '../node.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { tinyClip, tinyImages } from '../tiny-clip.ts';
import {
  CLASSES,
  images,
  labelsOf,
  loadedEngine,
  randomAdapter,
  randomGates,
  testClip,
  testLayout,
  testObjective,
  testPopulation,
  testVit,
} from './test-models.ts';

const clip = testClip('gelu');
const vit = testVit();
const COUNT = 5;
const patches = images(COUNT, 3);
const labels = labelsOf(COUNT);

function specOf(backbone: Backbone, layout: AdapterLayout = testLayout(backbone)): EvaluatorSpec {
  return { objective: testObjective(backbone), layout, scale: 0.7 };
}

/** Variants of few adapters and gates that often agree, so that there is work to share. */
function someVariants(layout: AdapterLayout, count: number, seed: number): Variant[] {
  const adapters = [1, 2, 3].map((n) => randomAdapter(layout, seed + n));
  const rng = stream(seed, 'analysis');
  const gates = Array.from({ length: 4 }, (_, i) => randomGates(layout, 1, seed + i, [0, 1, 0.3, 0.7][i]));
  return Array.from({ length: count }, () => {
    const [a, b] = [gates[rng.integer(4)], gates[rng.integer(4)]];
    const cut = rng.integer(layout.pairs.length + 1);
    return { adapter: adapters[rng.integer(3)], gates: a.map((gate, i) => (i < cut ? gate : b[i])) };
  });
}

async function evaluate(
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
function rowOf({ loss, predicted, logits }: Evaluation, variant: number) {
  const part = <A extends Float32Array | Int32Array>(values: A, width: number) => [
    ...values.subarray(variant * COUNT * width, (variant + 1) * COUNT * width),
  ];
  return { loss: part(loss, 1), predicted: part(predicted, 1), logits: logits && part(logits, CLASSES) };
}

function expectSame(actual: ReturnType<typeof rowOf>, expected: ReturnType<typeof rowOf>): void {
  actual.loss.forEach((value, i) => expect(value).toBeCloseTo(expected.loss[i], 5));
  actual.logits?.forEach((value, i) => expect(value).toBeCloseTo(expected.logits![i], 4));
  expect(actual.predicted).toEqual(expected.predicted);
}

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

describe('shared work', () => {
  it('evaluates exact Shapley coalitions of 12 layers in 8,190 blocks per image', async () => {
    const shape = { layers: 12, width: 8, heads: 2, imageSize: 4, patchSize: 2 };
    const deep = tinyClip(shape);
    const layout = testLayout(deep, { rank: 1, towers: ['vision'], projections: ['q'] });
    const evaluator = loadedEngine(wasm, deep, {
      rows: 4096,
      tensorBytes: 2 ** 30,
      adapterBytes: 2 ** 20,
    }).createEvaluator(specOf(deep, layout));
    const set = evaluator.imageSet(tinyImages(2, shape), labelsOf(2));
    const adapter = randomAdapter(layout, 1);
    const variants = Array.from({ length: 4096 }, (_, mask) => ({
      adapter,
      gates: gatesOfPlayers(
        layout,
        Array.from({ length: 12 }, (_bit, i) => (mask >> i) & 1),
      ),
    }));
    await evaluator.evaluate(variants, set);
    expect(evaluator.blockEvaluations).toBe(2 * 8190);
    set.dispose();
  });

  it('computes a + b states of two towers for their a · b coalitions', async () => {
    const shape = { layers: 4, width: 8, heads: 2, imageSize: 4, patchSize: 2 };
    const two = tinyClip(shape);
    const layout = testLayout(two, { rank: 1, projections: ['q'] });
    const players = layout.players.length;
    const ofVision = layout.players.filter(({ tower }) => tower === 'vision').length;
    const evaluator = loadedEngine(wasm, two).createEvaluator(specOf(two, layout));
    const set = evaluator.imageSet(tinyImages(2, shape), labelsOf(2));
    const adapter = randomAdapter(layout, 1);
    const variants = exactPlan(players).coalitions.map((gates) => ({ adapter, gates: gatesOfPlayers(layout, gates) }));
    await evaluator.evaluate(variants, set);
    expect(players).toBeGreaterThan(ofVision);
    expect(evaluator.blockEvaluations).toBe(2 * blockEvaluationsExact(ofVision));
    set.dispose();
  });

  it('scores many variants of one leaf in parts, to the same numbers, and frees what it took', async () => {
    const shape = { layers: 2, width: 8, heads: 2, imageSize: 4, patchSize: 2 };
    const two = tinyClip(shape);
    const layout = testLayout(two, { rank: 1, projections: ['q', 'k', 'v'] });
    const adapter = randomAdapter(layout, 1);
    // Every set of the projections of the text tower, with the vision tower on and off.
    const ofText = layout.pairs.flatMap(({ tower }, pair) => (tower === 'text' ? [pair] : []));
    const variants = Array.from({ length: 2 * 2 ** ofText.length }, (_, mask) => ({
      adapter,
      gates: Uint8Array.from(layout.pairs, (_pair, pair) => (mask >> (1 + ofText.indexOf(pair))) & 1),
    }));
    const outcomes = [];
    for (const rows of [10, 4096]) {
      const device = createReferenceDevice();
      const evaluator = loadedEngine(device, two, {
        rows,
        tensorBytes: 2 ** 30,
        adapterBytes: 2 ** 20,
      }).createEvaluator(specOf(two, layout));
      const set = evaluator.imageSet(tinyImages(2, shape), labelsOf(2));
      const before = device.memoryBytes();
      let parts = 0;
      const { loss, predicted } = await evaluator.evaluate(variants, set, { onProgress: () => parts++ });
      expect(device.memoryBytes()).toBe(before);
      outcomes.push({ loss, predicted, parts });
    }
    expect(outcomes[0].loss).toEqual(outcomes[1].loss);
    expect(outcomes[0].predicted).toEqual(outcomes[1].predicted);
    expect(outcomes[0].parts).toBeGreaterThan(outcomes[1].parts);
  });

  it('runs the vision tower once for variants that differ in the text tower only', async () => {
    const layout = testLayout(clip, { towers: ['text'] });
    const result = await evaluate(
      loadedEngine(createReferenceDevice(), clip),
      specOf(clip, layout),
      someVariants(layout, 8, 2),
    );
    expect(result.blocks).toBe(COUNT * 2);
  });

  it('evaluates different adapters in full', async () => {
    const layout = testLayout(clip, { towers: ['vision'] });
    const variants = [1, 2, 3].map((seed) => ({ adapter: randomAdapter(layout, seed), gates: allGates(layout) }));
    const result = await evaluate(loadedEngine(createReferenceDevice(), clip), specOf(clip, layout), variants);
    expect(result.blocks).toBe(3 * COUNT * 2);
  });
});

describe('class prompts', () => {
  const objective = testObjective(clip);
  if (objective.kind !== 'clip') throw new Error('a CLIP was made');
  const { tokens } = objective;
  const context = tokens.length / CLASSES;
  const layout = testLayout(clip);
  const variants = someVariants(layout, 4, 9);
  const run = (classTokens: Int32Array) =>
    evaluate(
      loadedEngine(createReferenceDevice(), clip),
      { objective: { ...objective, tokens: classTokens }, layout, scale: 1 },
      variants,
    );

  it('may be cut behind their end token, or go on behind it', async () => {
    const full = await run(tokens);
    const cut = new Int32Array(CLASSES * 5);
    const noise = tokens.slice();
    for (let c = 0; c < CLASSES; c++) {
      cut.set(tokens.subarray(c * context, c * context + 5), c * 5);
      noise.fill(3, tokens.indexOf(11, c * context) + 1, (c + 1) * context);
    }
    for (const other of [await run(cut), await run(noise)])
      for (let v = 0; v < variants.length; v++) expectSame(rowOf(other, v), rowOf(full, v));
  });

  it('may have different lengths', async () => {
    const longer = tokens.slice();
    longer.set([1, 5, 6, 7, 8, 11], context); // class 1 uses the whole context
    const [mixed, short] = [await run(longer), await run(tokens)];
    const score = (evaluation: Evaluation, image: number, c: number) => evaluation.logits![image * CLASSES + c];
    for (let image = 0; image < COUNT; image++) {
      expect(score(mixed, image, 0)).toBeCloseTo(score(short, image, 0), 5);
      expect(score(mixed, image, 2)).toBeCloseTo(score(short, image, 2), 5);
      expect(score(mixed, image, 1)).not.toBeCloseTo(score(short, image, 1), 3);
    }
  });

  it.each([
    ['no end token', tokens.map((id) => (id === 11 ? 4 : id)), 'Prompt 0 has no end token (11)'],
    ['an unknown token', tokens.with(8, 99), 'Prompt 1 has token id 99, outside the vocabulary of 12'],
    ['a negative token', tokens.with(2, -1), 'Prompt 0 has token id -1'],
    ['too many tokens', new Int32Array(CLASSES * 7).fill(11), 'Prompts of 7 tokens do not fit a text tower of 6'],
    ['a ragged matrix', tokens.slice(1), 'Prompts of'],
  ])('are refused with %s', async (_, wrong, message) => {
    await expect(run(wrong)).rejects.toThrow(message);
  });
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
