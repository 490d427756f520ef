/** Computes the answers of a bundled backbone without training on the test images of a bundled task. */
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { loadBundledTask } from '../../src/data/bundled/bundled.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { towerShapes } from '../../src/model/backbone.ts';
import { withEvaluator } from '../../src/study/run/context.ts';
import { defaultArm } from '../../src/study/config/default-arm.ts';
import { patchifyImages } from '../../src/study/run/images.ts';
import { prepareObjective } from '../../src/study/run/objective.ts';
import { loadBundledBackbone, readAtlasFile } from '../headless.ts';
import { ALL_SHOTS } from '../../src/data/shots.ts';

/** For every test image, whether the backbone classifies it correctly. */
export async function computeAnswers(engine: Engine, backbone: string, task: string): Promise<Uint8Array> {
  const model = await loadBundledBackbone(backbone);
  const loaded = await loadBundledTask(task, ALL_SHOTS, readAtlasFile);
  const arm = defaultArm('lora', 'lora', 'LoRA');
  const objective = await prepareObjective({ arms: [arm] }, engine, model, loaded, 'f32');
  const layout = createAdapterLayout(towerShapes(model.backbone), arm);
  const test = patchifyImages(loaded.test, model, null);
  const frozen = { adapter: new Float32Array(layout.size), gates: new Uint8Array(layout.pairs.length) };
  const { predicted } = await withEvaluator({ engine, objective }, layout, 1, test, (evaluator, set) =>
    evaluator.evaluate([frozen], set),
  );
  return Uint8Array.from(test.labels, (label, i) => (predicted[i] === label ? 1 : 0));
}
