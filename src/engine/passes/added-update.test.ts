/** An update in the frozen weights does what the adapter would do. */
import { expect, it } from 'vitest';
import { allGates, PROJECTIONS } from '../../core/adapter-layout.ts';
import { addUpdate } from '../../model/add-update.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import {
  images,
  labelsOf,
  loadedEngine,
  randomAdapter,
  testClip,
  testLayout,
  testObjective,
  testVit,
} from './test-models.ts';

it.each([
  ['CLIP', testClip()],
  ['ViT', testVit()],
])('%s: all projections, both towers', async (_, backbone) => {
  const targets = { rank: 2, towers: ['vision', 'text'] as const, projections: PROJECTIONS };
  const layout = testLayout(backbone, targets);
  const scale = 0.7;
  const values = randomAdapter(layout, 3);
  const gates = allGates(layout);
  const logits = async (weights: typeof backbone, open: boolean) => {
    const evaluator = loadedEngine(createReferenceDevice(), weights).createEvaluator({
      objective: testObjective(backbone),
      layout,
      scale,
    });
    const set = evaluator.imageSet(images(4, 1), labelsOf(4, 1));
    const variant = { adapter: values, gates: open ? gates : gates.map(() => 0) };
    return (await evaluator.evaluate([variant], set, { logits: true })).logits!;
  };
  const original = backbone.vision.blocks[0].q.weight.slice();
  const updated = addUpdate(backbone, { layout, scale, values });
  const [adapted, added, plain] = [
    await logits(backbone, true),
    await logits(updated, false),
    await logits(backbone, false),
  ];
  adapted.forEach((value, i) => expect(added[i]).toBeCloseTo(value, 4));
  expect(Math.max(...adapted.map((value, i) => Math.abs(value - plain[i])))).toBeGreaterThan(0.01);
  expect(backbone.vision.blocks[0].q.weight).toEqual(original);
  expect(updated.vision.patchEmbedding).toBe(backbone.vision.patchEmbedding);
});

it('refuses what the backbone has not', () => {
  const layout = testLayout(testClip(), { towers: ['text'] });
  expect(() => addUpdate(testVit(), { layout, scale: 1, values: new Float32Array(layout.size) })).toThrow(
    /text layer 1/,
  );
});
