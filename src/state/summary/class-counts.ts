/** How many images of every class a study trains on, validates and tests on. */
import { shownClass } from '../../data/bundled/shown-classes.ts';
import { inEnglish } from '../../core/language/catalogue.ts';
import { outlineTask } from '../../data/bundled/bundled.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import type { ReadFile } from '../../data/bundled/atlas.ts';
import { taskFromDropped, type DroppedDataset } from '../../data/dataset/dropped.ts';
import type { Task } from '../../data/task.ts';
import { imageDigests } from '../../study/result/image-digests.ts';
import type { ClassCounts } from '../../share/report/report-html.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { testedImages } from '../../study/result/tested-images.ts';

type Outline = Pick<Task, 'classes' | 'train' | 'validation' | 'test'>;

/** The images at hand, where a result knows that they are its own. */
function ownTask(result: StudyResult, dataset: DroppedDataset | null): Outline | null {
  const { testDigest, trainDigest } = result.task;
  if (!dataset || trainDigest === undefined) return null;
  const task = taskFromDropped(dataset, result.config);
  const digests = imageDigests(task, { labels: task.test.labels.subarray(0, testedImages(result)) });
  return digests.testDigest === testDigest && digests.trainDigest === trainDigest ? task : null;
}

/**
 * @param dataset the own images at hand
 * @returns null where they are not known: own images of others, or a bundled task that was another one
 */
export async function classCounts(
  result: StudyResult,
  dataset: DroppedDataset | null,
  read: ReadFile,
): Promise<readonly ClassCounts[] | null> {
  const { config, task } = result;
  const images = bundledById(config.task) ? await outlineTask(config.task, config, read) : ownTask(result, dataset);
  const sides = ['train', 'validation', 'test'] as const;
  if (images?.train.labels.length !== task.train) return null;
  if (sides.some((side) => images[side].labels.length < task[side])) return null;
  return images.classes.map((name, label) => {
    // A study validates and tests on the first ones where there are many.
    const [train, validation, test] = sides.map((side) =>
      images[side].labels.subarray(0, task[side]).reduce((sum, own) => sum + Number(own === label), 0),
    );
    return { name: inEnglish(() => shownClass(config.task, name)), train, validation, test };
  });
}
