/** A picture of every class as PNG: from the bundled artwork, or from the reader's own images. Of images that were edited since, only the tested ones are left. */
import { bundledById, type BundledTask } from '../../data/bundled/tasks.ts';
import type { TaskSamples } from '../../data/bundled/task-samples.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { squarePng } from '../../data/image/square-png.ts';
import type { StudyFile } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { areTestedImages } from './drawn-pictures.ts';
import { testSetFor, type TestSet } from './own-test-set.ts';

/** Where images are taken from. */
export interface ImageSources {
  /** The reader's own images as they are now; null: there are none. */
  readonly dataset: DroppedDataset | null;
  /** Own test images that were kept with studies. */
  readonly kept: readonly TestSet[];
  readonly loadTask: (task: BundledTask) => Promise<TaskSamples>;
}

/** The first image of every class. */
function ownSamples(
  classes: readonly string[],
  { imageSize, pixels, labels }: Pick<TestSet, 'imageSize' | 'pixels' | 'labels'>,
): TaskSamples {
  const stride = imageSize * imageSize * 3;
  const images = classes.flatMap((label, i) => {
    const at = labels.indexOf(i);
    return at < 0 ? [] : [{ label, pixels: pixels.subarray(at * stride, (at + 1) * stride) }];
  });
  return { size: imageSize, images };
}

async function samplesOf(result: StudyResult, { dataset, kept, loadTask }: ImageSources): Promise<TaskSamples | null> {
  const { task } = result.config;
  if (task === 'dropped') {
    if (dataset && areTestedImages(result, dataset)) return ownSamples(dataset.classes, dataset);
    const own = testSetFor(result, kept);
    return own ? ownSamples(result.task.classes, own) : null;
  }
  const bundled = bundledById(task);
  return bundled ? loadTask(bundled) : null;
}

/** Empty where the images are unavailable: a study from a link, or artwork that fails to load. */
export async function classPictures(result: StudyResult, sources: ImageSources): Promise<StudyFile['thumbnails']> {
  try {
    const samples = await samplesOf(result, sources);
    return samples?.images.map(({ label, pixels }) => ({ label, png: squarePng(pixels, samples.size) })) ?? [];
  } catch (error) {
    console.warn('No pictures of the classes.', error);
    return [];
  }
}
