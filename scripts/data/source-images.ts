/** Tells whether a study gets the images of the result that its settings come from: split and edits of own images are no settings. */
import { taskFromDropped, type DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { haveOtherDigests, imageDigests } from '../../src/study/result/image-digests.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { testedImages } from '../../src/study/result/tested-images.ts';
import type { NamedBackbone } from '../headless-backbone.ts';
import { factsOf } from '../../src/model/facts-of.ts';
import { geometryOf } from '../../src/model/model-facts.ts';
import { buildData, type PlannedData } from './own-images.ts';

/** Whether a study with the settings of a result would have other images or classes than the result. False where the result does not know its images. */
export function areOtherImages({ config, task }: StudyResult, dataset: DroppedDataset): boolean {
  if (task.testDigest === undefined) return false;
  const now = taskFromDropped(dataset, config);
  if (task.classes.join('\n') !== now.classes.join('\n')) return true;
  const tested = testedImages({ config, task: { ...task, test: now.test.count } });
  return haveOtherDigests(task, imageDigests(now, { labels: now.test.labels.subarray(0, tested) }));
}

/** Images of the study; says where they are not those of the result that its settings come from. */
export async function imagesFor(
  data: PlannedData,
  { id, model }: NamedBackbone,
  config: StudyConfig,
  source: StudyResult | undefined,
): Promise<DroppedDataset> {
  const { config: ofModel, preprocessing } = model;
  const geometry = geometryOf(factsOf(ofModel, preprocessing, 0), preprocessing.imageSize);
  const dataset = await buildData(data, geometry);
  // Another backbone or input size makes other pixels of the same images.
  const isAlike = source?.config.backbone === id && source.config.imageSize === config.imageSize;
  if (isAlike && areOtherImages(source, dataset))
    console.warn(
      'Note: these are not the images of the study that the settings come from. The files, their split (--test, --validation, --split-seed) or the edits (--rename, --leave-out) differ, or another program decoded them.',
    );
  return dataset;
}
