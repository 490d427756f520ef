import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockEvaluationsExact } from '../../../copra/shapley/coalitions.ts';
import { exactPlan } from '../../../copra/shapley/plan.ts';
import { allGates, gatesOfPlayers } from '../../../core/adapter-layout.ts';
import type { Evaluation } from '../../engine.ts';
import type { Device } from '../../device.ts';
import { openNodeDevice } from '../../node.ts';
import { createReferenceDevice } from '../../devices/reference/reference-device.ts';
import { tinyClip, tinyImages } from '../../tiny-clip.ts';
import { CLASSES, labelsOf, loadedEngine, randomAdapter, testLayout, testObjective } from '../test-models.ts';
import { clip, COUNT, specOf, someVariants, evaluate, rowOf, expectSame } from './test-evaluator.ts';

let wasm: Device<unknown>;
beforeAll(async () => void (wasm = await openNodeDevice('wasm', { threads: 2 })));
afterAll(() => wasm.dispose());

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
