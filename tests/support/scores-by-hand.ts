/** Scores of adapters by an evaluator of their own, for tests of analyses that score adapters. */
import { allGates, type AdapterLayout } from '../../src/core/adapter-layout.ts';
import type { LabelledImages } from '../../src/data/task.ts';
import { patchifyImages } from '../../src/study/run/images.ts';
import { prepareObjective } from '../../src/study/run/objective.ts';
import type { StudyInputs } from '../../src/study/run/study-inputs.ts';

/** Mean cross-entropy of every adapter with everything on. @param images the first `most` of them */
export async function lossesByHand(
  { engine, config, model, task }: StudyInputs,
  { layout, scale }: { readonly layout: AdapterLayout; readonly scale: number },
  adapters: readonly Float32Array[],
  images: LabelledImages,
  most: number | null = null,
): Promise<number[]> {
  const objective = await prepareObjective(config, engine, model, task, 'f32');
  const { patches, labels, count } = patchifyImages(images, model, most);
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const set = evaluator.imageSet(patches, labels);
  const gates = allGates(layout);
  const { loss } = await evaluator.evaluate(
    adapters.map((adapter) => ({ adapter, gates })),
    set,
  );
  set.dispose();
  evaluator.dispose();
  return adapters.map((_, i) =>
    loss.subarray(i * count, (i + 1) * count).reduce((sum, value) => sum + value / count, 0),
  );
}
