/** DoRA against weights that are formed densely, by hand, and put in place of the frozen ones. */
import { describe, expect, it } from 'vitest';
import { allGates, type AdapterLayout, type LoraPair } from '../../core/adapter-layout.ts';
import type { Backbone, BlockWeights, LinearWeights } from '../../model/backbone.ts';
import type { Variant } from '../engine.ts';
import type { Device } from '../device.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { sharedDevices } from './test-devices.ts';
import {
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

const SCALE = 0.7;
const COUNT = 4;

interface Row {
  readonly frozen: readonly number[];
  /** W + scale · B A */
  readonly updated: readonly number[];
}

function rowsOf(
  { weight, inFeatures, outFeatures }: LinearWeights,
  pair: LoraPair,
  rank: number,
  adapter: Float32Array,
) {
  return Array.from({ length: outFeatures }, (_, o): Row => {
    const frozen = Array.from(weight.subarray(o * inFeatures, (o + 1) * inFeatures));
    const updated = frozen.map((w, i) => {
      let update = 0;
      for (let r = 0; r < rank; r++)
        update += adapter[pair.bOffset + o * rank + r] * adapter[pair.aOffset + r * inFeatures + i];
      return w + SCALE * update;
    });
    return { frozen, updated };
  });
}

/** diag(m / n)(W + scale · B A), row by row. */
function denseWeight(linear: LinearWeights, pair: LoraPair, rank: number, adapter: Float32Array): LinearWeights {
  const weight = rowsOf(linear, pair, rank, adapter).flatMap(({ frozen, updated }, o) => {
    const m = Math.hypot(...frozen) + adapter[pair.magnitudeOffset! + o];
    const n = Math.hypot(...updated);
    return updated.map((value) => (m / n) * value);
  });
  return { ...linear, weight: Float32Array.from(weight) };
}

/** The backbone with the open pairs of a variant in its weights. */
function denseBackbone<B extends Backbone>(backbone: B, layout: AdapterLayout, { adapter, gates }: Variant): B {
  const replaced = (tower: 'vision' | 'text', blocks: readonly BlockWeights[]) =>
    blocks.map((block, layer) => {
      const own = layout.pairs.filter((pair, i) => pair.tower === tower && pair.layer === layer && gates[i]);
      const maps = own.map((pair) => [
        pair.projection,
        denseWeight(block[pair.projection], pair, layout.rank, adapter),
      ]);
      return { ...block, ...(Object.fromEntries(maps) as Partial<BlockWeights>) };
    });
  const vision = { ...backbone.vision, blocks: replaced('vision', backbone.vision.blocks) };
  if (backbone.kind !== 'clip') return { ...backbone, vision };
  return { ...backbone, vision, text: { ...backbone.text, blocks: replaced('text', backbone.text.blocks) } };
}

async function logitsOf(device: Device<unknown>, backbone: Backbone, layout: AdapterLayout, variants: Variant[]) {
  const evaluator = loadedEngine(device, backbone).createEvaluator({
    objective: testObjective(backbone),
    layout,
    scale: SCALE,
  });
  const set = evaluator.imageSet(images(COUNT, 1), labelsOf(COUNT, 1));
  const { logits } = await evaluator.evaluate(variants, set, { logits: true });
  set.dispose();
  return logits!;
}

describe.each(sharedDevices())('DoRA on %s', (_device, open) => {
  it.each([
    ['CLIP', testClip()],
    ['ViT', testVit()],
  ])('is the frozen model with c ∘ (W + scale B A) for weights: %s', async (_name, backbone) => {
    const layout = testLayout(backbone, { dora: true });
    const variants = [1, 2, 3].map((seed): Variant => {
      const gates = seed === 1 ? allGates(layout) : randomGates(layout, 1, seed);
      return { adapter: randomAdapter(layout, seed), gates };
    });
    const together = await logitsOf(open(), backbone, layout, variants);
    const size = together.length / variants.length;
    for (const [v, variant] of variants.entries()) {
      const dense = denseBackbone(backbone, layout, variant);
      const closed = { ...variant, gates: new Uint8Array(layout.pairs.length) };
      const expected = await logitsOf(createReferenceDevice(), dense, layout, [closed]);
      const largest = Math.max(...expected.map(Math.abs));
      expected.forEach((value, i) =>
        expect(Math.abs(together[v * size + i] - value) / largest, `logit ${i} of variant ${v}`).toBeLessThan(1e-5),
      );
    }
    expect(together.slice(0, size)).not.toEqual(together.slice(size, 2 * size));
  });

  it('is the backbone while B and the changes of the magnitudes are zeros', async () => {
    const backbone = testClip();
    const layout = testLayout(backbone, { dora: true });
    const adapter = randomAdapter(layout, 4);
    for (const { bOffset, magnitudeOffset, outFeatures } of layout.pairs)
      adapter.fill(0, bOffset, magnitudeOffset! + outFeatures);
    const gates = allGates(layout);
    const logits = await logitsOf(open(), backbone, layout, [
      { adapter, gates },
      { adapter, gates: gates.map(() => 0) },
    ]);
    const size = logits.length / 2;
    for (let i = 0; i < size; i++) expect(logits[i]).toBeCloseTo(logits[size + i], 5);
  });

  it('is LoRA when the magnitudes are the norms of the updated rows', async () => {
    const backbone = testVit();
    const [plain, layout] = [testLayout(backbone), testLayout(backbone, { dora: true })];
    const lora = randomAdapter(plain, 5);
    const dora = new Float32Array(layout.size);
    layout.pairs.forEach((pair, i) => {
      const { aOffset } = plain.pairs[i];
      dora.set(lora.subarray(aOffset, aOffset + pair.magnitudeOffset! - pair.aOffset), pair.aOffset);
      const rows = rowsOf(backbone.vision.blocks[pair.layer][pair.projection], pair, layout.rank, dora);
      const changes = rows.map(({ frozen, updated }) => Math.hypot(...updated) - Math.hypot(...frozen));
      dora.set(changes, pair.magnitudeOffset!);
    });
    dora.set(lora.subarray(plain.head!.weightOffset), layout.head!.weightOffset);
    const gates = allGates(layout);
    const expected = await logitsOf(open(), backbone, plain, [{ adapter: lora, gates }]);
    const actual = await logitsOf(open(), backbone, layout, [{ adapter: dora, gates }]);
    expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4));
  });

  it('frees everything, also where no pair is open', async () => {
    const device = open();
    const backbone = testClip();
    const engine = loadedEngine(device, backbone);
    const { layout, spec, batch } = testPopulation(backbone, { targets: { dora: true } });
    await logitsOf(device, backbone, layout, [{ adapter: spec.initial[0], gates: allGates(layout) }]);
    const trainer = engine.createTrainer(spec);
    await trainer.step(batch(0));
    const opened = device.memoryBytes();
    for (const probability of [0, 0.4, 1]) {
      const gates = randomGates(layout, 2, 6, probability);
      await trainer.step(batch(1, { gates, branchFactors: new Float32Array(gates.length).fill(2) }));
      expect(device.memoryBytes()).toBe(opened);
    }
    trainer.dispose();
  });
});
