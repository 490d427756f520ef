/** Tells whether a study gets the images of the result that its settings come from: split and edits of own images are no settings. */
import { taskFromDropped, type DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { haveOtherDigests, imageDigests } from '../../src/study/result/image-digests.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { testedImages } from '../../src/study/result/tested-images.ts';

/** Whether a study with the settings of a result would have other images or classes than the result. False where the result does not know its images. */
export function areOtherImages({ config, task }: StudyResult, dataset: DroppedDataset): boolean {
  if (task.testDigest === undefined) return false;
  const now = taskFromDropped(dataset, config.shots, 0);
  if (task.classes.join('\n') !== now.classes.join('\n')) return true;
  const tested = testedImages({ config, task: { ...task, test: now.test.count } });
  return haveOtherDigests(task, imageDigests(now, { labels: now.test.labels.subarray(0, tested) }));
}
